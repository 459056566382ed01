// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Convolutions in groups of few channels, lanes along the channels of the
// result: where a lane's operands stand. Result channel c is of group c / n,
// n being the result's channels of a group.
#ifndef DLC_PASSES_GENERATEGPU_GROUPLANES_H
#define DLC_PASSES_GENERATEGPU_GROUPLANES_H

#include "passes/GenerateGpu/ConvShape.h"

namespace dlc {

class GroupLanes {
public:
  GroupLanes(Elements &elements, int64_t ofGroup, mlir::Value first)
      : elements(elements), emit(elements.emit), ofGroup(ofGroup), first{first, elements.lanes > 1 ? 1 : 0} {}

  /// The result's channels.
  const Ix &channels() const { return first; }
  /// The group of a channel, and its number there.
  Ix groupOf(const Ix &channel) { return ofGroup == 1 ? channel : Ix{emit.div(channel.at, emit.index(ofGroup)), 0}; }
  Ix numberOf(const Ix &channel) {
    return ofGroup == 1 ? Ix{emit.zero(), 0} : Ix{emit.rem(channel.at, emit.index(ofGroup)), channel.step};
  }
  /// Channel `number` of the group, where each has `count`.
  Ix channelOf(const Ix &group, int64_t count, int64_t number) {
    return {emit.add(emit.mul(group.at, count), number), group.step * count};
  }

  /// A vector (a scalar of one lane) of the values at the places of the result's channels. Lanes that are all of one
  /// group, or each of its own, are read together, others one by one.
  mlir::Value read(mlir::Value value, llvm::function_ref<Place(const Ix &channel)> placeOf) {
    int64_t lanes = elements.lanes;
    if (lanes == 1 || ofGroup == 1 || ofGroup % lanes == 0) {
      Lanes read = elements.at(value, placeOf(first));
      return lanes > 1 ? emit.splat(read.value, lanes) : read.value;
    }
    elements.lanes = 1;
    mlir::Value vector;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      mlir::Value one = elements.at(value, placeOf({emit.add(first.at, lane), 0})).value;
      if (!vector)
        vector = emit.zeroOf(emit.vectorOf(one.getType(), lanes));
      vector = emit.create<mlir::vector::InsertOp>(one, vector, lane);
    }
    elements.lanes = lanes;
    return vector;
  }

private:
  Elements &elements;
  Emitter &emit;
  int64_t ofGroup;
  Ix first;
};

/// Whether channels of a group are known and lanes divide `channels`, those of the result; says what does not fit.
mlir::LogicalResult checkGroups(DeviceKernel &kernel, const ConvShape &shape, const dl::DimExpr &channels);

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_GROUPLANES_H
