// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An arena is planned once, for upper bounds. Most sizes grow with every
// dimension and are largest there; one like `16 - n` is not.
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "passes/PlanMemory/Arena.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// Whether a larger dimension never makes the value smaller.
static bool grows(const DimExpr &dim) {
  return llvm::all_of(dim.terms(), [](auto &term) {
    auto &[monomial, coefficient] = term;
    return monomial.empty() || (coefficient > 0 && llvm::all_of(monomial, [](const DimExpr::Atom &atom) {
                                  return !atom.numerator || (grows(*atom.numerator) && atom.denominator->isConstant() &&
                                                             atom.denominator->constant() > 0);
                                }));
  });
}

namespace {
struct Range {
  Value low, high;
};

/// Interval arithmetic, as code.
struct Ranges {
  OpBuilder &b;
  Location location;
  const DimLimits &limits;

  Value constant(int64_t value) { return arith::ConstantIndexOp::create(b, location, value); }
  template <typename Op> Value make(Value x, Value y) { return b.createOrFold<Op>(location, x, y); }

  Range times(const Range &x, const Range &y) {
    Value corners[] = {make<arith::MulIOp>(x.low, y.low), make<arith::MulIOp>(x.low, y.high),
                       make<arith::MulIOp>(x.high, y.low), make<arith::MulIOp>(x.high, y.high)};
    Range result{corners[0], corners[0]};
    for (Value corner : llvm::drop_begin(corners)) {
      result.low = make<arith::MinSIOp>(result.low, corner);
      result.high = make<arith::MaxSIOp>(result.high, corner);
    }
    return result;
  }
  Range over(const Range &x, Range y) {
    y.low = make<arith::MaxSIOp>(y.low, constant(1)); // a divisor is positive
    Value corners[] = {make<arith::FloorDivSIOp>(x.low, y.low), make<arith::FloorDivSIOp>(x.low, y.high),
                       make<arith::FloorDivSIOp>(x.high, y.low), make<arith::FloorDivSIOp>(x.high, y.high)};
    return {make<arith::MinSIOp>(corners[0], corners[1]), make<arith::MaxSIOp>(corners[2], corners[3])};
  }
  Range of(const DimExpr::Atom &atom) {
    if (!atom.numerator)
      return {constant(limits.lows.at(atom.name)), limits.highs.at(atom.name)};
    Range divisor = of(*atom.denominator);
    divisor.high = make<arith::MaxSIOp>(divisor.high, constant(1));
    return over(of(*atom.numerator), divisor);
  }
  Range of(const DimExpr &dim) {
    Range total{constant(0), constant(0)};
    for (auto &[monomial, coefficient] : dim.terms()) {
      Range term{constant(coefficient), constant(coefficient)};
      for (const DimExpr::Atom &atom : monomial)
        term = times(term, of(atom));
      total = {make<arith::AddIOp>(total.low, term.low), make<arith::AddIOp>(total.high, term.high)};
    }
    return total;
  }
};
} // namespace

Value dlc::emitLargest(OpBuilder &b, Location location, const DimExpr &dim, const DimLimits &limits) {
  if (grows(dim))
    return emitExtent(b, location, dim, limits.highs);
  Ranges ranges{b, location, limits};
  return ranges.make<arith::MaxSIOp>(ranges.of(dim).high, ranges.constant(0));
}
