// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sliding windows over channels-last images [N, spatial..., C], for
// convolutions and pooling. There are always three spatial axes here: those a
// tensor lacks come first, with extent 1.
#ifndef DLC_PASSES_ELEMENTS_WINDOWAXIS_H
#define DLC_PASSES_ELEMENTS_WINDOWAXIS_H

#include "passes/Elements/Emitter.h"
#include <array>

namespace dlc {

/// Output place p meets window place k at element p stride + k dilation - low
/// of the source, the elements of which lie `spacing` apart, zeros between.
struct WindowAxis {
  dl::DimExpr source = 1, output = 1, window = 1;
  dl::DimExpr low = 0, high = 0; // zeros before and after: negative ones cut
  int64_t stride = 1, dilation = 1, spacing = 1;
  /// From the first to the last element that `places` neighbouring windows meet.
  dl::DimExpr span(const dl::DimExpr &places) const {
    return (places - 1) * dl::DimExpr(stride) + (window - 1) * dl::DimExpr(dilation) + 1;
  }
  bool inPlace() const { return low == dl::DimExpr(0) && high == dl::DimExpr(0) && spacing == 1; }
};
using WindowAxes = std::array<WindowAxis, 3>;

/// Positions of three spatial axes in a channels-last tensor; -1 where it lacks one.
inline int64_t spatialAxis(int64_t rank, int64_t i) { return i - (5 - rank) < 0 ? -1 : i - (5 - rank) + 1; }
/// [n, d, h, w, c] as a place of a tensor of rank 3 to 5.
inline Place imagePlace(int64_t rank, mlir::Value n, llvm::ArrayRef<mlir::Value> spatial, Ix channel) {
  Place place{{n, 0}};
  for (mlir::Value index : spatial.take_back(rank - 2))
    place.push_back({index, 0});
  place.push_back(channel);
  return place;
}

/// The axes of an op with attributes `strides`, `low`, `high` and maybe
/// `dilations`: windows of extents `window` over an image of extents `large`, at the places of `small`.
inline WindowAxes windowAxes(mlir::Operation *op, llvm::ArrayRef<dl::DimExpr> large, llvm::ArrayRef<dl::DimExpr> window,
                             llvm::ArrayRef<dl::DimExpr> small) {
  auto attribute = [&](llvm::StringRef name) { return op->getAttrOfType<mlir::DenseI64ArrayAttr>(name); };
  int64_t rank = large.size();
  WindowAxes axes;
  for (int64_t i = 5 - rank; i < 3; ++i) {
    int64_t own = i - (5 - rank);
    axes[i] = {large[own + 1],        small[own + 1],         window[own],
               attribute("low")[own], attribute("high")[own], attribute("strides")[own]};
    if (auto dilations = attribute("dilations"))
      axes[i].dilation = dilations[own];
  }
  return axes;
}

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_WINDOWAXIS_H
