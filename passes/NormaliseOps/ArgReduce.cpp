// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/NormaliseOps/NormaliseOps.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Value dlc::expandArgReduce(Operation *op, DlBuilder &b) {
  Value x = op->getOperand(0);
  int64_t axis = op->getAttrOfType<IntegerAttr>("axis").getInt();
  DimVector dims(b.dims(x));
  auto axes = b.builder.getDenseI64ArrayAttr({axis});
  UnitAttr keep = b.builder.getUnitAttr();
  Value extremum =
      isa<ArgmaxOp>(op) ? Value(b.create<ReduceMaxOp>(x, axes, keep)) : Value(b.create<ReduceMinOp>(x, axes, keep));
  Value found = b.compare(Predicate::eq, x, extremum);
  if (isa<FloatType>(b.elementType(x))) // NaN wins, and equals nothing
    found = b.create<OrOp>(found, b.compare(Predicate::ne, x, x));
  // An i32 counts any axis that fits into memory, in half the registers of i64.
  Type i32 = b.builder.getI32Type();
  SmallVector<int64_t> extents(cast<RankedTensorType>(x.getType()).getShape());
  Value place = b.create<IotaOp>(RankedTensorType::get(extents, i32), b.builder.getI64IntegerAttr(axis),
                                 toAttr(b.context(), dims));
  Value none = b.constant(0x7fffffff, i32);
  Value first = b.create<ReduceMinOp>(b.select(found, place, none), axes, UnitAttr());
  return b.cast(first, b.builder.getI64Type());
}
