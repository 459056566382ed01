// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bytes of a model's parameters as an ELF object of their own, written
// straight from where they lie: they never become LLVM constants.
#ifndef DLC_COMPILER_LINK_DATAOBJECT_H
#define DLC_COMPILER_LINK_DATAOBJECT_H

#include "passes/DescribeInterface/Interface.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc {

/// A value among the bytes that a library holds.
struct Datum {
  int64_t offset;
  mlir::ElementsAttr value;
  int64_t bytes() const;
};

/// The bytes of the library by their place: values of state that
/// `interface` calls data, and dl.embedded. Checks that all have elements of
/// their type in memory order and that nothing overlaps; an error names the
/// parameter. Call before the declarations are erased.
mlir::FailureOr<llvm::SmallVector<Datum>> dataOf(mlir::ModuleOp module, const Interface &interface);

/// Writes a relocatable object with one read-only, 64-byte aligned section of
/// `dataBytes` that holds `values`, under the hidden symbol `symbol`.
void writeDataObject(llvm::raw_ostream &out, llvm::StringRef arch, llvm::StringRef symbol, int64_t dataBytes,
                     llvm::ArrayRef<Datum> values);

/// Writes the bytes of one value, as they lie in memory.
void writeValue(llvm::raw_ostream &out, mlir::ElementsAttr value);

} // namespace dlc
#endif // DLC_COMPILER_LINK_DATAOBJECT_H
