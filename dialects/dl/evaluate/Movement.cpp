// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Indexing.h"

using namespace mlir;
using namespace dlc::dl;

using Operands = ArrayRef<const Tensor *>;

/// A tensor of extents `shape` whose element at an index is the element of
/// `from` at `offset` plus the dot product of the index and `strides`.
static Results strided(const Tensor &from, ArrayRef<int64_t> shape, const Extents &strides, int64_t offset = 0) {
  Tensor result(from.elementType, shape);
  forEachIndex<1>(shape, {strides}, [&](int64_t place, const std::array<int64_t, 1> &at) {
    copyElement(result, place, from, offset + at[0]);
  });
  return one(std::move(result));
}

Results ConstantOp::evaluate(Operands, Evaluator &) {
  FailureOr<Tensor> value = Tensor::fromAttr(getValue());
  if (failed(value))
    return emitOpError("value is no dense tensor, or a resource whose bytes are missing or do not fit its type");
  return one(std::move(*value));
}

Results IotaOp::evaluate(Operands, Evaluator &evaluator) {
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape))
    return failure();
  Tensor result(getType().getElementType(), *shape);
  Extents strides(shape->size(), 0);
  strides[getAxis()] = 1;
  forEachIndex<1>(*shape, {strides},
                  [&](int64_t place, const std::array<int64_t, 1> &at) { result.setInt(place, at[0]); });
  return one(std::move(result));
}

Results DimOp::evaluate(Operands operands, Evaluator &) {
  Tensor result(IntegerType::get(getContext(), 64), {});
  result.ints[0] = operands[0]->shape[getAxis()];
  return one(std::move(result));
}

Results BroadcastOp::evaluate(Operands operands, Evaluator &evaluator) {
  const Tensor &x = *operands[0];
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape))
    return failure();
  Extents own = stridesOf(x.shape), strides(shape->size() - own.size(), 0);
  for (size_t i = 0; i < own.size(); ++i) {
    strides.push_back(x.shape[i] == 1 ? 0 : own[i]);
  }
  return strided(x, *shape, strides);
}

Results ReshapeOp::evaluate(Operands operands, Evaluator &evaluator) {
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape))
    return failure();
  Tensor result = *operands[0];
  result.shape = *shape;
  return one(std::move(result));
}

Results TransposeOp::evaluate(Operands operands, Evaluator &) {
  Extents own = stridesOf(operands[0]->shape), shape, strides;
  for (int64_t axis : getPermutation()) {
    shape.push_back(operands[0]->shape[axis]);
    strides.push_back(own[axis]);
  }
  return strided(*operands[0], shape, strides);
}

Results SliceOp::evaluate(Operands operands, Evaluator &evaluator) {
  const Tensor &x = *operands[0];
  FailureOr<Extents> starts = evaluator.extents(*this, getStarts()), shape = evaluator.extents(*this, getDims());
  if (failed(starts) || failed(shape))
    return failure();
  Extents strides = stridesOf(x.shape);
  int64_t offset = 0;
  for (size_t i = 0; i < strides.size(); ++i) {
    offset += (*starts)[i] * strides[i];
    strides[i] *= getStrides()[i];
  }
  return strided(x, *shape, strides, offset);
}

Results PadOp::evaluate(Operands operands, Evaluator &evaluator) {
  const Tensor &x = *operands[0], &value = *operands[1];
  FailureOr<Extents> low = evaluator.extents(*this, getLow()), high = evaluator.extents(*this, getHigh());
  if (failed(low) || failed(high))
    return failure();
  Extents shape;
  for (size_t i = 0; i < x.shape.size(); ++i) {
    shape.push_back((*low)[i] + spanOf(DimExpr(x.shape[i]), getInterior()[i] + 1).constant() + (*high)[i]);
  }
  Tensor result(x.elementType, shape);
  for (int64_t i = 0, e = result.size(); i < e; ++i)
    copyElement(result, i, value, 0);
  Extents strides = stridesOf(shape);
  int64_t offset = 0;
  for (size_t i = 0; i < strides.size(); ++i) {
    offset += (*low)[i] * strides[i];
    strides[i] *= getInterior()[i] + 1;
  }
  forEachIndex<1>(x.shape, {strides}, [&](int64_t place, const std::array<int64_t, 1> &at) {
    copyElement(result, offset + at[0], x, place);
  });
  return one(std::move(result));
}

Results ConcatOp::evaluate(Operands operands, Evaluator &) {
  Extents shape(operands[0]->shape);
  size_t axis = getAxis();
  for (const Tensor *operand : operands.drop_front())
    shape[axis] += operand->shape[axis];
  Tensor result(operands[0]->elementType, shape);
  Extents strides = stridesOf(shape);
  int64_t offset = 0;
  for (const Tensor *operand : operands) {
    forEachIndex<1>(operand->shape, {strides}, [&](int64_t place, const std::array<int64_t, 1> &at) {
      copyElement(result, offset + at[0], *operand, place);
    });
    offset += operand->shape[axis] * strides[axis];
  }
  return one(std::move(result));
}

