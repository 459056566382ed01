// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sums and exponentials of 16-bit operands are computed in f32.
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

// e^(x - m) / sum of e^(x - m); the result does not depend on m, so no gradient flows through it.
SmallVector<Value> SoftmaxOp::decompose(DlBuilder &b) {
  int64_t axis = getAxis();
  Term x = Term(b, getInput()).wide();
  Term e = exp(x - stopGradient(largest(x, axis)));
  return {(e / sum(e, axis)).as(elementTypeOf(getInput()))};
}

// (x - m) - log(sum of e^(x - m)): the difference is taken first, where it is exact for the largest.
SmallVector<Value> LogSoftmaxOp::decompose(DlBuilder &b) {
  int64_t axis = getAxis();
  Term x = Term(b, getInput()).wide();
  Term shifted = x - stopGradient(largest(x, axis));
  return {(shifted - log(sum(exp(shifted), axis))).as(elementTypeOf(getInput()))};
}

namespace {
/// Mean and population variance over axes, kept with extent 1; deviations from the mean.
struct Moments {
  Moments(Term x, ArrayRef<int64_t> axes)
      : count(x.of(x.b().count(x, axes, elementTypeOf(x)))), mean(sum(x, axes) / count), deviation(x - mean),
        variance(sum(deviation * deviation, axes) / count) {}
  Term count, mean, deviation, variance;
};
} // namespace

SmallVector<Value> LayerNormOp::decompose(DlBuilder &b) {
  Term x = Term(b, getInput()).wide();
  Moments moments(x, llvm::to_vector(llvm::seq<int64_t>(getAxis(), DlBuilder::rank(x))));
  Term normal = moments.deviation * rsqrt(moments.variance + getEpsilon().convertToDouble());
  return {(normal * Term(b, getScale()).wide() + Term(b, getBias()).wide()).as(elementTypeOf(getInput()))};
}

/// One number per channel, to broadcast against [N, C, ...] of rank `rank`.
static Term perChannel(DlBuilder &b, Value value, int64_t rank) {
  return Term(b, b.expandDims(value, llvm::to_vector(llvm::seq<int64_t>(1, rank - 1)))).wide();
}

SmallVector<Value> BatchNormOp::decompose(DlBuilder &b) {
  Term x = Term(b, getInput()).wide();
  auto channel = [&](Value value) { return perChannel(b, value, DlBuilder::rank(x)); };
  // One factor a channel, so that one multiplication and addition an element remain.
  Term factor = channel(getScale()) * rsqrt(channel(getVariance()) + getEpsilon().convertToDouble());
  return {((x - channel(getMean())) * factor + channel(getBias())).as(elementTypeOf(getInput()))};
}

SmallVector<Value> BatchNormTrainOp::decompose(DlBuilder &b) {
  Term x = Term(b, getInput()).wide();
  Type type = elementTypeOf(getInput());
  SmallVector<int64_t> axes;
  for (int64_t axis = 0; axis < DlBuilder::rank(x); ++axis)
    if (axis != 1)
      axes.push_back(axis);
  Moments moments(x, axes);
  auto channel = [&](Value value) { return perChannel(b, value, DlBuilder::rank(x)); };
  Term factor = channel(getScale()) * rsqrt(moments.variance + getEpsilon().convertToDouble());
  auto flat = [&](Term value) { return b.cast(b.reshape(value, b.dims(getMean())), type); };
  return {(moments.deviation * factor + channel(getBias())).as(type), flat(moments.mean), flat(moments.variance)};
}
