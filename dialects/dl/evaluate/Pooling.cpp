// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Windows.h"
#include <cmath>

using namespace mlir;
using namespace dlc::dl;

/// The extents of the pooled tensor, and how windows lie on the input.
template <typename Op> static Extents pooled(Op op, ArrayRef<int64_t> input, SmallVectorImpl<WindowAxis> &axes) {
  size_t first = op.getChannelsLast() ? 1 : 2;
  Extents shape(input);
  for (size_t i = 0; i + 2 < input.size(); ++i) {
    int64_t extent = input[first + i], window = op.getWindow()[i], stride = op.getStrides()[i], low = op.getLow()[i];
    shape[first + i] = windowsIn(extent + low + op.getHigh()[i], window, stride);
    axes.push_back({extent, shape[first + i], window, stride, 1, low});
  }
  return shape;
}

/// Calls `visit(output, inputs)` for each window of each channel: the place of
/// its result and the places of its elements, padding left out, in row-major order.
template <typename Op, typename Visit> static void forEachPool(Op op, ArrayRef<int64_t> input, Visit visit) {
  SmallVector<WindowAxis> axes;
  Extents output = pooled(op, input, axes);
  bool last = op.getChannelsLast();
  ActivationStrides from(input, last), to(output, last);
  int64_t channels = last ? input.back() : input[1];
  SmallVector<int64_t> inputs;
  forEachWindow(axes, /*padding=*/false, [&](int64_t place, ArrayRef<std::pair<int64_t, int64_t>> taps) {
    for (int64_t n = 0; n < input[0]; ++n)
      for (int64_t c = 0; c < channels; ++c) {
        inputs.clear();
        for (auto [tap, element] : taps)
          inputs.push_back(n * from.batch + c * from.channel + element * from.spatial);
        visit(n * to.batch + c * to.channel + place * to.spatial, ArrayRef<int64_t>(inputs));
      }
  });
}

/// Where the first largest element lies; -1 in a window of padding alone (an empty input).
static int64_t largestOf(const Tensor &x, ArrayRef<int64_t> places) {
  int64_t best = places.empty() ? -1 : places[0];
  for (int64_t place : places)
    if (isLarger(x.floats[place], x.floats[best]))
      best = place;
  return best;
}

template <typename Op> static Tensor pooledTensor(Op op, const Tensor &x) {
  SmallVector<WindowAxis> axes;
  return Tensor(x.elementType, pooled(op, x.shape, axes));
}

Results MaxPoolOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  const Tensor &x = *operands[0];
  Tensor result = pooledTensor(*this, x);
  forEachPool(*this, x.shape, [&](int64_t output, ArrayRef<int64_t> places) {
    int64_t best = largestOf(x, places);
    result.floats[output] = best < 0 ? -HUGE_VAL : x.floats[best];
  });
  return one(std::move(result));
}

Results MaxPoolPickOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  const Tensor &x = *operands[0], &values = *operands[1];
  Tensor result = pooledTensor(*this, x);
  forEachPool(*this, x.shape, [&](int64_t output, ArrayRef<int64_t> places) {
    if (int64_t best = largestOf(x, places); best >= 0)
      result.floats[output] = values.floats[best];
  });
  return one(std::move(result));
}

Results MaxPoolGradOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  const Tensor &x = *operands[0], &cotangent = *operands[1];
  Tensor result(x.elementType, x.shape);
  std::vector<long double> sums(x.size(), 0.0L);
  forEachPool(*this, x.shape, [&](int64_t output, ArrayRef<int64_t> places) {
    if (int64_t best = largestOf(x, places); best >= 0)
      sums[best] += cotangent.floats[output];
  });
  for (auto [i, sum] : llvm::enumerate(sums))
    result.set(i, static_cast<double>(sum));
  return one(std::move(result));
}

Results SumPoolOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) {
  const Tensor &x = *operands[0];
  Tensor result = pooledTensor(*this, x);
  forEachPool(*this, x.shape, [&](int64_t output, ArrayRef<int64_t> places) {
    long double sum = 0;
    for (int64_t place : places)
      sum += x.floats[place];
    result.set(output, static_cast<double>(sum));
  });
  return one(std::move(result));
}

Results SumPoolGradOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  const Tensor &cotangent = *operands[0];
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape))
    return failure();
  Tensor result(cotangent.elementType, *shape);
  std::vector<long double> sums(result.size(), 0.0L);
  forEachPool(*this, *shape, [&](int64_t output, ArrayRef<int64_t> places) {
    for (int64_t place : places)
      sums[place] += cotangent.floats[output];
  });
  for (auto [i, sum] : llvm::enumerate(sums))
    result.set(i, static_cast<double>(sum));
  return one(std::move(result));
}
