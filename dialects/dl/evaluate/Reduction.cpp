// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Indexing.h"
#include <cmath>

using namespace mlir;
using namespace dlc::dl;

/// Folds the axes of an op into accumulators, one per element of the result,
/// in row-major order.
template <typename Op, typename FoldFloat, typename FoldInt>
static Results reduce(Op op, const Tensor &x, long double floatStart, int64_t intStart, FoldFloat foldFloat,
                      FoldInt foldInt) {
  Extents kept, shape;
  for (int64_t axis = 0; axis < x.rank(); ++axis) {
    bool reduced = llvm::is_contained(op.getAxes(), axis);
    kept.push_back(reduced ? 1 : x.shape[axis]);
    if (!reduced || op.getKeepDims())
      shape.push_back(kept.back());
  }
  Extents strides = stridesOf(kept);
  for (int64_t axis : op.getAxes())
    strides[axis] = 0;
  Tensor result(x.elementType, shape);
  std::vector<long double> wide(result.isFloat() ? result.size() : 0, floatStart);
  std::vector<int64_t> whole(result.isFloat() ? 0 : result.size(), intStart);
  forEachIndex<1>(x.shape, {strides}, [&](int64_t place, const std::array<int64_t, 1> &at) {
    if (x.isFloat())
      wide[at[0]] = foldFloat(wide[at[0]], x.floats[place]);
    else
      whole[at[0]] = foldInt(whole[at[0]], x.ints[place]);
  });
  for (int64_t i = 0, e = result.size(); i < e; ++i)
    x.isFloat() ? result.set(i, static_cast<double>(wide[i])) : result.setInt(i, whole[i]);
  return one(std::move(result));
}

static int64_t smallestOf(Type type) {
  return type.isInteger() ? static_cast<int64_t>(~uint64_t(0) << (type.getIntOrFloatBitWidth() - 1)) : 0;
}

Results ReduceSumOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  return reduce(
      *this, *operands[0], 0.0L, 0, [](long double sum, double x) { return sum + x; },
      [](int64_t sum, int64_t x) {
        return static_cast<int64_t>(static_cast<uint64_t>(sum) + static_cast<uint64_t>(x));
      });
}
Results ReduceProdOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  return reduce(
      *this, *operands[0], 1.0L, 1, [](long double product, double x) { return product * x; },
      [](int64_t product, int64_t x) {
        return static_cast<int64_t>(static_cast<uint64_t>(product) * static_cast<uint64_t>(x));
      });
}
Results ReduceMaxOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  return reduce(
      *this, *operands[0], -HUGE_VALL, smallestOf(operands[0]->elementType),
      [](long double best, double x) { return isLarger(x, static_cast<double>(best)) ? x : best; },
      [](int64_t best, int64_t x) { return std::max(best, x); });
}
Results ReduceMinOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  return reduce(
      *this, *operands[0], HUGE_VALL, ~smallestOf(operands[0]->elementType),
      [](long double best, double x) { return isLarger(-x, static_cast<double>(-best)) ? x : best; },
      [](int64_t best, int64_t x) { return std::min(best, x); });
}

/// Splits row-major order around an axis: outer, along it, inner.
namespace {
struct Split {
  Split(ArrayRef<int64_t> shape, int64_t axis) : extent(shape[axis]) {
    for (int64_t before : shape.take_front(axis))
      outer *= before;
    for (int64_t after : shape.drop_front(axis + 1))
      inner *= after;
  }
  int64_t at(int64_t o, int64_t k, int64_t i) const { return (o * extent + k) * inner + i; }
  int64_t outer = 1, extent, inner = 1;
};
} // namespace

/// Where the first largest (`sign` 1) or smallest (-1) element lies along the axis.
template <typename Op> static Results argReduce(Op op, const Tensor &x, double sign) {
  Split split(x.shape, op.getAxis());
  Extents shape(x.shape);
  shape.erase(shape.begin() + op.getAxis());
  Tensor result(IntegerType::get(op.getContext(), 64), shape);
  for (int64_t o = 0; o < split.outer; ++o)
    for (int64_t i = 0; i < split.inner; ++i) {
      int64_t best = 0;
      for (int64_t k = 1; k < split.extent; ++k) {
        int64_t candidate = split.at(o, k, i), present = split.at(o, best, i);
        bool wins = x.isFloat() ? isLarger(sign * x.floats[candidate], sign * x.floats[present])
                    : sign > 0  ? x.ints[candidate] > x.ints[present]
                                : x.ints[candidate] < x.ints[present];
        if (wins)
          best = k;
      }
      result.ints[o * split.inner + i] = best;
    }
  return one(std::move(result));
}
Results ArgmaxOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  return argReduce(*this, *operands[0], 1.0);
}
Results ArgminOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  return argReduce(*this, *operands[0], -1.0);
}

Results CumsumOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  const Tensor &x = *operands[0];
  Split split(x.shape, getAxis());
  Tensor result(x.elementType, x.shape);
  for (int64_t o = 0; o < split.outer; ++o)
    for (int64_t i = 0; i < split.inner; ++i) {
      long double wide = 0;
      uint64_t whole = 0;
      for (int64_t step = 0; step < split.extent; ++step) {
        int64_t place = split.at(o, getReverse() ? split.extent - 1 - step : step, i);
        long double nextWide = x.isFloat() ? wide + x.floats[place] : 0;
        uint64_t nextWhole = x.isFloat() ? 0 : whole + static_cast<uint64_t>(x.ints[place]);
        if (x.isFloat())
          result.set(place, static_cast<double>(getExclusive() ? wide : nextWide));
        else
          result.setInt(place, static_cast<int64_t>(getExclusive() ? whole : nextWhole));
        wide = nextWide;
        whole = nextWhole;
      }
    }
  return one(std::move(result));
}
