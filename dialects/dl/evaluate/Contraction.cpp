// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Indexing.h"

using namespace mlir;
using namespace dlc::dl;

/// Both operands as matrices [batch, rows or inner, inner or columns], row-major.
namespace {
struct Sizes {
  int64_t batch = 1, rows = 1, inner = 1, columns = 1;
};
} // namespace

/// The elements of `from` as `T`, its axes in the order of `axes`.
template <typename T, typename Source>
static std::vector<T> gathered(const Tensor &tensor, const std::vector<Source> &from, ArrayRef<int64_t> axes) {
  Extents own = stridesOf(tensor.shape), shape, strides;
  for (int64_t axis : axes) {
    shape.push_back(tensor.shape[axis]);
    strides.push_back(own[axis]);
  }
  std::vector<T> result(from.size());
  forEachIndex<1>(shape, {strides}, [&](int64_t place, const std::array<int64_t, 1> &at) {
    result[place] = static_cast<T>(from[at[0]]);
  });
  return result;
}

/// c = a b for each of the batch. The innermost loop runs along rows of b and c.
template <typename T, typename Store>
static void multiply(const Sizes &sizes, const std::vector<T> &a, const std::vector<T> &b, Store store) {
  std::vector<T> sums(sizes.columns);
  int64_t place = 0;
  for (int64_t batch = 0; batch < sizes.batch; ++batch)
    for (int64_t row = 0; row < sizes.rows; ++row) {
      std::fill(sums.begin(), sums.end(), T(0));
      const T *left = a.data() + (batch * sizes.rows + row) * sizes.inner;
      const T *right = b.data() + batch * sizes.inner * sizes.columns;
      for (int64_t k = 0; k < sizes.inner; ++k, right += sizes.columns)
        for (int64_t column = 0; column < sizes.columns; ++column)
          sums[column] += left[k] * right[column];
      for (T sum : sums)
        store(place++, sum);
    }
}

Results ContractOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  const Tensor &lhs = *operands[0], &rhs = *operands[1];
  Sizes sizes;
  Extents shape, left, right;
  auto take = [&](const Tensor &from, ArrayRef<int64_t> axes, Extents &order, int64_t &size, bool inResult) {
    for (int64_t axis : axes) {
      order.push_back(axis);
      size *= from.shape[axis];
      if (inResult)
        shape.push_back(from.shape[axis]);
    }
  };
  int64_t ignored = 1;
  take(lhs, getLhsBatch(), left, sizes.batch, true);
  take(lhs, freeAxes(false), left, sizes.rows, true);
  take(lhs, getLhsContract(), left, sizes.inner, false);
  take(rhs, getRhsBatch(), right, ignored, false);
  take(rhs, getRhsContract(), right, ignored, false);
  take(rhs, freeAxes(true), right, sizes.columns, true);

  if (failed(evaluator.charge(*this, sizes.batch * sizes.rows * sizes.inner * sizes.columns)))
    return failure();
  Tensor result(lhs.elementType, shape);
  if (!result.isFloat()) // wraps, as unsigned sums do
    multiply(sizes, gathered<uint64_t>(lhs, lhs.ints, left), gathered<uint64_t>(rhs, rhs.ints, right),
             [&](int64_t place, uint64_t sum) { result.setInt(place, static_cast<int64_t>(sum)); });
  else if (lhs.elementType.isF64())
    multiply(sizes, gathered<long double>(lhs, lhs.floats, left), gathered<long double>(rhs, rhs.floats, right),
             [&](int64_t place, long double sum) { result.set(place, static_cast<double>(sum)); });
  else // products of f32 are exact in double
    multiply(sizes, gathered<double>(lhs, lhs.floats, left), gathered<double>(rhs, rhs.floats, right),
             [&](int64_t place, double sum) { result.set(place, sum); });
  return one(std::move(result));
}
