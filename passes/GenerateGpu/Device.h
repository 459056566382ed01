// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What every GPU generator builds with besides the shared emitter: threads,
// global and shared memory, and what threads of a block do together.
#ifndef DLC_PASSES_GENERATEGPU_DEVICE_H
#define DLC_PASSES_GENERATEGPU_DEVICE_H

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "passes/Elements/Emitter.h"

namespace dlc {

/// Threads of a warp.
constexpr int64_t warpSize = 32;
/// The widest access of one thread, in bytes.
constexpr int64_t widestAccess = 16;

class DeviceEmitter : public Emitter {
public:
  using Emitter::Emitter;

  //===-- Memory ---------------------------------------------------------===//
  // Buffers are pointers whose alignment is that of the widest access. Lanes
  // are one access where their index is known to be a multiple of as many, else
  // one each.
  mlir::Value loadAt(const Buffer &buffer, mlir::Value at, int64_t lanes, mlir::Value mask) override;
  void storeAt(const Buffer &buffer, mlir::Value at, mlir::Value value, int64_t lanes, mlir::Value mask) override;
  mlir::Value gatherAt(const Buffer &buffer, mlir::Value at, mlir::Value offsets, int64_t lanes,
                       mlir::Value mask) override;
  /// Keeps the first report: `frame` points to {count, site, position, value, bound}.
  void fault(mlir::Value position, mlir::Value index, mlir::Value bound) override;
  /// Whether the kernel makes such reports.
  bool reports() const { return hasFaults; }
  /// Says that nothing writes the buffer while the kernel runs.
  void setReadOnly(const Buffer &buffer) { readOnly.insert(buffer.memref); }
  /// An array of `count` elements that the block shares, and the bytes of all that are not placed yet.
  Buffer shared(mlir::Type elementType, int64_t count);
  int64_t sharedBytes() const;
  /// Where a finished kernel's arrays lie: they are its own up to what a block has without asking, and beyond that
  /// pieces of the array that a launch brings. Returns its bytes, 0 without one.
  int64_t placeShared(mlir::LLVM::LLVMFuncOp function);
  /// The address of element `at`.
  mlir::Value address(const Buffer &buffer, mlir::Value at);

  //===-- Threads --------------------------------------------------------===//
  int64_t threads = 1024; // of a block, or more
  bool aligned = true;    // tensors in global memory begin at whole accesses
  mlir::Value thread();   // within its block
  mlir::Value block();    // within the grid
  /// Waits for all threads of the block and makes what they wrote visible.
  void barrier();
  /// Shared memory where the value of thread i, a scalar or a vector, stands at element i times its lanes, until the
  /// next call for a value of that type. Every thread must take part.
  Buffer exchange(mlir::Value value);
  /// The scalar of the lane `distance` above, in segments of `width` lanes, a
  /// power of two; unspecified past a segment's end. Every lane must take part.
  mlir::Value fromAbove(mlir::Value value, int64_t distance, int64_t width);
  /// The scalar of the first lane of the segment.
  mlir::Value fromFirst(mlir::Value value, int64_t width);
  /// The scalar of the lane `distance` below; of the first lanes, their own.
  mlir::Value fromBelow(mlir::Value value, int64_t distance);
  /// The scalar of one lane of the warp.
  mlir::Value fromLane(mlir::Value value, int64_t lane);
  /// The scalar of the lane whose number differs in the bit `distance`.
  mlir::Value fromAcross(mlir::Value value, int64_t distance);
  /// An i32 with a bit for each lane of the warp.
  mlir::Value ballot(mlir::Value condition);

  //===-- Matrices of a warp ---------------------------------------------===//
  // Fragments are PTX's: ldmatrix.x4, mma.sync.m16n8k16 and, of TF32, m16n8k8.
  /// Four matrices of 8 x 8 elements of 16 bits; `at`: this lane's row.
  llvm::SmallVector<mlir::Value> loadMatrices(const Buffer &buffer, mlir::Value at, bool transposed);
  /// The bits of an f32, or of a word of one, rounded to TF32: ties away from zero.
  mlir::Value roundToTf32(mlir::Value word);
  /// a b + c of f16, bf16 or (f32) TF32, and f32.
  llvm::SmallVector<mlir::Value> multiplyMatrices(mlir::Type elementType, llvm::ArrayRef<mlir::Value> a,
                                                  llvm::ArrayRef<mlir::Value> b, llvm::ArrayRef<mlir::Value> c);

  //===-- Copies from global to shared memory that threads do not wait for ===//
  /// `count` elements, 4, 8 or 16 bytes; where not `inside`, zeros are written and nothing is read.
  void copyAsync(const Buffer &to, mlir::Value toAt, const Buffer &from, mlir::Value fromAt, int64_t count,
                 mlir::Value inside);
  /// Ends a group of copies.
  void endCopies();
  /// Waits for this thread's copies, all but those of the last `groups` groups.
  void awaitCopies(int64_t groups);

  /// A power of two that divides the index.
  int64_t divisorOf(mlir::Value index);

private:
  mlir::Value i64Of(mlir::Value index);
  mlir::Value scalarAt(const Buffer &buffer, mlir::Value at, mlir::Value inside);
  bool isOneAccess(const Buffer &buffer, mlir::Value at, int64_t lanes);
  mlir::Value shuffle(mlir::Value value, mlir::NVVM::ShflKind kind, int64_t lane, int64_t width);

  llvm::DenseSet<mlir::Value> readOnly;
  llvm::DenseMap<mlir::Type, Buffer> exchanged;
  struct Shared {
    mlir::LLVM::GlobalOp array;
    mlir::LLVM::AddressOfOp address;
    int64_t bytes;
  };
  llvm::SmallVector<Shared> arrays;
  bool hasFaults = false;
};

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_DEVICE_H
