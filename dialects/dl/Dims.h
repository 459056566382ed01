// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Extents as expressions over named dimensions.
#ifndef DLC_DIALECTS_DL_DIMS_H
#define DLC_DIALECTS_DL_DIMS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dlc::dl {

/// An integer expression over named dimensions, kept in a normal form: a sum of
/// products of atoms with integer coefficients, where an atom is a name or a
/// quotient. Equal expressions that differ only by the laws of a commutative
/// ring compare equal. Text form: `2*batch*seq + 1`, `floordiv(h + 1, 2)`.
class DimExpr {
public:
  DimExpr(int64_t value = 0);
  static DimExpr symbol(llvm::StringRef name);
  /// Parses the text form; failure without a diagnostic when it is none.
  static mlir::FailureOr<DimExpr> parse(llvm::StringRef text);
  /// From one element of a `dims` array.
  static mlir::FailureOr<DimExpr> fromAttr(mlir::Attribute attr);

  bool isConstant() const;
  /// The value of a constant; 0 for anything else.
  int64_t constant() const;
  std::string str() const;
  /// An i64 attribute for a constant, else the text form.
  mlir::Attribute toAttr(mlir::MLIRContext *context) const;
  /// The names that occur, sorted.
  std::vector<std::string> symbols() const;
  /// The value for given dimensions; failure if one is missing, a divisor is
  /// not positive, or the value overflows int64.
  mlir::FailureOr<int64_t> evaluate(const std::map<std::string, int64_t> &values) const;
  /// Bounds of the value, least and largest, for names within theirs; nothing
  /// where none is known. Each term counts alone, so they may be wider than need be.
  using Bounds = std::pair<std::optional<int64_t>, std::optional<int64_t>>;
  Bounds rangeWithin(const std::map<std::string, std::pair<int64_t, int64_t>> &limits) const;
  /// The expression with names replaced; names without an entry stay.
  DimExpr substitute(const std::map<std::string, DimExpr> &values) const;

  DimExpr operator+(const DimExpr &other) const;
  DimExpr operator-(const DimExpr &other) const;
  DimExpr operator*(const DimExpr &other) const;
  /// Rounds down; exact division of every coefficient is simplified.
  DimExpr floorDiv(const DimExpr &divisor) const;
  DimExpr ceilDiv(int64_t divisor) const { return (*this + (divisor - 1)).floorDiv(divisor); }
  /// This / other if it divides without remainder for every value of the names.
  mlir::FailureOr<DimExpr> exactDiv(const DimExpr &other) const;
  bool operator==(const DimExpr &other) const { return sum == other.sum; }
  bool operator!=(const DimExpr &other) const { return !(*this == other); }
  bool operator<(const DimExpr &other) const { return str() < other.str(); }

  /// For code that turns expressions into IR: the normal form.
  struct Atom { // a name, or floor(*numerator / *denominator)
    std::string name;
    std::shared_ptr<DimExpr> numerator, denominator;
    std::string str() const;
    bool operator==(const Atom &other) const;
    bool operator<(const Atom &other) const;
  };
  using Monomial = std::vector<Atom>; // sorted
  const std::map<Monomial, int64_t> &terms() const { return sum; }

private:
  void add(const Monomial &monomial, int64_t coefficient);
  std::map<Monomial, int64_t> sum; // no zero coefficients
};

using DimVector = llvm::SmallVector<DimExpr, 4>;

/// What an op asks of extents at run time: `given` at least `expected` or, when
/// `exact`, equal to it. `what` says in words what `given` is.
struct Requirement {
  std::string what;
  DimExpr given, expected;
  bool exact = false;
};

/// How many places `count` elements `step` apart take: (count - 1) step + 1. None
/// take none; a name is taken to be 1 or more where `step` is.
DimExpr spanOf(const DimExpr &count, int64_t step);
/// The product of extents.
DimExpr product(llvm::ArrayRef<DimExpr> dims);
/// `dims` attributes: an array of i64 and string attributes.
mlir::ArrayAttr toAttr(mlir::MLIRContext *context, llvm::ArrayRef<DimExpr> dims);
mlir::FailureOr<DimVector> fromAttr(mlir::ArrayAttr attr);
/// A `dims` attribute checked by inference: the static type extents it implies
/// (`?` for expressions); emits an error when an entry cannot be parsed or is negative.
mlir::FailureOr<llvm::SmallVector<int64_t>> staticExtents(std::optional<mlir::Location> location, mlir::ArrayAttr attr);

/// The extents of values, found by walking definitions backwards and kept.
/// Arguments of functions and kernels give theirs in attributes. Keep one only
/// while the IR it has seen stays: a freed value's address may come back.
class DimAnalysis {
public:
  /// The extents of `value`. An extent nobody can tell (an argument without
  /// `dl.dims`) becomes a fresh name, `?0`, `?1`, ...
  llvm::ArrayRef<DimExpr> of(mlir::Value value);
  /// Sets the extents of a value that has no definition to walk, as a region's argument.
  void set(mlir::Value value, llvm::ArrayRef<DimExpr> dims);
  /// The extents of the NumPy broadcast of all operands of `op`; an error on
  /// the op when two that must agree differ.
  mlir::FailureOr<DimVector> broadcast(mlir::Operation *op);
  mlir::FailureOr<DimVector> broadcast(mlir::Operation *op, mlir::ValueRange operands);
  /// True once an op reported extents that do not agree.
  bool failed() const { return hasFailed; }

private:
  llvm::DenseMap<mlir::Value, std::shared_ptr<DimVector>> known;
  unsigned fresh = 0;
  bool hasFailed = false;
};

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_DIMS_H
