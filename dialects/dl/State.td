// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// State as users write it: symbols that are read and written in program order.
// ThreadState turns them into arguments and results; nothing after it sees them.
#ifndef DL_STATE
#define DL_STATE
include "DlBase.td"

def Dl_MemoryEffect : Resource<"::dlc::dl::StateResource">;

class Dl_Initialiser<string name, string mnemonic_, dag params, string doc> : AttrDef<Dl_Dialect, name> {
  let mnemonic = mnemonic_;
  let parameters = params;
  let summary = doc;
}
/// Fan-in and fan-out: the two axes of a matrix; for a filter [O, I, k...], I k and O k.
///
/// u and n are what random_uniform and random_normal give for the weights' seed,
/// step 0, the initialiser's stream and the parameter's extents. Uniform within
/// [low, high) is u (high - low) + low, normal is n deviation: constants rounded
/// to f32, every operation in f32, then cast to the parameter's type. "Within l"
/// is low = -l, high = l.
def Dl_ZerosAttr : Dl_Initialiser<"Zeros", "zeros", (ins), "all 0">;
def Dl_OnesAttr : Dl_Initialiser<"Ones", "ones", (ins), "all 1">;
def Dl_GlorotUniformAttr : Dl_Initialiser<"GlorotUniform", "glorot_uniform", (ins "int64_t":$stream),
    "uniform within sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio 2010)"> { let assemblyFormat = "`<` struct(params) `>`"; }
def Dl_HeUniformAttr : Dl_Initialiser<"HeUniform", "he_uniform", (ins "int64_t":$stream),
    "uniform within sqrt(6 / fan_in) (He et al. 2015)"> { let assemblyFormat = "`<` struct(params) `>`"; }
def Dl_HeNormalAttr : Dl_Initialiser<"HeNormal", "he_normal", (ins "int64_t":$stream),
    "normal with deviation sqrt(2 / fan_in) (He et al. 2015)"> { let assemblyFormat = "`<` struct(params) `>`"; }
def Dl_UniformAttr : Dl_Initialiser<"Uniform", "uniform", (ins "int64_t":$stream, "::mlir::FloatAttr":$low, "::mlir::FloatAttr":$high),
    "uniform in [low, high)"> { let assemblyFormat = "`<` struct(params) `>`"; }
def Dl_NormalAttr : Dl_Initialiser<"Normal", "normal", (ins "int64_t":$stream, "::mlir::FloatAttr":$deviation),
    "normal with mean 0"> { let assemblyFormat = "`<` struct(params) `>`"; }
def Dl_InitialValue : Attr<Or<[ElementsAttr.predicate,
    CPred<"::llvm::isa<::dlc::dl::ZerosAttr, ::dlc::dl::OnesAttr, ::dlc::dl::GlorotUniformAttr, ::dlc::dl::HeUniformAttr, ::dlc::dl::HeNormalAttr, ::dlc::dl::UniformAttr, ::dlc::dl::NormalAttr>($_self)">]>,
    "an initialiser or elements"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

class Dl_StateOp<string mnemonic, list<Trait> traits = []> : Dl_Op<mnemonic, traits> { let family = "State"; }

def Dl_ParameterOp : Dl_StateOp<"parameter", [Symbol]> {
  let summary = "a trained tensor of the model, by name";
  let description = [{
    Shapes are static. The value is an initialiser or elements.
    Example: `dl.parameter @w : tensor<784x128xf32> = #dl.glorot_uniform<stream = 1>`
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<Dl_AnyTensor>:$type, Dl_InitialValue:$value,
                       UnitAttr:$frozen);
  let assemblyFormat = "$sym_name `:` $type `=` $value attr-dict";
  let hasVerifier = 1;
}
def Dl_SlotOp : Dl_StateOp<"slot", [Symbol]> {
  let summary = "state kept for a parameter (an optimizer's moments) or for the model (running statistics)";
  let description = [{
    `key` is its name in checkpoints.
    Example: `dl.slot @m_w for @w "adam.m" : tensor<784x128xf32> = #dl.zeros`
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<FlatSymbolRefAttr>:$parameter, OptionalAttr<StrAttr>:$key,
                       TypeAttrOf<Dl_AnyTensor>:$type, Dl_InitialValue:$value);
  let assemblyFormat = "$sym_name (`for` $parameter^)? ($key^)? `:` $type `=` $value attr-dict";
  let hasVerifier = 1;
}
def Dl_EmbeddedOp : Dl_StateOp<"embedded", [HasParent<"::mlir::ModuleOp">]> {
  let summary = "bytes that the library holds and nothing changes: weights under --weights=constant, as code wants them";
  let description = [{
    `offset` is their place in the library's one block of data, a multiple of 64.
    An argument of an entry with `dl.prepared = offset` is this value. Made by
    EvaluatePrepare, of what depends on weights alone; the weights are then gone.
    Example: `dl.embedded 4096 = dense_resource<packed> : tensor<2x147x32xf32>`
  }];
  let arguments = (ins I64Attr:$offset, ElementsAttr:$value);
  let assemblyFormat = "$offset `=` $value attr-dict";
}
def Dl_ReadOp : Dl_StateOp<"read", [MemoryEffects<[MemRead<Dl_MemoryEffect>]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the present value of a parameter or slot";
  let description = "Example: `%w = dl.read @w : tensor<784x128xf32>`";
  let arguments = (ins FlatSymbolRefAttr:$symbol);
  let results = (outs Dl_AnyTensor:$result);
  let assemblyFormat = "$symbol attr-dict `:` type($result)";
}
def Dl_WriteOp : Dl_StateOp<"write", [MemoryEffects<[MemWrite<Dl_MemoryEffect>]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "gives a parameter or slot its next value";
  let description = "Example: `dl.write @w, %next : tensor<784x128xf32>`";
  let arguments = (ins FlatSymbolRefAttr:$symbol, Dl_AnyTensor:$value);
  let assemblyFormat = "$symbol `,` $value attr-dict `:` type($value)";
}
def Dl_SeedOp : Dl_StateOp<"seed", [MemoryEffects<[MemRead<Dl_MemoryEffect>]>]> {
  let summary = "the weights' random seed";
  let description = "Example: `%seed = dl.seed : tensor<i64>`";
  let results = (outs Dl_ScalarI64:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def Dl_StepOp : Dl_StateOp<"step", [MemoryEffects<[MemRead<Dl_MemoryEffect>]>]> {
  let summary = "how many training steps the weights have seen";
  let description = [{
    An entry that writes state advances it by one, after everything it read.
    Example: `%step = dl.step : tensor<i64>`
  }];
  let results = (outs Dl_ScalarI64:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
#endif // DL_STATE
