// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The driver: which operation becomes which expansion, in which type.
#include "passes/ExpandMath/ExpandMath.h"
#include "dialects/dl/Dl.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/Elements/Target.h"
#include "passes/ExpandMath/Functions.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace dlc {
#define GEN_PASS_DEF_EXPANDMATH
#include "passes/ExpandMath/ExpandMath.h.inc"

namespace {
/// How one operation is expanded: exactly one of the functions is set.
struct Expansion {
  Val (*unary)(Val) = nullptr;
  Val (*binary)(Val, Val) = nullptr;
  /// f32 is computed in f64, where a plain formula is accurate.
  bool widens = false;
};
} // namespace

static const llvm::StringMap<Expansion> &expansions() {
  static const llvm::StringMap<Expansion> table = {
      {"math.exp", {expandExp}},
      {"math.exp2", {expandExp2}},
      {"math.expm1", {expandExpm1}},
      {"math.log", {expandLog}},
      {"math.log2", {expandLog2}},
      {"math.log10", {expandLog10}},
      {"math.log1p", {expandLog1p}},
      {"math.sin", {expandSin}},
      {"math.cos", {expandCos}},
      {"math.tan", {expandTan, nullptr, true}},
      {"math.asin", {expandAsin, nullptr, true}},
      {"math.acos", {expandAcos, nullptr, true}},
      {"math.atan", {expandAtan, nullptr, true}},
      {"math.atan2", {nullptr, expandAtan2, true}},
      {"math.sinh", {expandSinh, nullptr, true}},
      {"math.cosh", {expandCosh, nullptr, true}},
      {"math.tanh", {expandTanh}},
      {"math.asinh", {expandAsinh, nullptr, true}},
      {"math.acosh", {expandAcosh, nullptr, true}},
      {"math.atanh", {expandAtanh, nullptr, true}},
      {"math.erf", {expandErf}},
      {"math.erfc", {expandErfc, nullptr, true}},
      {"math.powf", {nullptr, expandPow}},
      {"math.fpowi", {nullptr, expandPowInteger}},
      {"math.cbrt", {expandCbrt}},
      {"math.rsqrt", {expandRsqrt}},
      {"arith.remf", {nullptr, expandRemainder, true}},
  };
  return table;
}

/// The type the expansion computes `element` in; null if none does.
static Type computedIn(Type element, bool widens) {
  MLIRContext *context = element.getContext();
  if (element.isF64() || (widens && element.isF32()))
    return Float64Type::get(context);
  if (element.isF32())
    return element;
  if (element.isF16() || element.isBF16())
    return widens ? Type(Float64Type::get(context)) : Type(Float32Type::get(context));
  return {};
}

/// Only scalars and vectors of fixed length: tensors are not code yet.
static bool isExpandable(Type type) {
  if (auto vector = dyn_cast<VectorType>(type))
    return !vector.isScalable();
  return type.isIntOrFloat();
}

/// Operations that need no floating-point care.
static Value expandSimple(Operation *op, MathEmitter &e) {
  if (auto clamp = dyn_cast<math::ClampFOp>(op)) {
    Type element = getElementTypeOrSelf(clamp.getType());
    bool narrow = element.getIntOrFloatBitWidth() == 16;
    Type computed = narrow ? Type(e.builder.getF32Type()) : element;
    Val x = extend({&e, clamp.getValue()}, computed);
    Val low = extend({&e, clamp.getMin()}, computed);
    Val high = extend({&e, clamp.getMax()}, computed);
    x = select(high < x, high, x); // NaN stays
    x = select(x < low, low, x);
    return narrow ? truncate(x, element).value : x.value;
  }
  if (auto power = dyn_cast<math::IPowIOp>(op))
    return expandIntegerPower({&e, power.getLhs()}, {&e, power.getRhs()}).value;
  return {};
}

static Value reshape(MathEmitter &e, Value value, VectorType shape) {
  auto vector = cast<VectorType>(value.getType());
  auto type = shape.clone(vector.getElementType());
  if (vector == type)
    return value;
  return vector::ShapeCastOp::create(e.builder, e.loc, type, value);
}

/// Conversions of 16-bit floats that would be calls.
static Value expandConversion(Operation *op, MathEmitter &e) {
  if (isa<arith::SIToFPOp, arith::UIToFPOp>(op)) {
    Type element = getElementTypeOrSelf(op->getResult(0).getType());
    if (!element.isF16() || e.target.f16)
      return {};
    // f64 holds every integer that f16 does not make an infinity of: one rounding.
    Val integer{&e, op->getOperand(0)};
    OperationState state(e.loc, op->getName(), ValueRange{integer.value},
                         TypeRange{integer.shaped(e.builder.getF64Type())});
    return truncate({&e, e.builder.create(state)->getResult(0)}, element).value;
  }
  if (!isa<arith::ExtFOp, arith::TruncFOp>(op))
    return {};
  Value source = op->getOperand(0);
  Type from = getElementTypeOrSelf(source);
  Type to = getElementTypeOrSelf(op->getResult(0).getType());
  Type narrow = isa<arith::ExtFOp>(op) ? from : to;
  Type wide = isa<arith::ExtFOp>(op) ? to : from;
  bool known = (narrow.isF16() || narrow.isBF16()) && (wide.isF32() || wide.isF64());
  bool instruction = narrow.isF16() ? e.target.f16 : e.target.bf16;
  if (!known || (instruction && wide.isF32()))
    return {};
  if (auto truncf = dyn_cast<arith::TruncFOp>(op))
    if (truncf.getRoundingmode())
      return {}; // to nearest even is all we do
  Val value{&e, source};
  return (narrow == from ? extend(value, to) : truncate(value, to)).value;
}

