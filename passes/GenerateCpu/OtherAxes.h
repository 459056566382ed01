// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What generators that walk one axis in order share: the places of the others,
// lanes along the innermost unless it is that axis.
#ifndef DLC_PASSES_GENERATECPU_OTHERAXES_H
#define DLC_PASSES_GENERATECPU_OTHERAXES_H

#include "passes/GenerateCpu/Generators.h"

namespace dlc {

struct OtherAxes {
  OtherAxes(Kernel &kernel, llvm::ArrayRef<dl::DimExpr> dims, size_t axis)
      : emit(kernel.emit), dims(dims), lanes(axis + 1 == dims.size() ? 1 : kernel.schedule.getLanes()) {
    for (auto [i, dim] : llvm::enumerate(dims))
      outer.push_back(i == axis ? dl::DimExpr(1) : i + 1 == dims.size() ? dim.ceilDiv(lanes) : dim);
  }

  /// How many there are.
  mlir::Value count() const { return emit.extent(product(outer)); }

  /// One of them, 0 on the axis walked, and the mask of its lanes (null: all).
  std::pair<Place, mlir::Value> at(mlir::Value number) const {
    Place place;
    for (mlir::Value index : emit.split(number, outer))
      place.push_back({index, 0});
    if (lanes == 1)
      return {place, {}};
    mlir::Value first = emit.mul(place.back().at, lanes);
    place.back() = {first, 1};
    const dl::DimExpr &last = dims.back();
    bool whole = last.isConstant() && last.constant() % lanes == 0;
    return {place, whole ? mlir::Value() : emit.maskFor(emit.sub(emit.extent(last), first), lanes)};
  }

  Emitter &emit;
  dl::DimVector dims, outer;
  int64_t lanes;
};

} // namespace dlc
#endif // DLC_PASSES_GENERATECPU_OTHERAXES_H
