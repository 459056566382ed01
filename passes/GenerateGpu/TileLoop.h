// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The main loop of everything that is a matrix product: a block computes a tile
// of C = A B from tiles of A and B in shared memory. While one pair is
// multiplied, the next is on its way (two stages). A thread has `rows` rows by
// `vectors` vectors of sums in registers, in groups of one access so that a
// warp's reads of shared memory meet no bank twice, and computes the epilogue on
// them. Beyond the edges zeros are multiplied and nothing is stored.
#ifndef DLC_PASSES_GENERATEGPU_TILELOOP_H
#define DLC_PASSES_GENERATEGPU_TILELOOP_H

#include "passes/GenerateGpu/Operand.h"

namespace dlc {

class TileLoop {
public:
  /// Splits `batches` matrices of `m` rows by `n` columns among blocks.
  TileLoop(DeviceKernel &kernel, const dl::DimExpr &batches, const dl::DimExpr &m, const dl::DimExpr &n);

  /// The block's matrix; the bounds of rows and columns.
  mlir::Value batch, rows, columns;
  /// What a row of the product is: the place in the result but for the
  /// innermost axis, on which column 0 stands at `firstColumn`.
  using RowPlace = std::function<Spot(mlir::Value row)>;

  /// Whether zeros beyond a matrix are no part of the sum, and must not make NaN of what is not finite: a thread that
  /// finds NaN among its sums adds them up again, one by one, from elements that exist.
  bool zerosAreAbsent = false;
  /// Multiplies, computes what follows from `result`, and stores.
  void run(const Matrix &left, const Matrix &right, mlir::Value result, mlir::Value firstColumn,
           const RowPlace &placeOf);

private:
  using Values = llvm::SmallVector<mlir::Value>;
  Values multiply(const Matrix &left, const Matrix &right);
  void multiplySteps(Operand &a, Operand &b, mlir::Value stage, mlir::Value step, Values &sums);
  void finish(mlir::Value result, mlir::Value firstColumn, const RowPlace &placeOf, llvm::ArrayRef<mlir::Value> sums);
  void finishAgain(const Matrix &left, const Matrix &right, mlir::Value result, mlir::Value firstColumn,
                   const RowPlace &placeOf);
  mlir::Value sumAgain(const Matrix &left, const Matrix &right, mlir::Value row, mlir::Value column);
  Spot rowSpot(const RowPlace &placeOf, mlir::Value row);
  void storeAt(mlir::Value result, const Spot &row, Ix channel, mlir::Value value);
  void finishVector(mlir::Value result, const Spot &row, mlir::Value column, mlir::Value channel, mlir::Value sum);
  void readOfColumns(mlir::Value result, mlir::Value channel);
  mlir::Value rowOf(int64_t group);
  mlir::Value columnOf(int64_t vector);

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  int64_t lanes, groups, vectors, blockM, depth, down, across, blockN;
  Elements elements;
  bool wholeVectors;
  mlir::Type type;
  mlir::Value row, column, firstM, firstN;
};

/// Whether a schedule cuts a block's tile into whole threads and vectors; says what does not fit.
mlir::LogicalResult checkTiles(DeviceKernel &kernel);

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_TILELOOP_H
