// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An image that windows of convolutions and pooling pass over, in memory.
#ifndef DLC_PASSES_GENERATECPU_WINDOWS_H
#define DLC_PASSES_GENERATECPU_WINDOWS_H

#include "passes/Elements/WindowAxis.h"
#include "passes/GenerateCpu/Generators.h"

namespace dlc {

/// Whether element `at` (which may be negative) of an axis with its padding and
/// spacing is one of the source's, and which.
std::pair<mlir::Value, mlir::Value> sourceOf(Emitter &emit, const WindowAxis &axis, mlir::Value at);

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
