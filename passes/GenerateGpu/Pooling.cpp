// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pooling and its gradients over channels-last images: a thread has one vector
// of channels of one place. Gradients are written element by element of the
// input, each of which looks for the windows that meet it; max_pool_grad finds
// again which element such a window chose, which the caches make cheap.
#include "passes/Elements/PoolWindow.h"
#include "passes/GenerateGpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

LogicalResult dlc::generateDevicePooling(DeviceKernel &kernel, Operation *root) {
  if (!root->hasAttr("channels_last"))
    return root->emitOpError("has no channels_last: assign-layouts did not run");
  DeviceEmitter &emit = kernel.device;
  int64_t lanes = kernel.schedule.getLanes();
  Elements elements(emit, lanes);
  elements.buffers = kernel.inputs;
  PoolWindow pool(elements, root);
  pool.unrollsPadding = true;
  if (lanes < 1 || (lanes > 1 && !(pool.channels.isConstant() && pool.channels.constant() % lanes == 0)))
    return kernel.op.emitOpError() << "schedule has " << lanes << " lanes, which do not divide the channels, "
                                   << pool.channels.str();
  bool isGradient = isa<MaxPoolGradOp, SumPoolGradOp>(root);
  DimVector units{pool.samples};
  for (const WindowAxis &axis : pool.axes)
    units.push_back(isGradient ? axis.source : axis.output);
  units.push_back(pool.channels.ceilDiv(lanes));
  DimExpr count = product(units);
  kernel.grid = count.ceilDiv(kernel.threads());
  kernel.residentBlocks = 2;
  Value number = emit.add(emit.mul(emit.block(), kernel.threads()), emit.thread());
  emit.when(emit.less(number, emit.extent(count)), [&] {
    SmallVector<Value> at = emit.split(number, units);
    Value n = at[0], c = emit.mul(at[4], lanes);
    ArrayRef<Value> where = ArrayRef(at).slice(1, 3);
    Value value =
        isGradient ? pool.gradient(n, where, c, [&](ArrayRef<Value> window) { return pool.largestTap(n, window, c); })
                   : pool.result(n, where, c);
    Place place = imagePlace(pool.rank, n, where, pool.channel(c));
    elements.preset(root->getResult(0), place, {value, lanes == 1});
    elements.storeAll(kernel, place, [](Value) { return true; });
  });
  return success();
}
