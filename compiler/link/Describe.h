// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What surrounds a model's code in its library: the description that the
// runtime reads (dlc/abi.h) and the typed functions that users call, as LLVM
// IR. test/runtime/Typed.c is the same by hand.
#ifndef DLC_COMPILER_LINK_DESCRIBE_H
#define DLC_COMPILER_LINK_DESCRIBE_H

#include "compiler/Options.h"
#include "compiler/codegen/Flatten.h"
#include "compiler/link/Names.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace dlc {

/// What the description says besides the interface and the code.
struct Facts {
  std::string compiler, options;  // "dlc 0.1.0 (LLVM 22.1.8)", "--cpu=native"
  std::string report;             // of a library whose launches are timed; else empty
  mlir::ArrayAttr selfTests = {}; // `dl.self_tests` (AddSelfTests); null: none
  Weights weights = Weights::Embed;
};

/// Symbol of the embedded bytes, which lie in an object of their own.
std::string dataSymbol(llvm::StringRef model);

/// Adds the constant `struct dlc_model`; returns it, or null when a self-test
/// does not fit the interface.
llvm::GlobalVariable *addDescription(llvm::Module &module, const Interface &interface, const Names &names,
                                     const std::vector<VariantCode> &variants, const Facts &facts);

/// Adds `<m>_predict` and the others that the header declares, and
/// `const char *<m>_profile_report(void)` where there is a report.
void addTypedFunctions(llvm::Module &module, const Interface &interface, const Names &names,
                       llvm::GlobalVariable *description, const Facts &facts);

/// The value of `expr` for the dimensions at `dims` (a pointer to one i64 each,
/// in the interface's order). Cannot trap.
llvm::Value *emitExtent(llvm::IRBuilderBase &builder, const dl::DimExpr &expr, const Interface &interface,
                        llvm::Value *dims);

/// The typed header.
std::string writeHeader(const Interface &interface, const Names &names);

} // namespace dlc
#endif // DLC_COMPILER_LINK_DESCRIBE_H
