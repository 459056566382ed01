// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The dialect, its type sets and the classes every family's ops derive from.
#ifndef DL_BASE
#define DL_BASE

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "Interfaces.td"

def Dl_Dialect : Dialect {
  let name = "dl";
  let cppNamespace = "::dlc::dl";
  let summary = "deep-learning models: tensors, state, gradients, kernels";
  let description = [{
    Models are named functions over builtin tensors. What a user writes has
    parameters and state as symbols (`dl.parameter`, `dl.read`, `dl.write`) and
    asks for gradients by a region (`dl.gradient`); the first passes turn both
    into pure values. Ops are *primitives*, which carry their own gradient,
    evaluation and code, or *composites*, whose decomposition into primitives
    is their meaning.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let dependentDialects = ["::mlir::func::FuncDialect"];
  let extraClassDeclaration = [{
    void addFolding(); // see Fold.h
  }];
}

//===----------------------------------------------------------------------===//
// Type sets: the table of what an op accepts. The constraint checks it; the
// names generate the test matrix.
//===----------------------------------------------------------------------===//

class Dl_TypeSet<list<string> elementNames, list<Type> elementTypes, string what> {
  list<string> names = elementNames;
  Type tensor = RankedTensorOf<elementTypes>;
  string text = what;
}
def Dl_UI8 : UI<8>;
def Dl_Floats : Dl_TypeSet<["f64", "f32", "f16", "bf16"], [F64, F32, F16, BF16], "floats">;
def Dl_Integers : Dl_TypeSet<["i64", "i32", "i8"], [I64, I32, I8], "integers">;
def Dl_Numbers : Dl_TypeSet<["f64", "f32", "f16", "bf16", "i64", "i32", "i8"],
                            [F64, F32, F16, BF16, I64, I32, I8], "floats and integers">;
def Dl_Bits : Dl_TypeSet<["i64", "i32", "i8", "i1"], [I64, I32, I8, I1], "integers and booleans">;
def Dl_Bools : Dl_TypeSet<["i1"], [I1], "booleans">;
def Dl_Values : Dl_TypeSet<["f64", "f32", "f16", "bf16", "i64", "i32", "i8", "i1"],
                           [F64, F32, F16, BF16, I64, I32, I8, I1], "every computing type">;
/// ui8 lives at the border: arguments, results, casts, and moving bytes about.
def Dl_Border : Dl_TypeSet<["f64", "f32", "f16", "bf16", "i64", "i32", "i8", "i1", "ui8"],
                           [F64, F32, F16, BF16, I64, I32, I8, I1, Dl_UI8], "every type">;
def Dl_Indices : Dl_TypeSet<["i64", "i32", "i8", "ui8"], [I64, I32, I8, Dl_UI8], "index types">;

def Dl_AnyTensor : RankedTensorOf<[F64, F32, F16, BF16, I64, I32, I8, I1, Dl_UI8]>;
def Dl_ScalarI64 : TypeConstraint<
    And<[RankedTensorOf<[I64]>.predicate,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).getRank() == 0">]>,
    "tensor<i64>">;

/// Extents: integers, or text with named dimensions ("batch", "2*seq + 1").
def Dl_Dims : TypedArrayAttrBase<AnyAttrOf<[I64Attr, StrAttr]>, "extents (integers or dimension expressions)"> {
  let constBuilderCall = ?;
}
def Dl_Axes : ConfinedAttr<DenseI64ArrayAttr, []>;

//===----------------------------------------------------------------------===//
// Op classes
//===----------------------------------------------------------------------===//

class Dl_Op<string mnemonic, list<Trait> traits = []> : Op<Dl_Dialect, mnemonic, traits> {
  /// Element types and forms (see test/ops/README.md) of the generated test matrix.
  list<string> matrixTypes = [];
  string matrixForm = "";
  string family = "";
}

/// Declares which written result types are accepted: see areCompatible.
def Dl_CompatibleTypes : NativeOpTrait<"CompatibleTypes", [], [{
  static bool isCompatibleReturnTypes(::mlir::TypeRange inferred, ::mlir::TypeRange declared);
}]> { let cppNamespace = "::dlc::dl"; }
/// Each element of the result from the elements at its place; operands broadcast.
/// (MLIR's Elementwise wants equal shapes.)
def Dl_Broadcasting : NativeOpTrait<"Broadcasting"> { let cppNamespace = "::dlc::dl"; }
defvar Dl_Shaped = [DeclareOpInterfaceMethods<InferTypeOpInterface>, Dl_CompatibleTypes,
                    DeclareOpInterfaceMethods<Dl_DimsOpInterface>];

/// An op that carries its own gradient, evaluation and code. A forgotten one
/// does not link.
class Dl_Primitive<string mnemonic, list<Trait> traits = []>
    : Dl_Op<mnemonic, !listconcat([Pure, DeclareOpInterfaceMethods<Dl_DifferentiableOpInterface>,
                                   DeclareOpInterfaceMethods<Dl_EvaluableOpInterface>],
                                  Dl_Shaped, traits)>;

/// A primitive without a gradient, said aloud: its results are integers or
/// booleans, or it is constant almost everywhere by nature.
class Dl_NonDifferentiable<string mnemonic, list<Trait> traits = []>
    : Dl_Op<mnemonic, !listconcat([Pure, DeclareOpInterfaceMethods<Dl_EvaluableOpInterface>], Dl_Shaped, traits)>;

/// An op whose decomposition is its meaning.
class Dl_Composite<string mnemonic, list<Trait> traits = []>
    : Dl_Op<mnemonic, !listconcat([Pure, DeclareOpInterfaceMethods<Dl_CompositeOpInterface>], Dl_Shaped, traits)>;

/// A composite that overrides the gradient of its decomposition.
class Dl_CompositeWithVjp<string mnemonic, list<Trait> traits = []>
    : Dl_Composite<mnemonic, !listconcat([DeclareOpInterfaceMethods<Dl_DifferentiableOpInterface>], traits)>;

defvar Dl_Format = "operands attr-dict `:` functional-type(operands, results)";

#endif // DL_BASE
