// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What pooling and its gradients compute at one place, channels last; lanes run
// along the channels. An element's gradient is the sum over the windows that
// meet it, in row-major order, so results do not depend on threads.
#ifndef DLC_PASSES_ELEMENTS_POOLWINDOW_H
#define DLC_PASSES_ELEMENTS_POOLWINDOW_H

#include "passes/Elements/WindowAxis.h"

namespace dlc {

class PoolWindow {
public:
  /// `op`: one of dl's pools, channels last. `elements` reads operands under its mask.
  PoolWindow(Elements &elements, mlir::Operation *op);

  WindowAxes axes;
  dl::DimExpr samples, channels;
  int64_t rank;
  bool padded = false, overlaps = false;
  /// Windows of few elements are unrolled where none is outside; or always, and
  /// the windows of an element too, each under a condition, which keeps many loads on their way.
  bool unrollsPadding = false;

  Ix channel(mlir::Value c) { return {c, elements.lanes > 1 ? 1 : 0}; }
  mlir::Value constant(mlir::Type element, double value);
  mlir::Value read(mlir::Value value, mlir::Value n, llvm::ArrayRef<mlir::Value> where, mlir::Value c);
  /// A number in the window as lanes.
  mlir::Value tapLanes(mlir::Value tap);
  /// What a forward op makes of a window.
  mlir::Value result(mlir::Value n, llvm::ArrayRef<mlir::Value> window, mlir::Value c);
  /// The number in its window of the first largest element, as lanes.
  mlir::Value largestTap(mlir::Value n, llvm::ArrayRef<mlir::Value> window, mlir::Value c) {
    return largest(n, window, c)[1];
  }
  /// An element's gradient; `chosen` is the number that a window's cotangent goes to (max_pool_grad).
  mlir::Value gradient(mlir::Value n, llvm::ArrayRef<mlir::Value> at, mlir::Value c,
                       llvm::function_ref<mlir::Value(llvm::ArrayRef<mlir::Value> window)> chosen);

  using Carry = llvm::SmallVector<mlir::Value>;
  /// An element of a window: its place, its number in the window, and whether
  /// it is part of the image (null: it is).
  struct Tap {
    llvm::ArrayRef<mlir::Value> at;
    mlir::Value number, inside;
  };
  /// Folds the elements of a window in row-major order. Padding is left out.
  Carry foldWindow(llvm::ArrayRef<mlir::Value> window, Carry carry, const std::function<Carry(Carry, Tap)> &body);

private:
  Carry largest(mlir::Value n, llvm::ArrayRef<mlir::Value> window, mlir::Value c);
  Carry unrolled(llvm::ArrayRef<mlir::Value> firsts, Carry carry, const std::function<Carry(Carry, Tap)> &body);
  mlir::Value unrolledGradient(mlir::Value n, llvm::ArrayRef<mlir::Value> at, mlir::Value c,
                               llvm::function_ref<mlir::Value(llvm::ArrayRef<mlir::Value>)> chosen);
  /// What a window's cotangent gives to its element of number `tap`.
  mlir::Value cotangentOf(mlir::Value n, llvm::ArrayRef<mlir::Value> window, mlir::Value tap, mlir::Value c,
                          llvm::function_ref<mlir::Value(llvm::ArrayRef<mlir::Value>)> chosen);
  mlir::Value first(size_t axis, mlir::Value window);
  std::pair<mlir::Value, mlir::Value> insideOf(const WindowAxis &axis, mlir::Value first);

  Elements &elements;
  Emitter &emit;
  mlir::Operation *op;
  mlir::Type type;
};

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_POOLWINDOW_H