Results ReverseOp::evaluate(Operands operands, Evaluator &) {
  const Tensor &x = *operands[0];
  Extents strides = stridesOf(x.shape);
  int64_t offset = 0;
  for (int64_t axis : getAxes()) {
    offset += (x.shape[axis] - 1) * strides[axis];
    strides[axis] = -strides[axis];
  }
  return strided(x, x.shape, strides, offset);
}

/// Extents before and after an axis, multiplied.
static std::pair<int64_t, int64_t> around(ArrayRef<int64_t> shape, int64_t axis) {
  int64_t outer = 1, inner = 1;
  for (int64_t extent : shape.take_front(axis))
    outer *= extent;
  for (int64_t extent : shape.drop_front(axis + 1))
    inner *= extent;
  return {outer, inner};
}

Results GatherOp::evaluate(Operands operands, Evaluator &) {
  const Tensor &x = *operands[0], &indices = *operands[1];
  int64_t axis = getAxis(), extent = x.shape[axis];
  if (failed(checkIndices(*this, indices, extent)))
    return failure();
  auto [outer, inner] = around(x.shape, axis);
  Extents shape(ArrayRef<int64_t>(x.shape).take_front(axis));
  llvm::append_range(shape, indices.shape);
  llvm::append_range(shape, ArrayRef<int64_t>(x.shape).drop_front(axis + 1));
  Tensor result(x.elementType, shape);
  int64_t place = 0;
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t index : indices.ints)
      for (int64_t i = 0; i < inner; ++i)
        copyElement(result, place++, x, (o * extent + index) * inner + i);
  return one(std::move(result));
}

Results ScatterAddOp::evaluate(Operands operands, Evaluator &evaluator) {
  const Tensor &indices = *operands[0], &updates = *operands[1];
  FailureOr<Extents> shape = evaluator.extents(*this, getDims());
  if (failed(shape) || failed(checkIndices(*this, indices, (*shape)[getAxis()])))
    return failure();
  int64_t extent = (*shape)[getAxis()];
  auto [outer, inner] = around(*shape, getAxis());
  Tensor result(updates.elementType, *shape);
  std::vector<long double> sums(result.isFloat() ? result.size() : 0, 0.0L);
  int64_t place = 0;
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t index : indices.ints)
      for (int64_t i = 0; i < inner; ++i, ++place) {
        int64_t target = (o * extent + index) * inner + i;
        if (result.isFloat())
          sums[target] += updates.floats[place];
        else
          result.setInt(target, result.ints[target] + updates.ints[place]);
      }
  for (auto [i, sum] : llvm::enumerate(sums))
    result.set(i, static_cast<double>(sum));
  return one(std::move(result));
}

Results CheckIndexOp::evaluate(Operands operands, Evaluator &evaluator) {
  FailureOr<Extents> bound = evaluator.extents(*this, ArrayAttr::get(getContext(), {getDim()}));
  if (failed(bound) || failed(checkIndices(*this, *operands[0], (*bound)[0])))
    return failure();
  return one(*operands[0]);
}

Results PackOp::evaluate(Operands operands, Evaluator &) {
  const Tensor &x = *operands[0];
  size_t rank = x.shape.size();
  int64_t rows = x.shape[rank - 2], columns = x.shape[rank - 1], width = getWidth();
  Extents shape(ArrayRef<int64_t>(x.shape).drop_back(2));
  int64_t panels = (columns + width - 1) / width;
  shape.append({panels, rows, width});
  Tensor result(x.elementType, shape);
  for (int64_t i = 0, e = x.size(); i < e; ++i) {
    int64_t column = i % columns, row = i / columns % rows, matrix = i / columns / rows;
    copyElement(result, ((matrix * panels + column / width) * rows + row) * width + column % width, x, i);
  }
  return one(std::move(result));
}

Results UnpackOp::evaluate(Operands operands, Evaluator &) {
  const Tensor &x = *operands[0];
  size_t rank = x.shape.size();
  int64_t panels = x.shape[rank - 3], rows = x.shape[rank - 2], width = x.shape[rank - 1], columns = getColumns();
  Extents shape(ArrayRef<int64_t>(x.shape).drop_back(3));
  shape.append({rows, columns});
  Tensor result(x.elementType, shape);
  for (int64_t i = 0, e = result.size(); i < e; ++i) {
    int64_t column = i % columns, row = i / columns % rows, matrix = i / columns / rows;
    copyElement(result, i, x, ((matrix * panels + column / width) * rows + row) * width + column % width);
  }
  return one(std::move(result));
}
