// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/Operand.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

int64_t dlc::runOf(const DimExpr &dim) {
  return dim.isConstant() && dim.constant() > 0 ? std::min(widestAccess, dim.constant() & -dim.constant()) : 1;
}

Place Matrix::placeOf(DeviceEmitter &emit, const Place &place) const {
  DimVector own(emit.dims.of(value));
  if (ArrayRef(dims) == ArrayRef(own))
    return place;
  Place result;
  for (Value index : emit.split(emit.linear(dims, place), own))
    result.push_back({index, 0});
  return result;
}

/// What copies of a matrix to tiles of `type` read; null: they would have to convert it, or to compute it.
static Buffer sourceOf(DeviceKernel &kernel, const Matrix &matrix, Type type) {
  auto input = kernel.inputs.find(matrix.value);
  bool converts =
      input == kernel.inputs.end() ||
      kernel.device.stored(input->second.elementType).getIntOrFloatBitWidth() != type.getIntOrFloatBitWidth();
  return converts ? Buffer() : Buffer{input->second.memref, type, matrix.dims};
}

/// Elements that one of them moves.
static int64_t widthOf(DeviceKernel &kernel, const Matrix &matrix, Type type, bool byStep) {
  bool isTurned = byStep != matrix.byStep;
  return isTurned || !kernel.device.aligned ? 1 : std::min(matrix.run, widestAccess * 8 / type.getIntOrFloatBitWidth());
}

bool dlc::copiesAsync(DeviceKernel &kernel, const Matrix &matrix, Type type, bool keepsSteps) {
  constexpr int64_t narrowest = 32; // bits of a copy that nobody waits for
  int64_t wide = widthOf(kernel, matrix, type, matrix.byStep && keepsSteps);
  return sourceOf(kernel, matrix, type) && wide * type.getIntOrFloatBitWidth() >= narrowest;
}

Operand::Operand(DeviceKernel &kernel, Elements &elements, const Matrix &matrix, Value first, Type type, int64_t depth,
                 int64_t extent, int64_t stages, int64_t placePadding, bool keepsSteps)
    : kernel(kernel), emit(kernel.device), elements(elements), matrix(matrix), first(first), depth(depth),
      extent(extent), source(sourceOf(kernel, matrix, type)) {
  int64_t bytes = type.getIntOrFloatBitWidth() / 8, access = widestAccess / bytes;
  byStep = matrix.byStep && keepsSteps;
  isAsync = copiesAsync(kernel, matrix, type, keepsSteps);
  wide = isAsync ? widthOf(kernel, matrix, type, byStep) : 1;
  // A multiple of the widest access that moves neighbours to other banks.
  stride = byStep ? depth + access : extent + placePadding / bytes;
  count = (byStep ? extent : depth) * stride;
  tiles = emit.shared(type, stages * count);
}

Value Operand::tileAt(Value stage, Value step, Value place) {
  Value row = byStep ? place : step, column = byStep ? step : place;
  return emit.add(emit.mul(stage, count), emit.add(emit.mul(row, stride), column));
}

/// An element as it is kept in shared memory.
Value Operand::element(const Spot &spot) {
  if (source)
    return emit.loadAt(source, emit.linear(matrix.dims, spot.place), 1, {});
  elements.pushScope();
  int64_t lanes = std::exchange(elements.lanes, 1);
  Value value = elements.at(matrix.value, matrix.placeOf(emit, spot.place)).value;
  elements.lanes = lanes;
  elements.popScope();
  if (value.getType() == tiles.elementType)
    return value;
  value = emit.narrow(value, elementTypeOf(matrix.value)); // 16 bits
  return value.getType() == tiles.elementType ? value : emit.create<arith::BitcastOp>(tiles.elementType, value);
}

void Operand::store(Value to, const Spot &spot) {
  Type type = tiles.elementType;
  auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{type}, spot.inside, true);
  {
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
    scf::YieldOp::create(emit.b, emit.location, element(spot));
    emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
    scf::YieldOp::create(emit.b, emit.location, emit.zeroOf(type));
  }
  emit.storeAt(tiles, to, branch.getResult(0), 1, {});
}

void Operand::fetch(Value stage, Value step) {
  // Neighbouring threads read neighbouring addresses.
  int64_t rows = matrix.byStep ? extent : depth, perRow = (matrix.byStep ? depth : extent) / wide;
  int64_t total = rows * perRow, threads = kernel.threads();
  for (int64_t done = 0; done < total; done += threads) {
    Value number = emit.add(emit.thread(), done);
    Value row = emit.div(number, emit.index(perRow)), column = emit.mul(emit.rem(number, emit.index(perRow)), wide);
    Value inStep = matrix.byStep ? column : row, inPlace = matrix.byStep ? row : column;
    Value to = tileAt(stage, inStep, inPlace), at = emit.add(step, inStep), place = emit.add(first, inPlace);
    Spot spot = matrix.at(at, place);
    Value inside =
        emit.fold<arith::AndIOp>(emit.less(place, matrix.places), emit.less(at, matrix.steps)); // first what stays
    spot.inside = spot.inside ? emit.fold<arith::AndIOp>(inside, spot.inside) : inside;
    auto one = [&] {
      if (isAsync)
        emit.copyAsync(tiles, to, source, emit.linear(matrix.dims, spot.place), wide, spot.inside);
      else
        store(to, spot);
    };
    if (done + threads <= total)
      one();
    else
      emit.when(emit.less(number, emit.index(total)), one);
  }
}

Value Operand::read(Value stage, Value step, Value place, int64_t count) {
  return emit.loadAt(tiles, tileAt(stage, step, place), count, {});
}
