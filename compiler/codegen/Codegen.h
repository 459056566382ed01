// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's part: IR in, machine code out, all in this process.
#ifndef DLC_COMPILER_CODEGEN_CODEGEN_H
#define DLC_COMPILER_CODEGEN_CODEGEN_H

#include "compiler/codegen/Flatten.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"
#include <functional>
#include <memory>

namespace dlc {

/// The machine that code of this architecture is generated for: its least
/// processor, since a variant's functions carry their own, unless one is given.
/// Null with `error` set when this LLVM has no such target. Not for several
/// threads at once.
std::unique_ptr<llvm::TargetMachine> createMachine(llvm::StringRef arch, std::string &error, llvm::StringRef cpu = "",
                                                   llvm::StringRef features = "");

/// Makes a module one for `machine`, as translated ones are.
void setMachine(llvm::Module &module, llvm::TargetMachine &machine);

/// Lets modules of `context` be translated.
void registerTranslations(mlir::MLIRContext &context);

/// Translates a variant's module, and sets processor and features of its
/// functions. An error is a diagnostic on the op, and null.
std::unique_ptr<llvm::Module> translate(const VariantCode &variant, llvm::LLVMContext &context,
                                        llvm::TargetMachine &machine);

/// The few passes of LLVM's that pay on generated loops.
void optimise(llvm::Module &module, llvm::TargetMachine &machine);

/// A part of the model's code that can be generated apart from the others:
/// makes its module; null after a diagnostic.
using CodeUnit = std::function<std::unique_ptr<llvm::Module>(llvm::LLVMContext &, llvm::TargetMachine &)>;

/// The units as one module, optimised.
std::unique_ptr<llvm::Module> merge(llvm::ArrayRef<CodeUnit> units, llvm::LLVMContext &context,
                                    llvm::TargetMachine &machine);

/// The units as an object file each, generated side by side; the bytes do not
/// depend on how many processors there are.
mlir::FailureOr<std::vector<llvm::SmallVector<char, 0>>> emitObjects(llvm::ArrayRef<CodeUnit> units,
                                                                     llvm::StringRef arch);

/// Assembly text.
llvm::SmallVector<char, 0> emitAssembly(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_CODEGEN_H
