// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elements put in other places, and tensors made from nothing.
//
// Extents that no operand tells stand in `dims`: integers, or expressions over
// the entry function's named dimensions ("batch", "2*seq").
#ifndef DL_MOVEMENT
#define DL_MOVEMENT
include "DlBase.td"

class Dl_Move<string mnemonic, string form, list<Trait> traits = []> : Dl_Primitive<mnemonic, traits> {
  let results = (outs Dl_Border.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Border.names; let matrixForm = form; let family = "Movement";
}

def Dl_ConstantOp : Dl_NonDifferentiable<"constant", [ConstantLike]> {
  let summary = "a tensor known at compile time";
  let description = "Large ones are resources and never enter LLVM IR. Example: `%c = dl.constant dense<1.0> : tensor<4xf32>`";
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Dl_AnyTensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
  let matrixTypes = Dl_Border.names; let matrixForm = "constant"; let family = "Movement";
}
def Dl_IotaOp : Dl_NonDifferentiable<"iota"> {
  let summary = "0, 1, 2, ... along an axis";
  let description = "Example: `%i = dl.iota {axis = 1 : i64, dims = [\"batch\", 10]} : () -> tensor<?x10xi64>`";
  let arguments = (ins I64Attr:$axis, Dl_Dims:$dims);
  let results = (outs Dl_Numbers.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Numbers.names; let matrixForm = "iota"; let family = "Movement";
}
def Dl_DimOp : Dl_NonDifferentiable<"dim"> {
  let summary = "the extent of an axis";
  let description = "Example: `%n = dl.dim %x {axis = 0 : i64} : (tensor<?x4xf32>) -> tensor<i64>`";
  let arguments = (ins Dl_Border.tensor:$input, I64Attr:$axis);
  let results = (outs Dl_ScalarI64:$result);
  let assemblyFormat = Dl_Format;
  let hasFolder = 1;
  let matrixTypes = Dl_Border.names; let matrixForm = "dim"; let family = "Movement";
}
def Dl_ExtentOp : Dl_NonDifferentiable<"extent"> {
  let summary = "an expression over named dimensions, as a number";
  let description = "What `dl.dim` becomes once extents have names: no tensor is kept alive for its shape. Example: `%n = dl.extent {dim = \"2*batch\"} : () -> tensor<i64>`";
  let arguments = (ins AnyAttrOf<[I64Attr, StrAttr]>:$dim);
  let results = (outs Dl_ScalarI64:$result);
  let assemblyFormat = Dl_Format;
  let hasVerifier = 1;
  let matrixTypes = ["i64"]; let matrixForm = "extent"; let family = "Movement";
}
def Dl_BroadcastOp : Dl_Move<"broadcast", "broadcast"> {
  let summary = "stretched to `dims`, aligned at the right (numpy.broadcast_to)";
  let description = "Each extent is 1 or equals its partner (C1). Example: `%r = dl.broadcast %x {dims = [\"batch\", 4]} : (tensor<4xf32>) -> tensor<?x4xf32>`";
  let arguments = (ins Dl_Border.tensor:$input, Dl_Dims:$dims);
  let hasFolder = 1;
}
def Dl_ReshapeOp : Dl_Move<"reshape", "reshape"> {
  let summary = "the same elements in row-major order under other extents";
  let description = "The number of elements is unchanged (C1). Example: `%r = dl.reshape %x {dims = [\"batch\", 784]} : (tensor<?x28x28xf32>) -> tensor<?x784xf32>`";
  let arguments = (ins Dl_Border.tensor:$input, Dl_Dims:$dims);
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}
def Dl_TransposeOp : Dl_Move<"transpose", "transpose"> {
  let summary = "axes in another order: result axis i is axis permutation[i]";
  let description = "`permutation` names every axis once (C1). Example: `%r = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<3x4xf32>) -> tensor<4x3xf32>`";
  let arguments = (ins Dl_Border.tensor:$input, DenseI64ArrayAttr:$permutation);
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}
def Dl_SliceOp : Dl_Move<"slice", "slice"> {
  let summary = "`dims[i]` elements of each axis i, from `starts[i]` in steps of `strides[i]`";
  let description = [{
    Inside the input (C1); strides positive (C2).
    Example: `%r = dl.slice %x {starts = [0, 2], dims = ["batch", 2], strides = array<i64: 1, 1>} : (tensor<?x8xf32>) -> tensor<?x2xf32>`
  }];
  let arguments = (ins Dl_Border.tensor:$input, Dl_Dims:$starts, Dl_Dims:$dims, DenseI64ArrayAttr:$strides);
  let hasFolder = 1;
}
def Dl_PadOp : Dl_Move<"pad", "pad", [SameOperandsElementType]> {
  let summary = "`low` elements before, `high` after each axis, `interior` between neighbours, all equal to `value`";
  let description = [{
    Nothing is negative (C1); `value` has rank 0 (C2). A dynamic axis with
    `interior` is not empty (C3): its extent would be no polynomial of the input's.
    Example: `%r = dl.pad %x, %zero {low = [0, 1], high = [0, 1], interior = array<i64: 0, 0>} : (tensor<?x8xf32>, tensor<f32>) -> tensor<?x10xf32>`
  }];
  let arguments = (ins Dl_Border.tensor:$input, Dl_Border.tensor:$value, Dl_Dims:$low, Dl_Dims:$high, DenseI64ArrayAttr:$interior);
}
def Dl_ConcatOp : Dl_Move<"concat", "concat"> {
  let summary = "operands one after the other along an axis";
  let description = "Same rank and type (C1), same extents elsewhere (C2). Example: `%r = dl.concat %x, %y {axis = 1 : i64} : (tensor<?x2xf32>, tensor<?x3xf32>) -> tensor<?x5xf32>`";
  let arguments = (ins Variadic<Dl_Border.tensor>:$inputs, I64Attr:$axis);
}
def Dl_ReverseOp : Dl_Move<"reverse", "reverse"> {
  let summary = "axes run backwards";
  let description = "Example: `%r = dl.reverse %x {axes = array<i64: 1>} : (tensor<?x4xf32>) -> tensor<?x4xf32>`";
  let arguments = (ins Dl_Border.tensor:$input, DenseI64ArrayAttr:$axes);
}
def Dl_GatherOp : Dl_Move<"gather", "gather"> {
  let summary = "rows of `input` along `axis` at `indices` (numpy.take)";
  let description = [{
    The axis is replaced by the axes of `indices`. An index outside [0, extent)
    is a data error of the call.
    Example: `%r = dl.gather %table, %ids {axis = 0 : i64} : (tensor<1000x64xf32>, tensor<?x?xi64>) -> tensor<?x?x64xf32>`
  }];
  let arguments = (ins Dl_Border.tensor:$input, Dl_Indices.tensor:$indices, I64Attr:$axis);
}
def Dl_ScatterAddOp : Dl_Primitive<"scatter_add"> {
  let summary = "zeros of extents `dims`, with `updates` added along `axis` at `indices`: the gradient of gather";
  let description = [{
    Additions to one place happen in row-major order of `indices`, so the result
    does not depend on the number of threads.
    Example: `%r = dl.scatter_add %ids, %u {axis = 0 : i64, dims = [1000, 64]} : (tensor<?x?xi64>, tensor<?x?x64xf32>) -> tensor<1000x64xf32>`
  }];
  let arguments = (ins Dl_Indices.tensor:$indices, Dl_Numbers.tensor:$updates, I64Attr:$axis, Dl_Dims:$dims);
  let results = (outs Dl_Numbers.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Numbers.names; let matrixForm = "scatter_add"; let family = "Movement";
}
def Dl_CheckIndexOp : Dl_NonDifferentiable<"check_index"> {
  let summary = "the input; an element outside [0, dim) is a data error of the call";
  let description = [{
    What labels go through that are compared and never used as an address: a
    loss would find no class and go on. Indices that the runtime has checked
    before the call (`dl.below` on the argument) need no second look, and the op
    folds away.
    Example: `%r = dl.check_index %labels {dim = 10 : i64} : (tensor<?xi32>) -> tensor<?xi32>`
  }];
  let arguments = (ins Dl_Indices.tensor:$input, AnyAttrOf<[I64Attr, StrAttr]>:$dim);
  let results = (outs Dl_Indices.tensor:$result);
  let assemblyFormat = Dl_Format;
  let hasFolder = 1;
  let matrixTypes = Dl_Indices.names; let matrixForm = "check_index"; let family = "Movement";
}
def Dl_PackOp : Dl_Move<"pack", "pack"> {
  let summary = "a matrix [.., K, N] as panels [.., ceil(N / width), K, width], the last one filled with zeros";
  let description = [{
    What contraction kernels read: one panel is a contiguous strip of `width`
    columns. `prepare` packs parameters once.
    Example: `%p = dl.pack %w {width = 32 : i64} : (tensor<784x128xf32>) -> tensor<4x784x32xf32>`
  }];
  let arguments = (ins Dl_Border.tensor:$input, I64Attr:$width);
}
def Dl_UnpackOp : Dl_Move<"unpack", "unpack"> {
  let summary = "the matrix that `pack` packed: `columns` columns of panels";
  let description = "Example: `%w = dl.unpack %p {columns = 128 : i64} : (tensor<4x784x32xf32>) -> tensor<784x128xf32>`";
  let arguments = (ins Dl_Border.tensor:$input, I64Attr:$columns);
}
#endif // DL_MOVEMENT
