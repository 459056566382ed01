// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Convolution and its gradients are one sum over the same triples (x, w, y):
// each element of the result collects the products of the other two. Padding is
// zeros of x like others: what is not finite makes NaN of them (C5).
#include "dialects/dl/evaluate/Windows.h"

using namespace mlir;
using namespace dlc::dl;

/// Calls `visit(x, w, y)`, places in input, filter and output, for every triple
/// with y[n,o,p] += x[n, c, p stride + k dilation - low] w[o,c,k]; x is
/// `inPadding` where it is.
template <typename Op, typename Visit>
static LogicalResult forEachTriple(Op op, Evaluator &evaluator, ArrayRef<int64_t> x, ArrayRef<int64_t> w,
                                   ArrayRef<int64_t> y, Visit visit) {
  bool last = op.getChannelsLast();
  size_t rank = x.size(), spatial = last ? 1 : 2, window = last ? 0 : 2;
  size_t outAxis = last ? rank - 1 : 0, inAxis = last ? rank - 2 : 1;
  int64_t groups = op.getGroups(), channels = w[inAxis], outputs = w[outAxis];
  SmallVector<WindowAxis> axes;
  for (size_t i = 0; i + 2 < rank; ++i) {
    WindowAxis axis{x[spatial + i],     y[spatial + i],       w[window + i],
                    op.getStrides()[i], op.getDilations()[i], op.getLow()[i]};
    axes.push_back(axis);
  }
  ActivationStrides xStrides(x, last), yStrides(y, last);
  int64_t taps = 1;
  for (const WindowAxis &axis : axes)
    taps *= axis.window;
  int64_t places = 1;
  for (const WindowAxis &axis : axes)
    places *= axis.output;
  if (failed(evaluator.charge(op, x[0] * outputs * channels * taps * places)))
    return failure();
  // Filter [O, I, k...] or [k..., I, O].
  int64_t wOut = last ? 1 : channels * taps, wIn = last ? outputs : taps, wTap = last ? channels * outputs : 1;
  forEachWindow(axes, /*padding=*/true, [&](int64_t place, ArrayRef<std::pair<int64_t, int64_t>> elements) {
    for (int64_t n = 0; n < x[0]; ++n)
      for (int64_t o = 0; o < outputs; ++o) {
        int64_t firstChannel = o / (outputs / groups) * channels;
        int64_t yPlace = n * yStrides.batch + o * yStrides.channel + place * yStrides.spatial;
        for (int64_t c = 0; c < channels; ++c)
          for (auto [tap, element] : elements) {
            int64_t xPlace = n * xStrides.batch + (firstChannel + c) * xStrides.channel + element * xStrides.spatial;
            visit(element == inPadding ? inPadding : xPlace, o * wOut + c * wIn + tap * wTap, yPlace);
          }
      }
  });
  return success();
}

/// An element of an input, which padding has, too.
static long double inputAt(const Tensor &x, int64_t place) { return place == inPadding ? 0.0L : x.floats[place]; }

/// Sums kept wide until all have been added.
namespace {
struct Sums {
  Sums(Type elementType, ArrayRef<int64_t> shape) : result(elementType, shape), wide(result.size(), 0.0L) {}
  Results finish() {
    for (auto [i, sum] : llvm::enumerate(wide))
      result.set(i, static_cast<double>(sum));
    return one(std::move(result));
  }
  Tensor result;
  std::vector<long double> wide;
};
} // namespace

Results ConvOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  const Tensor &x = *operands[0], &w = *operands[1];
  bool last = getChannelsLast();
  Extents shape(x.shape);
  shape[last ? shape.size() - 1 : 1] = w.shape[last ? shape.size() - 1 : 0];
  for (size_t i = 0; i + 2 < shape.size(); ++i) {
    int64_t window = (w.shape[(last ? 0 : 2) + i] - 1) * getDilations()[i] + 1;
    int64_t &extent = shape[(last ? 1 : 2) + i];
    extent = windowsIn(extent + getLow()[i] + getHigh()[i], window, getStrides()[i]);
  }
  Sums sums(x.elementType, shape);
  if (failed(forEachTriple(*this, evaluator, x.shape, w.shape, shape, [&](int64_t xAt, int64_t wAt, int64_t yAt) {
        sums.wide[yAt] += inputAt(x, xAt) * w.floats[wAt];
      })))
    return failure();
  return sums.finish();
}

Results ConvInputGradOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  const Tensor &dy = *operands[0], &w = *operands[1];
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape))
    return failure();
  Sums sums(dy.elementType, *shape);
  if (failed(forEachTriple(*this, evaluator, *shape, w.shape, dy.shape, [&](int64_t xAt, int64_t wAt, int64_t yAt) {
        if (xAt != inPadding)
          sums.wide[xAt] += static_cast<long double>(dy.floats[yAt]) * w.floats[wAt];
      })))
    return failure();
  return sums.finish();
}

Results ConvFilterGradOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  const Tensor &x = *operands[0], &dy = *operands[1];
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape))
    return failure();
  Sums sums(x.elementType, *shape);
  if (failed(forEachTriple(*this, evaluator, x.shape, *shape, dy.shape, [&](int64_t xAt, int64_t wAt, int64_t yAt) {
        sums.wide[wAt] += inputAt(x, xAt) * dy.floats[yAt];
      })))
    return failure();
  return sums.finish();
}
