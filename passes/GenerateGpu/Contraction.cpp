// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C[b, m, n] = sum over k of A[b, m, k] B[b, k, n], either operand stored with
// its last two axes swapped, or B in panels that prepare has packed.
#include "passes/GenerateGpu/TileLoop.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// `axes`: batch (or -1), contracting and free one.
static Matrix operandOf(DeviceEmitter &emit, Value value, Value batch, int64_t batchAxis, int64_t contract,
                        int64_t free) {
  Matrix matrix;
  ArrayRef<DimExpr> dims = emit.dims.of(value);
  matrix.value = value;
  matrix.dims = DimVector(dims);
  matrix.steps = emit.extent(dims[contract]);
  matrix.places = emit.extent(dims[free]);
  matrix.byStep = contract > free;
  matrix.run = runOf(dims.back());
  size_t rank = dims.size();
  matrix.at = [=](Value step, Value place) {
    Place at(rank);
    if (batchAxis >= 0)
      at[batchAxis] = {batch, 0};
    at[contract] = {step, 0};
    at[free] = {place, 0};
    return Spot{at, {}};
  };
  return matrix;
}

Matrix dlc::packedMatrix(DeviceEmitter &emit, UnpackOp unpack) {
  Matrix matrix;
  ArrayRef<DimExpr> dims = emit.dims.of(unpack.getInput()), columns = emit.dims.of(unpack.getResult());
  matrix.value = unpack.getInput();
  matrix.dims = DimVector(dims);
  matrix.steps = emit.extent(columns[0]);
  matrix.places = emit.extent(columns[1]);
  matrix.run = runOf(dims.back()); // panels hold zeros past the last column
  Value width = emit.extent(dims.back());
  matrix.at = [&emit, width](Value step, Value place) {
    return Spot{{{emit.div(place, width), 0}, {step, 0}, {emit.rem(place, width), 0}}, {}};
  };
  return matrix;
}

LogicalResult dlc::generateDeviceContract(DeviceKernel &kernel) {
  DeviceEmitter &emit = kernel.device;
  auto op = *kernel.body().getOps<ContractOp>().begin();
  Type type = elementTypeOf(op.getResult());
  if (failed(checkTiles(kernel, type)))
    return failure();
  bool hasBatch = !op.getLhsBatch().empty();
  ArrayRef<DimExpr> result = emit.dims.of(op.getResult());
  TileLoop tiles(kernel, type, hasBatch ? result[0] : DimExpr(1), result[result.size() - 2], result.back());
  auto operand = [&](bool isRight) {
    Value value = isRight ? op.getRhs() : op.getLhs();
    auto unpack = value.getDefiningOp<UnpackOp>();
    if (unpack && isRight && !hasBatch)
      return packedMatrix(emit, unpack);
    return operandOf(emit, value, tiles.batch, hasBatch ? 0 : -1,
                     (isRight ? op.getRhsContract() : op.getLhsContract())[0], op.freeAxes(isRight)[0]);
  };
  tiles.run(operand(false), operand(true), op.getResult(), emit.zero(), [&](Value row) {
    Spot spot;
    if (hasBatch)
      spot.place.push_back({tiles.batch, 0});
    spot.place.push_back({row, 0});
    return spot;
  });
  return success();
}
