// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_IMPORT_ONNX_READER_PRESCAN_H
#define DLC_COMPILER_IMPORT_ONNX_READER_PRESCAN_H

#include "compiler/import/onnx/reader/Model.h"

namespace dlc::onnx {

/// Walks the protobuf wire format of an ONNX model (or, with `isTensor`, of one
/// tensor) before protobuf allocates anything: two bytes on disk can cost two
/// hundred in memory, so what allocates is counted first, and nesting is
/// bounded. False and `error` for a file that is damaged or beyond `limits`.
bool prescan(std::span<const uint8_t> bytes, bool isTensor, const Limits &limits, std::string &error);

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_READER_PRESCAN_H