/// Instructions that f32 has and a 16-bit type lacks: the result is the same.
static Value expandThroughF32(Operation *op, MathEmitter &e) {
  if (isa<math::AbsFOp, math::CopySignOp>(op) && getElementTypeOrSelf(op->getResult(0)).getIntOrFloatBitWidth() == 16) {
    Val magnitude = abs({&e, op->getOperand(0)});
    if (isa<math::AbsFOp>(op))
      return magnitude.value;
    return withSign(magnitude, signBits({&e, op->getOperand(1)})).value;
  }
  if (!isa<math::SqrtOp, math::FloorOp, math::CeilOp, math::TruncOp, math::RoundOp, math::RoundEvenOp>(op))
    return {};
  Type element = getElementTypeOrSelf(op->getResult(0).getType());
  bool instruction = element.isF16() ? e.target.f16 : e.target.bf16;
  if (!(element.isF16() || element.isBF16()) || instruction)
    return {};
  Val wide = extend({&e, op->getOperand(0)}, e.builder.getF32Type());
  OperationState state(e.loc, op->getName(), ValueRange{wide.value}, TypeRange{wide.type()}, op->getAttrs());
  return truncate({&e, e.builder.create(state)->getResult(0)}, element).value;
}

/// Lanes in one row of the type computed in: the slow branch of sin walks them.
static Val operandFor(MathEmitter &e, Value operand, Type computed) {
  if (auto shaped = dyn_cast<VectorType>(operand.getType()))
    operand = reshape(e, operand, VectorType::get({shaped.getNumElements()}, shaped.getElementType()));
  Val value{&e, operand};
  bool narrower = value.isFloat() && value.element() != computed;
  return narrower ? extend(value, computed) : value;
}

static Value resultAs(MathEmitter &e, Val result, Type type) {
  if (result.isFloat() && result.element() != getElementTypeOrSelf(type))
    result = truncate(result, getElementTypeOrSelf(type));
  if (auto shaped = dyn_cast<VectorType>(type))
    return reshape(e, result.value, shaped);
  return result.value;
}

/// Operations on floats: the table, and those of more operands or results.
/// Leaves `results` empty if `op` is not one of them.
static void expandFunction(Operation *op, MathEmitter &e, SmallVectorImpl<Value> &results) {
  Type type = op->getResult(0).getType();
  Type element = getElementTypeOrSelf(type);
  bool isFma = isa<math::FmaOp, vector::FMAOp>(op);
  auto found = expansions().find(op->getName().getStringRef());
  bool inTable = found != expansions().end();
  if (!inTable && !isFma && !isa<math::SincosOp>(op))
    return;
  Type computed = computedIn(element, inTable && found->second.widens);
  if (!computed || (isFma && e.target.fma && computed == element))
    return;

  SmallVector<Val> x;
  for (Value operand : op->getOperands())
    x.push_back(operandFor(e, operand, computed));
  SmallVector<Val, 2> values;
  if (isFma) {
    values = {fma(x[0], x[1], x[2])};
  } else if (isa<math::SincosOp>(op)) {
    auto [sine, cosine] = expandSinCos(x[0]);
    values = {sine, cosine};
  } else if (found->second.unary) {
    values = {found->second.unary(x[0])};
  } else {
    values = {found->second.binary(x[0], x[1])};
  }
  for (Val value : values)
    results.push_back(resultAs(e, value, type));
}

/// Emits the expansion of `op` before it; `results` stays empty if there is
/// none.
static void expand(Operation *op, const MathTarget &target, SmallVectorImpl<Value> &results) {
  if (op->getNumResults() == 0 || !isExpandable(op->getResult(0).getType()))
    return;
  OpBuilder builder(op);
  MathEmitter e{builder, op->getLoc(), target};
  Value one = expandConversion(op, e);
  if (!one)
    one = expandThroughF32(op, e);
  if (!one)
    one = expandSimple(op, e);
  if (one)
    results.push_back(one);
  else
    expandFunction(op, e, results);
}

namespace {
struct ExpandMath : impl::ExpandMathBase<ExpandMath> {
  using Base::Base;
  void runOnOperation() override {
    MathTarget target{fma, avx512, f16, bf16, indexed};
    // A variant says itself what its machine has.
    if (auto variant = dyn_cast<dl::VariantOp>(getOperation())) {
      dl::TargetAttr machine = variant.getTarget();
      bool x86 = machine.getArch() == "x86_64";
      target = {machine.getFma(), x86 && machine.getVectorBits() == 512, machine.getFma(), false, !isGpu(machine)};
    }
    getOperation()->walk([&](Operation *op) {
      SmallVector<Value, 2> results;
      expand(op, target, results);
      if (results.empty())
        return;
      op->replaceAllUsesWith(results);
      op->erase();
    });
  }
};
} // namespace
} // namespace dlc
