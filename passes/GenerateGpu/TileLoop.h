// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The main loop of everything that is a matrix product: a block computes a tile
// of C = A B from tiles of A and B in shared memory. While one pair is
// multiplied, `prefetch` others are on their way. Sums stay in registers, where
// the epilogue is computed on them. Beyond the edges zeros are multiplied and
// nothing is stored. Where blocks would be few, steps are cut into parts, whose
// sums a second launch adds, a vector for each thread.
#ifndef DLC_PASSES_GENERATEGPU_TILELOOP_H
#define DLC_PASSES_GENERATEGPU_TILELOOP_H

#include "passes/GenerateGpu/ThreadTile.h"

namespace dlc {

class TileLoop {
public:
  /// Splits `batches` matrices of `m` rows by `n` columns among blocks, or their vectors among threads.
  TileLoop(DeviceKernel &kernel, mlir::Type elementType, const dl::DimExpr &batches, const dl::DimExpr &m,
           const dl::DimExpr &n);

  /// The block's, or the thread's, matrix; the bounds of rows and columns.
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
  using Values = ThreadTile::Values;
  std::pair<mlir::Value, mlir::Value> tileOf(mlir::Value number, mlir::Value tilesM, mlir::Value tilesN);
  Values multiply(const Matrix &left, const Matrix &right);
  void finish(mlir::Value result, mlir::Value firstColumn, const RowPlace &placeOf, llvm::ArrayRef<mlir::Value> sums);
  void finishAgain(const Matrix &left, const Matrix &right, mlir::Value result, mlir::Value firstColumn,
                   const RowPlace &placeOf);
  mlir::Value sumAgain(const Matrix &left, const Matrix &right, mlir::Value row, mlir::Value column);
  Spot rowSpot(const RowPlace &placeOf, mlir::Value row);
  void storeAt(mlir::Value result, const Spot &row, Ix channel, mlir::Value value);
  void keepParts(llvm::ArrayRef<mlir::Value> vectors);
  void addParts(mlir::Value result, mlir::Value firstColumn, const RowPlace &placeOf);
  mlir::Value sumAt(mlir::Value part, mlir::Value row, mlir::Value column);
  void finishVector(mlir::Value result, const Spot &row, mlir::Value column, mlir::Value channel, mlir::Value sum);
  void readOfColumns(mlir::Value result, mlir::Value channel);

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  std::unique_ptr<ThreadTile> tile;
  int64_t lanes, blockM, depth, stages;
  Elements elements;
  bool wholeVectors;
  dl::DimExpr batches, m, n;
  int64_t parts;
  mlir::Value part, firstM, firstN;
  Buffer sums;       // of each part: [part, batch, row, column], columns to whole vectors
  mlir::Value isOne; // whether there is a vector for this thread where parts are added
};

/// Whether a schedule cuts a block's tile into whole threads and vectors; says what does not fit.
mlir::LogicalResult checkTiles(DeviceKernel &kernel, mlir::Type elementType);

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_TILELOOP_H
