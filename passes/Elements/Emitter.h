// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What every generator builds with: indices, loops, buffers, and the values of a
// kernel's body at a place, as scalars or vectors. How memory is reached is the
// target's: it overrides the accesses.
#ifndef DLC_PASSES_ELEMENTS_EMITTER_H
#define DLC_PASSES_ELEMENTS_EMITTER_H

#include "dialects/dl/Dl.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <functional>
#include <list>

namespace dlc {
struct KernelCode;

/// A tensor in memory: row-major, flat.
struct Buffer {
  mlir::Value memref;     // memref<?xT>, T the stored type (i1 as i8, ui8 as i8); on a GPU, a pointer
  mlir::Type elementType; // as dl has it
  dl::DimVector dims;
  explicit operator bool() const { return static_cast<bool>(memref); }
};

/// An index along one axis. Lane j stands at `at` + j `step`; step 0: every lane
/// stands at `at`.
struct Ix {
  mlir::Value at;
  int64_t step = 0;
};
using Place = llvm::SmallVector<Ix, 4>;

/// One value of the body at a place: a scalar, the same in every lane, or a vector.
struct Lanes {
  mlir::Value value;
  bool uniform = true;
};

class Emitter {
public:
  Emitter(mlir::OpBuilder &builder, mlir::Location location, dl::TargetAttr target)
      : b(builder), location(location), target(target) {}
  virtual ~Emitter() = default;

  mlir::OpBuilder &b;
  mlir::Location location;
  dl::TargetAttr target;
  dl::DimAnalysis dims;
  mlir::Value frame;
  std::map<std::string, mlir::Value> names; // values of named dimensions

  template <typename Op, typename... Args> auto create(Args &&...args) {
    return Op::create(b, location, std::forward<Args>(args)...);
  }
  template <typename Op, typename... Args> mlir::Value fold(Args &&...args) {
    return b.createOrFold<Op>(location, std::forward<Args>(args)...);
  }

  //===-- Index arithmetic -----------------------------------------------===//
  mlir::Value index(int64_t value);
  mlir::Value zero() { return index(0); }
  mlir::Value add(mlir::Value a, mlir::Value c) { return fold<mlir::arith::AddIOp>(a, c); }
  mlir::Value add(mlir::Value a, int64_t c) { return c ? add(a, index(c)) : a; }
  mlir::Value sub(mlir::Value a, mlir::Value c) { return fold<mlir::arith::SubIOp>(a, c); }
  mlir::Value mul(mlir::Value a, mlir::Value c) { return fold<mlir::arith::MulIOp>(a, c); }
  mlir::Value mul(mlir::Value a, int64_t c) { return c == 1 ? a : mul(a, index(c)); }
  mlir::Value div(mlir::Value a, mlir::Value c) { return fold<mlir::arith::DivUIOp>(a, c); }
  mlir::Value rem(mlir::Value a, mlir::Value c) { return fold<mlir::arith::RemUIOp>(a, c); }
  mlir::Value min(mlir::Value a, mlir::Value c) { return fold<mlir::arith::MinSIOp>(a, c); }
  mlir::Value max(mlir::Value a, mlir::Value c) { return fold<mlir::arith::MaxSIOp>(a, c); }
  mlir::Value ceilDiv(mlir::Value a, int64_t c) { return div(add(a, c - 1), index(c)); }
  mlir::Value less(mlir::Value a, mlir::Value c) {
    return fold<mlir::arith::CmpIOp>(mlir::arith::CmpIPredicate::slt, a, c);
  }
  std::optional<int64_t> known(mlir::Value value) { return mlir::getConstantIntValue(value); }
  /// The value of an extent.
  mlir::Value extent(const dl::DimExpr &dim);
  /// Row-major strides of `dims`, in elements.
  llvm::SmallVector<mlir::Value> strides(llvm::ArrayRef<dl::DimExpr> dims);
  /// Splits a row-major number into one index per extent.
  llvm::SmallVector<mlir::Value> split(mlir::Value linear, llvm::ArrayRef<dl::DimExpr> dims);

  //===-- Loops ----------------------------------------------------------===//
  using Body = std::function<void(mlir::Value)>;
  using CarryBody = std::function<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)>;
  void loop(mlir::Value low, mlir::Value high, int64_t step, const Body &body);
  llvm::SmallVector<mlir::Value> loop(mlir::Value low, mlir::Value high, int64_t step, mlir::ValueRange inits,
                                      const CarryBody &body);
  void when(mlir::Value condition, const std::function<void()> &then, const std::function<void()> &otherwise = {});
  /// `count` tasks; the body gets the task and the worker. A count that is
  /// known to be 1 runs in place.
  void parallel(mlir::Value count, const std::function<void(mlir::Value task, mlir::Value worker)> &body);

