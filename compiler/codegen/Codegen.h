// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's part: IR in, machine code out, all in this process.
#ifndef DLC_COMPILER_CODEGEN_CODEGEN_H
#define DLC_COMPILER_CODEGEN_CODEGEN_H

#include "compiler/codegen/Flatten.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace dlc {

/// The machine that code of this architecture is generated for: its least
/// processor, since a variant's functions carry their own. Null with `error`
/// set when this LLVM has no such target.
std::unique_ptr<llvm::TargetMachine> createMachine(llvm::StringRef arch,
                                                   std::string &error);

/// Translates a flattened module. An error is a diagnostic on the op.
std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module,
                                        llvm::LLVMContext &context,
                                        llvm::TargetMachine &machine,
                                        llvm::StringRef name);

/// Sets processor and features of a variant's functions.
void setTarget(llvm::Module &module, const VariantCode &variant);

/// The few passes that pay on generated loops.
void optimise(llvm::Module &module, llvm::TargetMachine &machine);

/// An object file, or assembly text.
llvm::SmallVector<char, 0> emit(llvm::Module &module,
                                llvm::TargetMachine &machine,
                                llvm::CodeGenFileType type);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_CODEGEN_H
