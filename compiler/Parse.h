// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From a file to a module. Files are trusted not to be hostile, but whatever is
// in them the compiler ends with a message.
#ifndef DLC_COMPILER_PARSE_H
#define DLC_COMPILER_PARSE_H

#include "compiler/Options.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/SourceMgr.h"

namespace dlc {

/// What MLIR's parser, which recurses and makes room for whatever the text says
/// there is, must not be given: empty if `text` is fine, else the error with its
/// line, "12: brackets are nested ...".
std::string findTooMuch(llvm::StringRef text);

/// Reads `path` ("-": standard input) into `sources`. False with `error` set.
bool readSource(llvm::StringRef path, llvm::SourceMgr &sources, std::string &error);

/// Parses and verifies the module in `sources`; null after a diagnostic. In a
/// module no stage has touched, entry arguments without `dl.name` get the name
/// that the text gives them.
mlir::OwningOpRef<mlir::ModuleOp> parseModel(llvm::SourceMgr &sources, mlir::MLIRContext *context, Stage from);

} // namespace dlc
#endif // DLC_COMPILER_PARSE_H