  //===-- Values in memory -----------------------------------------------===//
  /// What is stored for an element type, and what is computed with.
  mlir::Type stored(mlir::Type elementType);
  mlir::Type computed(mlir::Type elementType);
  mlir::VectorType vectorOf(mlir::Type type, int64_t lanes) { return mlir::VectorType::get({lanes}, type); }
  int64_t vectorLanes(mlir::Type computedType);
  mlir::Value zeroOf(mlir::Type type);
  mlir::Value constantOf(mlir::Type type, double value);
  /// A float or integer splat or scalar.
  mlir::Value splat(mlir::Value scalar, int64_t lanes);
  /// vector<lanes x i1>: lane j is on where j < count.
  mlir::Value maskFor(mlir::Value count, int64_t lanes);
  /// The address of a place, ignoring lanes.
  mlir::Value linear(llvm::ArrayRef<dl::DimExpr> dims, llvm::ArrayRef<Ix> place);
  Lanes load(const Buffer &buffer, llvm::ArrayRef<Ix> place, int64_t lanes, mlir::Value mask);
  /// Lane j read at `at` + offsets[j].
  virtual mlir::Value gatherAt(const Buffer &buffer, mlir::Value at, mlir::Value offsets, int64_t lanes,
                               mlir::Value mask);
  /// Lanes lie side by side in the innermost axis, if any axis moves with them.
  void store(const Buffer &buffer, llvm::ArrayRef<Ix> place, Lanes value, int64_t lanes, mlir::Value mask);
  /// Loads and stores at a flat index, contiguous lanes.
  virtual mlir::Value loadAt(const Buffer &buffer, mlir::Value at, int64_t lanes, mlir::Value mask);
  virtual void storeAt(const Buffer &buffer, mlir::Value at, mlir::Value value, int64_t lanes, mlir::Value mask);
  /// Reports a data error: `index` at `position` of a tensor lies outside [0, bound); all i64.
  virtual void fault(mlir::Value position, mlir::Value index, mlir::Value bound);
  mlir::Value widen(mlir::Value value, mlir::Type elementType);  // stored -> computed
  mlir::Value narrow(mlir::Value value, mlir::Type elementType); // computed -> stored
};

/// One pointwise op on computed values of equal shape (scalars or vectors).
/// `types` are the dl element types of the operands. Shared by all generators.
mlir::Value emitPointwise(Emitter &emit, mlir::Operation *op, mlir::ValueRange operands);

/// The larger or smaller of two; NaN if either is.
mlir::Value emitExtremum(Emitter &emit, bool larger, mlir::Value x, mlir::Value y);

/// The values of a kernel's body, place by place. Values already computed are
/// kept, scope by scope.
class Elements {
public:
  Elements(Emitter &emit, int64_t lanes) : emit(emit), lanes(lanes) { pushScope(); }

  Emitter &emit;
  int64_t lanes;
  mlir::Value mask; // of the present vector, null: all lanes
  llvm::DenseMap<mlir::Value, Buffer> buffers;

  /// The index at a place without lanes, as i64, and whether it lies in [0, dim); a data error is reported where it
  /// does not.
  std::pair<mlir::Value, mlir::Value> checked(mlir::Value indices, llvm::ArrayRef<Ix> place, const dl::DimExpr &dim);
  void pushScope() { scopes.emplace_back(); }
  void popScope() { scopes.pop_back(); }
  Lanes at(mlir::Value value, llvm::ArrayRef<Ix> place);
  /// Says what a value is at a place, as a root's result or a finished reduction.
  void preset(mlir::Value value, llvm::ArrayRef<Ix> place, Lanes lanes);
  /// Stores the yielded values that `wanted` picks, all computed before the
  /// first is stored: an output may be an input's buffer.
  void storeAll(KernelCode &kernel, const Place &place, llvm::function_ref<bool(mlir::Value)> wanted);
  /// The innermost `rank` indices of a place.
  static Place suffix(const Place &place, size_t rank) { return Place(llvm::ArrayRef<Ix>(place).take_back(rank)); }
  /// The place of `operand` that a broadcasting op reads for its result at `place`.
  Place aligned(mlir::Value operand, llvm::ArrayRef<Ix> place);

private:
  using Key = llvm::SmallVector<std::pair<void *, int64_t>, 4>;
  Place normal(mlir::Value value, llvm::ArrayRef<Ix> place);
  static Key keyOf(llvm::ArrayRef<Ix> place);
  Lanes compute(mlir::Operation *op, llvm::ArrayRef<Ix> place);
  Lanes pointwise(mlir::Operation *op, llvm::ArrayRef<Ix> place);
  Lanes random(mlir::Operation *op, llvm::ArrayRef<Ix> place);
  Lanes pad(dl::PadOp op, llvm::ArrayRef<Ix> place);
  Lanes concat(dl::ConcatOp op, llvm::ArrayRef<Ix> place);
  Lanes pack(dl::PackOp op, llvm::ArrayRef<Ix> place);
  Lanes unpack(dl::UnpackOp op, llvm::ArrayRef<Ix> place);
  /// Computes lane by lane what no vector access expresses.
  Lanes byLane(mlir::Operation *op, llvm::ArrayRef<Ix> place);
  /// `value` at `place` where `inside` holds; elsewhere nothing is read and the lane is unspecified.
  Lanes guarded(mlir::Value value, llvm::ArrayRef<Ix> place, mlir::Value inside);
  /// low <= index < low + size, per lane if the index moves with the lanes.
  mlir::Value within(Ix ix, mlir::Value low, mlir::Value size);
  Lanes iota(dl::IotaOp op, llvm::ArrayRef<Ix> place);
  Lanes checkIndex(dl::CheckIndexOp op, llvm::ArrayRef<Ix> place);
  Lanes gather(dl::GatherOp op, llvm::ArrayRef<Ix> place);
  Lanes reshape(dl::ReshapeOp op, llvm::ArrayRef<Ix> place);
  Lanes choose(mlir::Value condition, Lanes yes, Lanes no);

  std::list<llvm::DenseMap<mlir::Value, llvm::SmallVector<std::pair<Key, Lanes>, 1>>> scopes;
};

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_EMITTER_H
