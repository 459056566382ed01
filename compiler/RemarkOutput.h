// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where optimisation remarks go: to the terminal beside other messages, or into
// a file that LLVM's tools read (llvm-remarkutil, opt-viewer).
#ifndef DLC_COMPILER_REMARKOUTPUT_H
#define DLC_COMPILER_REMARKOUTPUT_H

#include "compiler/Options.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringRef.h"
#include <memory>

namespace dlc {

/// Listens to a context's remarks from its making on. The file's bytes are held
/// until they are asked for: it appears with the compilation's other outputs.
/// Outlives the context.
class RemarkOutput {
public:
  RemarkOutput();
  ~RemarkOutput();
  /// Starts listening, if `options` ask for remarks. False with `error` set when
  /// the engine refuses.
  bool start(mlir::MLIRContext &context, const RemarkOptions &options, std::string &error);
  /// All remarks so far as the file's bytes. Once, after the last remark.
  std::string take();

private:
  struct File;
  std::shared_ptr<File> file;
};

/// What is wrong with the options; empty if nothing is.
std::string checkRemarkOptions(const RemarkOptions &options);

} // namespace dlc
#endif // DLC_COMPILER_REMARKOUTPUT_H
