// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/InitialValue.h"
#include <cmath>

using namespace mlir;
using namespace dlc::dl;

namespace {
/// Inputs and outputs that one element of a weight connects: the two axes of a
/// matrix [in, out]; of a filter [O, I, k...], I k and O k.
struct Fan {
  double in = 1, out = 1;
  explicit Fan(ArrayRef<int64_t> shape) {
    if (shape.size() == 2) {
      in = shape[0], out = shape[1];
      return;
    }
    double window = 1;
    for (int64_t extent : shape.drop_front(2))
      window *= extent;
    in = shape[1] * window, out = shape[0] * window;
  }
};
} // namespace

Value dlc::dl::buildInitialValue(DlBuilder &b, Attribute value, RankedTensorType type, Value seed, Value step) {
  Type element = type.getElementType(), f32 = b.builder.getF32Type();
  DimVector dims(type.getShape().begin(), type.getShape().end());
  ArrayAttr dimsAttr = toAttr(b.context(), dims);

  // Draws are f32 whatever the type: low + (high - low) u.
  auto uniform = [&](int64_t stream, double low, double high) {
    Value u = b.create<RandomUniformOp>(seed, step, b.builder.getI64IntegerAttr(stream), dimsAttr);
    Value scaled = b.mul(u, b.constant(high - low, f32));
    return b.cast(b.add(scaled, b.constant(low, f32)), element);
  };
  auto normal = [&](int64_t stream, double deviation) {
    Value n = b.create<RandomNormalOp>(seed, step, b.builder.getI64IntegerAttr(stream), dimsAttr);
    return b.cast(b.mul(n, b.constant(deviation, f32)), element);
  };

  if (isa<ZerosAttr>(value) || type.getNumElements() == 0)
    return b.full(0, element, dims);
  if (isa<OnesAttr>(value))
    return b.full(1, element, dims);
  if (auto glorot = dyn_cast<GlorotUniformAttr>(value)) {
    Fan fan(type.getShape());
    double limit = std::sqrt(6 / (fan.in + fan.out));
    return uniform(glorot.getStream(), -limit, limit);
  }
  if (auto he = dyn_cast<HeUniformAttr>(value)) {
    double limit = std::sqrt(6 / Fan(type.getShape()).in);
    return uniform(he.getStream(), -limit, limit);
  }
  if (auto he = dyn_cast<HeNormalAttr>(value))
    return normal(he.getStream(), std::sqrt(2 / Fan(type.getShape()).in));
  if (auto range = dyn_cast<UniformAttr>(value))
    return uniform(range.getStream(), range.getLow().getValueAsDouble(), range.getHigh().getValueAsDouble());
  if (auto bell = dyn_cast<NormalAttr>(value))
    return normal(bell.getStream(), bell.getDeviation().getValueAsDouble());
  if (auto dense = dyn_cast<DenseElementsAttr>(value); dense && dense.isSplat()) {
    auto scalar = DenseElementsAttr::get(RankedTensorType::get({}, element), dense.getSplatValue<Attribute>());
    return b.broadcast(b.create<ConstantOp>(scalar), dims);
  }
  return {};
}
