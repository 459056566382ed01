// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Walking tensors element by element, shared by the families.
#ifndef DLC_DIALECTS_DL_EVALUATE_INDEXING_H
#define DLC_DIALECTS_DL_EVALUATE_INDEXING_H

#include "dialects/dl/evaluate/Evaluator.h"

namespace dlc::dl {

using Extents = llvm::SmallVector<int64_t>;
using Results = mlir::FailureOr<llvm::SmallVector<Tensor>>;

/// Row-major strides, in elements.
inline Extents stridesOf(llvm::ArrayRef<int64_t> shape) {
  Extents strides(shape.size());
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0; stride *= shape[i])
    strides[i] = stride;
  return strides;
}

/// Calls `visit(place, offsets)` for every index of `shape` in row-major order:
/// `place` counts up, `offsets[k]` is the dot product of the index and `strides[k]`.
template <size_t N, typename Visit>
void forEachIndex(llvm::ArrayRef<int64_t> shape, const std::array<Extents, N> &strides, Visit visit) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  Extents index(shape.size(), 0);
  std::array<int64_t, N> offsets{};
  for (int64_t place = 0; place < count; ++place) {
    visit(place, offsets);
    for (size_t axis = shape.size(); axis-- > 0;) {
      for (size_t k = 0; k < N; ++k)
        offsets[k] += strides[k][axis];
      if (++index[axis] < shape[axis])
        break;
      for (size_t k = 0; k < N; ++k)
        offsets[k] -= strides[k][axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

/// Copies an element without conversion; both have the same element type.
inline void copyElement(Tensor &to, int64_t toIndex, const Tensor &from, int64_t fromIndex) {
  if (to.isFloat())
    to.floats[toIndex] = from.floats[fromIndex];
  else
    to.ints[toIndex] = from.ints[fromIndex];
}

inline Results one(Tensor tensor) {
  llvm::SmallVector<Tensor> results;
  results.push_back(std::move(tensor));
  return results;
}

/// An index outside [0, bound) is a data error of the call.
inline mlir::LogicalResult checkIndices(mlir::Operation *op, const Tensor &indices, int64_t bound) {
  for (auto [place, index] : llvm::enumerate(indices.ints))
    if (index < 0 || index >= bound)
      return op->emitOpError() << "index " << index << " at position " << place << " is outside [0, " << bound << ")";
  return mlir::success();
}

/// Whether `candidate` takes the place of `best` among the largest: the first
/// NaN wins, else the first largest.
inline bool isLarger(double candidate, double best) {
  return best == best && (candidate > best || candidate != candidate);
}

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_EVALUATE_INDEXING_H
