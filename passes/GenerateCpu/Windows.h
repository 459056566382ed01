// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sliding windows over channels-last images [N, spatial..., C], for
// convolutions and pooling. There are always three spatial axes here: those a
// tensor lacks come first, with extent 1.
#ifndef DLC_PASSES_GENERATECPU_WINDOWS_H
#define DLC_PASSES_GENERATECPU_WINDOWS_H

#include "passes/GenerateCpu/Generators.h"
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
Place imagePlace(int64_t rank, mlir::Value n, llvm::ArrayRef<mlir::Value> spatial, Ix channel);

/// The buffer of a root's operand: an argument's, or shared scratch filled with
/// what the body makes of nothing (a constant, as the cotangent of a sum).
Buffer inMemory(Kernel &kernel, mlir::Value value);

/// An activation read window by window. A unit is a block of output rows of one
/// plane of one image; what its windows meet is read in place or, if there is
/// padding or spacing, from a copy with zeros in this worker's scratch.
class Image {
public:
  /// `vector`: only one vector of channels is met at a time (depthwise), so that
  /// a copy holds no more.
  Image(Kernel &kernel, mlir::Value value, const WindowAxes &axes, int64_t blockRows, bool vector = false);

  /// What this worker needs, a multiple of 64 bytes.
  dl::DimExpr scratchBytes();
  dl::DimExpr units() { return samples * axes[0].output * blocks; }

  struct View {
    Buffer buffer;
    mlir::Value base;              // the first element that the first window meets
    mlir::Value plane, row, pixel; // strides
    mlir::Value n, depth;          // the unit's image and output plane
    mlir::Value low, high;         // its output rows
  };
  /// The copy, if any, begins at byte `offset` of the worker's scratch;
  /// `channel` is the first of the vector.
  View at(mlir::Value unit, mlir::Value worker, const dl::DimExpr &offset = 0, mlir::Value channel = {});

private:
  void copy(const View &view, const Buffer &to);
  void copyRow(mlir::Value n, mlir::Value depth, mlir::Value height, const Buffer &to, mlir::Value toBase);
  void fill(const Buffer &to, mlir::Value low, mlir::Value high);
  void run(mlir::Value from, const Buffer &to, mlir::Value toAt, mlir::Value count);

  Kernel &kernel;
  Emitter &emit;
  mlir::Value value;
  Buffer source;
  WindowAxes axes;
  dl::DimExpr samples, channels, blocks, rows; // rows: of one block
  dl::DimExpr held;                            // channels of a pixel in the copy
  bool copies, vector;
  mlir::Value channel;
  mlir::Type type;
  int64_t lanes;
};

} // namespace dlc
#endif // DLC_PASSES_GENERATECPU_WINDOWS_H
