// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Windows that slide over the spatial axes of [N, C, spatial...] (or, with
// `channels_last`, [N, spatial..., C]); one window, stride, low and high each.
#ifndef DL_POOLING
#define DL_POOLING
include "DlBase.td"

defvar Dl_PoolAttributes = (ins DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
    DenseI64ArrayAttr:$high, UnitAttr:$channels_last);
class Dl_Pool<string mnemonic> : Dl_Primitive<mnemonic> {
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "pool"; let family = "Pooling";
}
def Dl_MaxPoolOp : Dl_Pool<"max_pool"> {
  let summary = "the largest element of each window; NaN wins; padding never does";
  let description = [{
    - C1: rank 3 to 5; one window, stride, low and high per spatial axis, windows and strides positive.
    - C2: padding is smaller than the window, so that each window meets an element.
    - C3: the padded extent holds a window.
    Example: `%y = dl.max_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x8x26x26xf32>) -> tensor<?x8x13x13xf32>`
  }];
  let arguments = !con((ins Dl_Floats.tensor:$input), Dl_PoolAttributes);
}
def Dl_MaxPoolGradOp : Dl_Pool<"max_pool_grad"> {
  let summary = "cotangents sent to the first largest element (row-major) of each window of x";
  let description = "Its gradient with respect to the cotangent is max_pool_pick. Example: `%dx = dl.max_pool_grad %x, %dy {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x8x26x26xf32>, tensor<?x8x13x13xf32>) -> tensor<?x8x26x26xf32>`";
  let arguments = !con((ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$cotangent), Dl_PoolAttributes);
}
def Dl_MaxPoolPickOp : Dl_Pool<"max_pool_pick"> {
  let summary = "for each window of x, the element of v where x is first largest";
  let description = "The transpose of max_pool_grad in its second operand. No spatial extent is 0: there would be nothing to pick. Example: `%y = dl.max_pool_pick %x, %v {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x8x26x26xf32>, tensor<?x8x26x26xf32>) -> tensor<?x8x13x13xf32>`";
  let arguments = !con((ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$values), Dl_PoolAttributes);
}
def Dl_SumPoolOp : Dl_Pool<"sum_pool"> {
  let summary = "the sum of each window";
  let description = "Example: `%y = dl.sum_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x8x26x26xf32>) -> tensor<?x8x13x13xf32>`";
  let arguments = !con((ins Dl_Floats.tensor:$input), Dl_PoolAttributes);
}
def Dl_SumPoolGradOp : Dl_Pool<"sum_pool_grad"> {
  let summary = "each cotangent added to every element of its window; `dims` are the input's extents";
  let description = "Example: `%dx = dl.sum_pool_grad %dy {dims = [\"batch\", 8, 26, 26], window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x8x13x13xf32>) -> tensor<?x8x26x26xf32>`";
  let arguments = !con((ins Dl_Floats.tensor:$cotangent, Dl_Dims:$dims), Dl_PoolAttributes);
}
def Dl_AvgPoolOp : Dl_Composite<"avg_pool"> {
  let summary = "the mean of each window; with `count_padding` its zeros count";
  let description = "Example: `%y = dl.avg_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x8x26x26xf32>) -> tensor<?x8x13x13xf32>`";
  let arguments = !con((ins Dl_Floats.tensor:$input), Dl_PoolAttributes, (ins UnitAttr:$count_padding));
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "pool"; let family = "Pooling";
}
#endif // DL_POOLING
