// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A thread computes one vector of the innermost axis; neighbours in a warp have
// neighbouring vectors, so that their accesses are whole cache lines.
#include "passes/Elements/NestPlan.h"
#include "passes/GenerateGpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

LogicalResult dlc::generateMap(DeviceKernel &kernel) {
  if (kernel.schedule.getBlockM()) {
    generateTurnedMap(kernel);
    return success();
  }
  DeviceEmitter &emit = kernel.device;
  NestPlan plan(kernel.op);
  int64_t lanes = plan.domain.empty() ? 1 : kernel.schedule.getLanes();
  Elements elements(emit, lanes);
  elements.buffers = kernel.inputs;

  DimVector units(plan.domain);
  if (!units.empty())
    units.back() = units.back().ceilDiv(lanes);
  DimExpr count = product(units);
  kernel.grid = count.ceilDiv(kernel.threads());
  Value number = emit.add(emit.mul(emit.block(), kernel.threads()), emit.thread());
  auto storeAt = [&](const Place &place) {
    elements.pushScope();
    elements.storeAll(kernel, place, [](Value) { return true; });
    elements.popScope();
  };
  emit.when(emit.less(number, emit.extent(count)), [&] {
    Place place;
    for (Value index : emit.split(number, units))
      place.push_back({index, 0});
    if (lanes == 1)
      return storeAt(place);
    const DimExpr &last = plan.domain.back();
    Value first = emit.mul(place.back().at, lanes), length = emit.extent(last);
    place.back() = {first, 1};
    if (last.isConstant() && last.constant() % lanes == 0)
      return storeAt(place);
    Value whole = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::sle, emit.add(first, lanes), length);
    emit.when(
        whole, [&] { storeAt(place); },
        [&] {
          elements.lanes = 1;
          emit.loop(first, length, 1, [&](Value at) {
            place.back() = {at, 0};
            storeAt(place);
          });
          elements.lanes = lanes;
        });
  });
  return success();
}
