// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The way back: an ONNX file with other weights in it.
#ifndef DLC_COMPILER_IMPORT_ONNX_READER_REWRITE_H
#define DLC_COMPILER_IMPORT_ONNX_READER_REWRITE_H

#include "compiler/import/onnx/reader/Model.h"

namespace dlc::onnx {

/// New values by the name of an initialiser or of a Constant node's output.
using NewValues = std::map<std::string, std::vector<uint8_t>>;

/// The file `path` with these values, each of as many bytes as the old one, and
/// nothing else changed but that external data has come inside: the result
/// stands alone. False with one line in `error` (without the path) when a name
/// is not there or the result is larger than one file can be.
bool rewriteModel(const std::string &path, const NewValues &values, const Limits &limits, std::string &result,
                  std::string &error);

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_READER_REWRITE_H
