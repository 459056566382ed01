// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Builds dl ops in the fewest words: gradients, decompositions and importers
// read like the equations they stand under.
#ifndef DLC_DIALECTS_DL_DLBUILDER_H
#define DLC_DIALECTS_DL_DLBUILDER_H

#include "dialects/dl/Dl.h"

namespace dlc::dl {

/// An OpBuilder with a location, types inferred, and extents known by name.
class DlBuilder {
public:
  DlBuilder(mlir::OpBuilder &builder, mlir::Location location, DimAnalysis &dims)
      : builder(builder), location(location), analysis(dims) {}

  mlir::OpBuilder &builder;
  mlir::Location location;
  DimAnalysis &analysis;

  template <typename Op, typename... Args> Op create(Args &&...args) {
    return Op::create(builder, location, std::forward<Args>(args)...);
  }
  mlir::MLIRContext *context() { return builder.getContext(); }
  llvm::ArrayRef<DimExpr> dims(mlir::Value value) { return analysis.of(value); }
  mlir::ArrayAttr dimsAttr(mlir::Value value) { return toAttr(context(), dims(value)); }
  static mlir::Type elementType(mlir::Value value) { return elementTypeOf(value); }
  static int64_t rank(mlir::Value value) { return llvm::cast<mlir::RankedTensorType>(value.getType()).getRank(); }
  /// f32 for f16 and bf16, else the type itself: what sums and exponentials use.
  static mlir::Type wide(mlir::Type type);

  // Constants of rank 0 broadcast into whatever they meet.
  mlir::Value constant(double value, mlir::Type elementType);
  mlir::Value like(double value, mlir::Value other) { return constant(value, elementType(other)); }
  /// A tensor of extents `dims`, all `value`.
  mlir::Value full(double value, mlir::Type elementType, llvm::ArrayRef<DimExpr> dims);
  mlir::Value zeros(mlir::Value shapedLike);

  // Pointwise
  mlir::Value add(mlir::Value a, mlir::Value b) { return create<AddOp>(a, b); }
  mlir::Value sub(mlir::Value a, mlir::Value b) { return create<SubOp>(a, b); }
  mlir::Value mul(mlir::Value a, mlir::Value b) { return create<MulOp>(a, b); }
  mlir::Value div(mlir::Value a, mlir::Value b) { return create<DivOp>(a, b); }
  mlir::Value pow(mlir::Value a, mlir::Value b) { return create<PowOp>(a, b); }
  mlir::Value max(mlir::Value a, mlir::Value b) { return create<MaxOp>(a, b); }
  mlir::Value min(mlir::Value a, mlir::Value b) { return create<MinOp>(a, b); }
  mlir::Value neg(mlir::Value a) { return create<NegOp>(a); }
  mlir::Value exp(mlir::Value a) { return create<ExpOp>(a); }
  mlir::Value log(mlir::Value a) { return create<LogOp>(a); }
  mlir::Value sqrt(mlir::Value a) { return create<SqrtOp>(a); }
  mlir::Value tanh(mlir::Value a) { return create<TanhOp>(a); }
  mlir::Value compare(Predicate p, mlir::Value a, mlir::Value b) { return create<CompareOp>(p, a, b); }
  mlir::Value select(mlir::Value c, mlir::Value a, mlir::Value b) { return create<SelectOp>(c, a, b); }
  /// A no-op when the type is already that.
  mlir::Value cast(mlir::Value a, mlir::Type elementType);

  // Reduction, contraction, movement
  mlir::Value reduceSum(mlir::Value a, llvm::ArrayRef<int64_t> axes, bool keep = false);
  mlir::Value reduceMax(mlir::Value a, llvm::ArrayRef<int64_t> axes, bool keep = false);
  mlir::Value contract(mlir::Value a, mlir::Value b, llvm::ArrayRef<int64_t> aBatch, llvm::ArrayRef<int64_t> bBatch,
                       llvm::ArrayRef<int64_t> aContract, llvm::ArrayRef<int64_t> bContract);
  /// No-ops when nothing changes.
  mlir::Value transpose(mlir::Value a, llvm::ArrayRef<int64_t> permutation);
  mlir::Value reshape(mlir::Value a, llvm::ArrayRef<DimExpr> dims);
  mlir::Value broadcast(mlir::Value a, llvm::ArrayRef<DimExpr> dims);
  /// `a` with extent-1 axes inserted at `axes` (positions in the result).
  mlir::Value expandDims(mlir::Value a, llvm::ArrayRef<int64_t> axes);
  /// The number of elements along `axes`, as a rank-0 tensor of `elementType`.
  mlir::Value count(mlir::Value a, llvm::ArrayRef<int64_t> axes, mlir::Type elementType);
  /// Undoes broadcasting: sums `a` over what `shapedLike` did not have.
  mlir::Value sumTo(mlir::Value a, mlir::Value shapedLike);
};

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_DLBUILDER_H
