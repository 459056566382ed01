// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The register tile that contractions and convolutions share: rows x vectors
// accumulators, each step one scalar a row and one vector a column group.
#ifndef DLC_PASSES_GENERATECPU_MICROKERNEL_H
#define DLC_PASSES_GENERATECPU_MICROKERNEL_H

#include "passes/Elements/Emitter.h"

namespace dlc {

struct Tile {
  int64_t rows = 1, vectors = 1, lanes = 1;
  int64_t unroll = 1; // steps a trip
  int64_t splits = 1; // independent sums, added at the end: hides latency where rows are few
};

/// What the tile reads at step `k` + `u` (u < unroll, a constant): a scalar of
/// row `row`, a vector of column group `vector`. Computed types.
using RowLoad = std::function<mlir::Value(int64_t row, mlir::Value k, int64_t u)>;
using ColumnLoad = std::function<mlir::Value(int64_t vector, mlir::Value k, int64_t u)>;
/// Asks for memory that a later step than `k` + `u` reads; empty for none.
using Ahead = std::function<void(mlir::Value k, int64_t u)>;
/// Asks for the cache lines of `count` elements from flat place `at` on, which need not exist.
void prefetch(Emitter &emit, const Buffer &buffer, mlir::Value at, int64_t count);

/// rows x vectors accumulators, row by row: `inits` (zeros if empty) plus the
/// sum over k in [low, high). Called inside further loops over k, it carries on.
llvm::SmallVector<mlir::Value> emitTile(Emitter &emit, const Tile &tile, mlir::Type type, mlir::Value low,
                                        mlir::Value high, const RowLoad &row, const ColumnLoad &column,
                                        mlir::ValueRange inits = {}, const Ahead &ahead = {});

/// Zero accumulators of a tile.
llvm::SmallVector<mlir::Value> zeroTile(Emitter &emit, const Tile &tile, mlir::Type type);

/// Calls `body(rows, first row)` for tiles that cover [low, high): as many of
/// `rows` rows as fit, then ever smaller ones.
void forRowTiles(Emitter &emit, mlir::Value low, mlir::Value high, int64_t rows,
                 const std::function<void(int64_t, mlir::Value)> &body);
/// The same in one loop: `afterEach(first row, count)`, of whose code there is one
/// copy, runs after each full tile and after the smaller ones together.
void forRowTiles(Emitter &emit, mlir::Value low, mlir::Value high, int64_t rows,
                 const std::function<void(int64_t, mlir::Value)> &body,
                 const std::function<void(mlir::Value, mlir::Value)> &afterEach);

/// Transposes `lanes` vectors of `lanes` elements in registers.
llvm::SmallVector<mlir::Value> transposeInRegisters(Emitter &emit, llvm::SmallVector<mlir::Value> vectors);

} // namespace dlc
#endif // DLC_PASSES_GENERATECPU_MICROKERNEL_H
