// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ops that compute each element of the result from the elements of the operands
// at the same place. Operands broadcast as in NumPy: shapes are aligned at the
// right, an extent of 1 stretches. `?` never stretches: it must equal its partner.
#ifndef DL_POINTWISE
#define DL_POINTWISE
include "DlBase.td"

/// Shapes: the broadcast of all operands. Element type: `elementType` below.
class Dl_PointwiseDefinitions<string elementType> {
  string methods = [{
    ::mlir::LogicalResult $cppClass::inferReturnTypes(::mlir::MLIRContext *context, std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes, ::mlir::OpaqueProperties properties,
        ::mlir::RegionRange regions, ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      return ::dlc::dl::inferPointwise(location, getOperationName(), operands, }] # elementType # [{, results);
    }
    bool $cppClass::isCompatibleReturnTypes(::mlir::TypeRange inferred, ::mlir::TypeRange declared) {
      return ::dlc::dl::areCompatible(inferred, declared);
    }
    ::mlir::FailureOr<::dlc::dl::DimVector> $cppClass::inferDims(unsigned, ::dlc::dl::DimAnalysis &dims) {
      return dims.broadcast(*this);
    }
    ::mlir::LogicalResult $cppClass::checkExtents(::dlc::dl::Shapes &) { return ::mlir::success(); } // see broadcast
  }];
}
defvar Dl_OfFirst = "::dlc::dl::elementTypeOf(operands[0])";
defvar Dl_OfLast = "::dlc::dl::elementTypeOf(operands.back())";
defvar Dl_OfBool = "::mlir::IntegerType::get(context, 1)";

