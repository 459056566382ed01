// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Axes folded into one value, and running folds.
#ifndef DL_REDUCTION
#define DL_REDUCTION
include "DlBase.td"

defvar Dl_ReduceArguments = (ins DenseI64ArrayAttr:$axes, UnitAttr:$keep_dims);
class Dl_Reduce<string mnemonic, Dl_TypeSet types> : Dl_Primitive<mnemonic> {
  let arguments = !con((ins types.tensor:$input), Dl_ReduceArguments);
  let results = (outs types.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = types.names; let matrixForm = "reduce"; let family = "Reduction";
}
def Dl_ReduceSumOp : Dl_Reduce<"reduce_sum", Dl_Numbers> {
  let summary = "the sum over axes; 0 over an empty axis";
  let description = [{
    Axes are distinct and in range (C1). With `keep_dims` they stay, with extent 1.
    Example: `%r = dl.reduce_sum %x {axes = array<i64: 0>} : (tensor<?x4xf32>) -> tensor<4xf32>`
  }];
}
def Dl_ReduceProdOp : Dl_Reduce<"reduce_prod", Dl_Numbers> {
  let summary = "the product over axes; 1 over an empty axis";
  let description = "Example: `%r = dl.reduce_prod %x {axes = array<i64: 0>} : (tensor<3x4xf32>) -> tensor<4xf32>`";
}
def Dl_ReduceMaxOp : Dl_Reduce<"reduce_max", Dl_Numbers> {
  let summary = "the largest over axes; NaN wins; over an empty axis -inf or the smallest integer";
  let description = [{
    The first largest in row-major order takes the whole gradient.
    Example: `%r = dl.reduce_max %x {axes = array<i64: 1>, keep_dims} : (tensor<?x4xf32>) -> tensor<?x1xf32>`
  }];
}
def Dl_ReduceMinOp : Dl_Reduce<"reduce_min", Dl_Numbers> {
  let summary = "the smallest over axes; NaN wins; over an empty axis inf or the largest integer";
  let description = "Example: `%r = dl.reduce_min %x {axes = array<i64: 1>, keep_dims} : (tensor<?x4xf32>) -> tensor<?x1xf32>`";
}
class Dl_ArgReduce<string mnemonic> : Dl_NonDifferentiable<mnemonic> {
  let arguments = (ins Dl_Numbers.tensor:$input, I64Attr:$axis);
  let results = (outs RankedTensorOf<[I64]>:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Numbers.names; let matrixForm = "arg_reduce"; let family = "Reduction";
}
def Dl_ArgmaxOp : Dl_ArgReduce<"argmax"> {
  let summary = "where the largest value lies along an axis: the first one; NaN wins";
  let description = "The axis disappears. Example: `%r = dl.argmax %x {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?xi64>`";
}
def Dl_ArgminOp : Dl_ArgReduce<"argmin"> {
  let summary = "where the smallest value lies along an axis: the first one; NaN wins";
  let description = "The axis disappears. Example: `%r = dl.argmin %x {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?xi64>`";
}
def Dl_CumsumOp : Dl_Primitive<"cumsum"> {
  let summary = "running sums along an axis";
  let description = [{
    With `exclusive` the element itself is left out, with `reverse` it runs from the end.
    Example: `%r = dl.cumsum %x {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>`
  }];
  let arguments = (ins Dl_Numbers.tensor:$input, I64Attr:$axis, UnitAttr:$exclusive, UnitAttr:$reverse);
  let results = (outs Dl_Numbers.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Numbers.names; let matrixForm = "cumsum"; let family = "Reduction";
}
class Dl_ReduceComposite<string mnemonic> : Dl_Composite<mnemonic> {
  let arguments = !con((ins Dl_Floats.tensor:$input), Dl_ReduceArguments);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "reduce"; let family = "Reduction";
}
def Dl_ReduceMeanOp : Dl_ReduceComposite<"reduce_mean"> {
  let summary = "the mean over axes; NaN over an empty axis";
  let description = "Example: `%r = dl.reduce_mean %x {axes = array<i64: 2, 3>} : (tensor<?x8x7x7xf32>) -> tensor<?x8xf32>`";
}
def Dl_LogSumExpOp : Dl_ReduceComposite<"log_sum_exp"> {
  let summary = "m + log(sum of e^(x - m)), m the largest over the axes";
  let description = "No gradient flows through m. Example: `%r = dl.log_sum_exp %x {axes = array<i64: 1>} : (tensor<?x10xf32>) -> tensor<?xf32>`";
}
#endif // DL_REDUCTION
