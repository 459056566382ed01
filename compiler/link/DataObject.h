// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bytes of a model's parameters as an ELF object of their own, written
// straight from where they lie: they never become LLVM constants.
#ifndef DLC_COMPILER_LINK_DATAOBJECT_H
#define DLC_COMPILER_LINK_DATAOBJECT_H

#include "passes/DescribeInterface/Interface.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc {

/// Checks that every state with data has elements of its type in `module`, in
/// memory order. Call before the declarations are erased; an error names the
/// parameter.
mlir::LogicalResult checkData(mlir::ModuleOp module, const Interface &interface);

/// Writes a relocatable object with one read-only, 64-byte aligned section that
/// holds the data as `interface` places it, under the hidden symbol `symbol`.
/// `values` has one attribute for each state with data, in order.
void writeDataObject(llvm::raw_ostream &out, llvm::StringRef arch, llvm::StringRef symbol, const Interface &interface,
                     llvm::ArrayRef<mlir::Attribute> values);

/// Writes the bytes of one value, as they lie in memory.
void writeValue(llvm::raw_ostream &out, mlir::Attribute value, const Interface::State &state);

/// The initial values of state with data, in the interface's order.
llvm::SmallVector<mlir::Attribute> dataOf(mlir::ModuleOp module, const Interface &interface);

} // namespace dlc
#endif // DLC_COMPILER_LINK_DATAOBJECT_H