class Dl_Unary<string mnemonic, Dl_TypeSet types, list<Trait> traits = []> : Dl_Primitive<mnemonic, !listconcat([Dl_Broadcasting], traits)> {
  let arguments = (ins types.tensor:$input);
  let results = (outs types.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfFirst>.methods;
  let matrixTypes = types.names; let matrixForm = "unary"; let family = "Pointwise";
}
class Dl_Binary<string mnemonic, Dl_TypeSet types, list<Trait> traits = []>
    : Dl_Primitive<mnemonic, !listconcat([Dl_Broadcasting, SameOperandsElementType], traits)> {
  let arguments = (ins types.tensor:$lhs, types.tensor:$rhs);
  let results = (outs types.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfFirst>.methods;
  let matrixTypes = types.names; let matrixForm = "binary"; let family = "Pointwise";
}
/// Integers and booleans only.
class Dl_Logical<string mnemonic, list<Trait> traits = []>
    : Dl_NonDifferentiable<mnemonic, !listconcat([Dl_Broadcasting, SameOperandsElementType], traits)> {
  let arguments = (ins Dl_Bits.tensor:$lhs, Dl_Bits.tensor:$rhs);
  let results = (outs Dl_Bits.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfFirst>.methods;
  let matrixTypes = Dl_Bits.names; let matrixForm = "binary"; let family = "Pointwise";
}
class Dl_Activation<string mnemonic, list<Trait> traits = []> : Dl_CompositeWithVjp<mnemonic, !listconcat([Dl_Broadcasting], traits)> {
  let arguments = (ins Dl_Floats.tensor:$input);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfFirst>.methods;
  let matrixTypes = Dl_Floats.names; let matrixForm = "unary"; let family = "Pointwise";
}

//===----------------------------------------------------------------------===//
// Unary
//===----------------------------------------------------------------------===//

def Dl_NegOp : Dl_Unary<"neg", Dl_Numbers> {
  let summary = "-x";
  let description = "Integers wrap around. Example: `%r = dl.neg %x : (tensor<4xf32>) -> tensor<4xf32>`";
  let hasFolder = 1;
}
def Dl_AbsOp : Dl_Unary<"abs", Dl_Numbers> {
  let summary = "|x|";
  let description = "The derivative at 0 is 0. Example: `%r = dl.abs %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_SignOp : Dl_Unary<"sign", Dl_Numbers> {
  let summary = "-1, 0 or 1 by the sign of x; NaN stays NaN";
  let description = "The gradient is zero. Example: `%r = dl.sign %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_FloorOp : Dl_Unary<"floor", Dl_Floats> {
  let summary = "the largest integer not above x";
  let description = "The gradient is zero. Example: `%r = dl.floor %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_CeilOp : Dl_Unary<"ceil", Dl_Floats> {
  let summary = "the smallest integer not below x";
  let description = "The gradient is zero. Example: `%r = dl.ceil %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_RoundOp : Dl_Unary<"round", Dl_Floats> {
  let summary = "the nearest integer, ties to even";
  let description = "The gradient is zero. Example: `%r = dl.round %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_ExpOp : Dl_Unary<"exp", Dl_Floats> {
  let summary = "e^x";
  let description = "Example: `%r = dl.exp %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_Expm1Op : Dl_Unary<"expm1", Dl_Floats> {
  let summary = "e^x - 1, accurate near 0";
  let description = "Example: `%r = dl.expm1 %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_LogOp : Dl_Unary<"log", Dl_Floats> {
  let summary = "the natural logarithm";
  let description = "NaN below 0, -inf at 0. Example: `%r = dl.log %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_Log1pOp : Dl_Unary<"log1p", Dl_Floats> {
  let summary = "log(1 + x), accurate near 0";
  let description = "Example: `%r = dl.log1p %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_SqrtOp : Dl_Unary<"sqrt", Dl_Floats> {
  let summary = "the square root";
  let description = "NaN below 0. Example: `%r = dl.sqrt %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_RsqrtOp : Dl_Unary<"rsqrt", Dl_Floats> {
  let summary = "1 / sqrt(x)";
  let description = "Example: `%r = dl.rsqrt %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_SinOp : Dl_Unary<"sin", Dl_Floats> {
  let summary = "the sine of x radians";
  let description = "Example: `%r = dl.sin %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_CosOp : Dl_Unary<"cos", Dl_Floats> {
  let summary = "the cosine of x radians";
  let description = "Example: `%r = dl.cos %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_TanhOp : Dl_Unary<"tanh", Dl_Floats> {
  let summary = "the hyperbolic tangent";
  let description = "Example: `%r = dl.tanh %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_ErfOp : Dl_Unary<"erf", Dl_Floats> {
  let summary = "the error function, 2/sqrt(pi) * integral of e^(-t^2) from 0 to x";
  let description = "Example: `%r = dl.erf %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_SigmoidOp : Dl_Unary<"sigmoid", Dl_Floats> {
  let summary = "1 / (1 + e^-x)";
  let description = "A primitive so that its gradient s(1 - s) reuses the result. Example: `%r = dl.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_NotOp : Dl_NonDifferentiable<"not", [Dl_Broadcasting]> {
  let summary = "every bit flipped; logical not of booleans";
  let description = "Example: `%r = dl.not %x : (tensor<4xi1>) -> tensor<4xi1>`";
  let arguments = (ins Dl_Bits.tensor:$input);
  let results = (outs Dl_Bits.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfFirst>.methods;
  let matrixTypes = Dl_Bits.names; let matrixForm = "unary"; let family = "Pointwise";
}

//===----------------------------------------------------------------------===//
// Binary
//===----------------------------------------------------------------------===//

def Dl_AddOp : Dl_Binary<"add", Dl_Numbers, [Commutative]> {
  let summary = "x + y";
  let description = "Integers wrap around. Example: `%r = dl.add %x, %y : (tensor<?x4xf32>, tensor<4xf32>) -> tensor<?x4xf32>`";
  let hasFolder = 1;
}
def Dl_SubOp : Dl_Binary<"sub", Dl_Numbers> {
  let summary = "x - y";
  let description = "Integers wrap around. Example: `%r = dl.sub %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>`";
  let hasFolder = 1;
}
def Dl_MulOp : Dl_Binary<"mul", Dl_Numbers, [Commutative]> {
  let summary = "x * y";
  let description = "Integers wrap around. Example: `%r = dl.mul %x, %y : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>`";
  let hasFolder = 1;
}
def Dl_DivOp : Dl_Binary<"div", Dl_Numbers> {
  let summary = "x / y";
  let description = [{
    Integers round toward zero; x / 0 is 0 and the smallest integer divided by
    -1 wraps to itself, so that no input traps.
    Example: `%r = dl.div %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>`
  }];
  let hasFolder = 1;
}
def Dl_RemOp : Dl_Binary<"rem", Dl_Numbers> {
  let summary = "the remainder of x / y, with the sign of x";
  let description = [{
    C's fmod and %. Integers: x rem 0 is x.
    Example: `%r = dl.rem %x, %y : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32>`
  }];
}
def Dl_PowOp : Dl_Binary<"pow", Dl_Floats> {
  let summary = "x^y";
  let description = "C99 pow, special cases included. Example: `%r = dl.pow %x, %y : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>`";
}
def Dl_MaxOp : Dl_Binary<"max", Dl_Numbers, [Commutative]> {
  let summary = "the larger of x and y; NaN if either is";
  let description = "Ties share the gradient, 1/2 each. Example: `%r = dl.max %x, %y : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>`";
}
def Dl_MinOp : Dl_Binary<"min", Dl_Numbers, [Commutative]> {
  let summary = "the smaller of x and y; NaN if either is";
  let description = "Ties share the gradient, 1/2 each. Example: `%r = dl.min %x, %y : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>`";
}
def Dl_AndOp : Dl_Logical<"and", [Commutative]> {
  let summary = "bitwise and";
  let description = "Example: `%r = dl.and %x, %y : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>`";
}
def Dl_OrOp : Dl_Logical<"or", [Commutative]> {
  let summary = "bitwise or";
  let description = "Example: `%r = dl.or %x, %y : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>`";
}
def Dl_XorOp : Dl_Logical<"xor", [Commutative]> {
  let summary = "bitwise exclusive or";
  let description = "Example: `%r = dl.xor %x, %y : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>`";
}

def Dl_Predicate : I32EnumAttr<"Predicate", "how two numbers compare", [
    I32EnumAttrCase<"eq", 0>, I32EnumAttrCase<"ne", 1>, I32EnumAttrCase<"lt", 2>,
    I32EnumAttrCase<"le", 3>, I32EnumAttrCase<"gt", 4>, I32EnumAttrCase<"ge", 5>]> {
  let cppNamespace = "::dlc::dl";
  let genSpecializedAttr = 0;
}
def Dl_PredicateAttr : EnumAttr<Dl_Dialect, Dl_Predicate, "predicate">;

def Dl_CompareOp : Dl_NonDifferentiable<"compare", [Dl_Broadcasting, SameOperandsElementType]> {
  let summary = "x eq|ne|lt|le|gt|ge y";
  let description = "NaN compares unequal to everything. Example: `%r = dl.compare gt, %x, %y : (tensor<4xf32>, tensor<f32>) -> tensor<4xi1>`";
  let arguments = (ins Dl_PredicateAttr:$predicate, Dl_Values.tensor:$lhs, Dl_Values.tensor:$rhs);
  let results = (outs Dl_Bools.tensor:$result);
  let assemblyFormat = "$predicate `,` operands attr-dict `:` functional-type(operands, results)";
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfBool>.methods;
  let matrixTypes = Dl_Values.names; let matrixForm = "compare"; let family = "Pointwise";
}

//===----------------------------------------------------------------------===//
// Ternary and casts
//===----------------------------------------------------------------------===//

def Dl_SelectOp : Dl_Primitive<"select", [Dl_Broadcasting]> {
  let summary = "c ? x : y";
  let description = "Example: `%r = dl.select %c, %x, %y : (tensor<4xi1>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>`";
  let arguments = (ins Dl_Bools.tensor:$condition, Dl_Values.tensor:$lhs, Dl_Values.tensor:$rhs);
  let results = (outs Dl_Values.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfLast>.methods;
  let hasFolder = 1;
  let hasVerifier = 1;
  let matrixTypes = Dl_Values.names; let matrixForm = "select"; let family = "Pointwise";
}
def Dl_ClampOp : Dl_Primitive<"clamp", [Dl_Broadcasting, SameOperandsElementType]> {
  let summary = "min(max(x, low), high)";
  let description = [{
    The derivative with respect to x is 1 at the bounds.
    Example: `%r = dl.clamp %x, %low, %high : (tensor<4xf32>, tensor<f32>, tensor<f32>) -> tensor<4xf32>`
  }];
  let arguments = (ins Dl_Numbers.tensor:$input, Dl_Numbers.tensor:$low, Dl_Numbers.tensor:$high);
  let results = (outs Dl_Numbers.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDefinition = Dl_PointwiseDefinitions<Dl_OfFirst>.methods;
  let matrixTypes = Dl_Numbers.names; let matrixForm = "clamp"; let family = "Pointwise";
}
def Dl_CastOp : Dl_Primitive<"cast", [Dl_Broadcasting]> {
  let summary = "x in another element type";
  let description = [{
    Floats round to nearest, ties to even. A float becomes an integer by
    rounding toward zero, saturating, NaN becoming 0. Integers wrap. To i1 is
    x != 0.
    Example: `%r = dl.cast %x : (tensor<?x28x28xui8>) -> tensor<?x28x28xf32>`
  }];
  let arguments = (ins Dl_Border.tensor:$input);
  let results = (outs Dl_Border.tensor:$result);
  let assemblyFormat = Dl_Format;
  let builders = [OpBuilder<(ins "::mlir::Value":$input, "::mlir::Type":$elementType)>];
  let extraClassDefinition = [{
    ::mlir::LogicalResult $cppClass::inferReturnTypes(::mlir::MLIRContext *, std::optional<::mlir::Location>,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr, ::mlir::OpaqueProperties, ::mlir::RegionRange, ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      // Extents only: the element type is what the op is for, and is written or built, never inferred.
      results.push_back(operands[0].getType());
      return ::mlir::success();
    }
    bool $cppClass::isCompatibleReturnTypes(::mlir::TypeRange, ::mlir::TypeRange) { return true; }
    ::mlir::FailureOr<::dlc::dl::DimVector> $cppClass::inferDims(unsigned, ::dlc::dl::DimAnalysis &dims) {
      return dims.broadcast(*this);
    }
    ::mlir::LogicalResult $cppClass::checkExtents(::dlc::dl::Shapes &) { return ::mlir::success(); } // see broadcast
  }];
  let hasFolder = 1;
  let hasVerifier = 1;
  let matrixTypes = Dl_Border.names; let matrixForm = "cast"; let family = "Pointwise";
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

def Dl_ReluOp : Dl_Activation<"relu"> {
  let summary = "max(x, 0)";
  let description = "The derivative at 0 is 0; NaN stays NaN. Example: `%r = dl.relu %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_LeakyReluOp : Dl_Activation<"leaky_relu"> {
  let summary = "x where x > 0, otherwise alpha x";
  let description = "The derivative at 0 is alpha. Example: `%r = dl.leaky_relu %x {alpha = 0.01 : f64} : (tensor<4xf32>) -> tensor<4xf32>`";
  let arguments = (ins Dl_Floats.tensor:$input, F64Attr:$alpha);
}
def Dl_EluOp : Dl_Activation<"elu"> {
  let summary = "x where x > 0, otherwise alpha (e^x - 1)";
  let description = "Example: `%r = dl.elu %x {alpha = 1.0 : f64} : (tensor<4xf32>) -> tensor<4xf32>`";
  let arguments = (ins Dl_Floats.tensor:$input, F64Attr:$alpha);
}
def Dl_GeluOp : Dl_Activation<"gelu"> {
  let summary = "x Phi(x), Phi the normal distribution (Hendrycks and Gimpel 2016)";
  let description = [{
    With `tanh`: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).
    Example: `%r = dl.gelu %x {tanh} : (tensor<4xf32>) -> tensor<4xf32>`
  }];
  let arguments = (ins Dl_Floats.tensor:$input, UnitAttr:$tanh);
}
def Dl_SiluOp : Dl_Activation<"silu"> {
  let summary = "x sigmoid(x)";
  let description = "Example: `%r = dl.silu %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_SoftplusOp : Dl_Activation<"softplus"> {
  let summary = "log(1 + e^x) = max(x, 0) + log1p(e^-|x|)";
  let description = "Example: `%r = dl.softplus %x : (tensor<4xf32>) -> tensor<4xf32>`";
}
def Dl_HardSigmoidOp : Dl_Activation<"hard_sigmoid"> {
  let summary = "min(max(alpha x + beta, 0), 1)";
  let description = "The derivative is 0 at both kinks. Example: `%r = dl.hard_sigmoid %x {alpha = 0.2 : f64, beta = 0.5 : f64} : (tensor<4xf32>) -> tensor<4xf32>`";
  let arguments = (ins Dl_Floats.tensor:$input, F64Attr:$alpha, F64Attr:$beta);
}

#endif // DL_POINTWISE
