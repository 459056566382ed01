// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_DIALECTS_DL_EVALUATE_TENSOR_H
#define DLC_DIALECTS_DL_EVALUATE_TENSOR_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include <cstdint>
#include <vector>

namespace dlc::dl {

/// A host tensor, row-major. Floats live in `floats`, already rounded to
/// `elementType`; integers and booleans in `ints`, wrapped to its width (ui8
/// and i1 as 0..255 and 0..1). Exactly one of the two holds size() elements.
struct Tensor {
  mlir::Type elementType;
  llvm::SmallVector<int64_t> shape;
  std::vector<double> floats;
  std::vector<int64_t> ints;

  Tensor() = default;
  /// Zeros.
  Tensor(mlir::Type elementType, llvm::ArrayRef<int64_t> shape);
  bool isFloat() const { return llvm::isa<mlir::FloatType>(elementType); }
  int64_t size() const;
  int64_t rank() const { return shape.size(); }
  /// Element `index` as a double (of an integer too).
  double at(int64_t index) const { return isFloat() ? floats[index] : static_cast<double>(ints[index]); }
  /// Stores a value, rounded or wrapped to the element type.
  void set(int64_t index, double value);
  void setInt(int64_t index, int64_t value);
  /// From and to a constant's attribute.
  static mlir::FailureOr<Tensor> fromAttr(mlir::ElementsAttr attr);
  mlir::DenseElementsAttr toAttr() const;
  /// From and to dense bytes in the memory layout of the C API (i1 one byte).
  static Tensor fromBytes(mlir::Type elementType, llvm::ArrayRef<int64_t> shape, const void *bytes);
  void toBytes(void *bytes) const;
};

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_EVALUATE_TENSOR_H
