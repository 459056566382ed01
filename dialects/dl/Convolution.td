// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Convolution and its two gradients: each is bilinear, and each other's gradient.
#ifndef DL_CONVOLUTION
#define DL_CONVOLUTION
include "DlBase.td"

/// `strides`, `dilations`: one per spatial axis; `low`, `high`: padding with
/// zeros; `groups` splits channels. Logical order: input [N, C, spatial...],
/// filter [O, C/groups, spatial...]. With `channels_last`, which the compiler
/// sets when it assigns layouts: [N, spatial..., C] and [spatial..., C/groups, O].
class Dl_ConvBase<string mnemonic> : Dl_Primitive<mnemonic, [SameOperandsElementType]> {
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "conv"; let family = "Convolution";
}
defvar Dl_ConvAttributes = (ins DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
    DenseI64ArrayAttr:$dilations, DefaultValuedAttr<I64Attr, "1">:$groups, UnitAttr:$channels_last);

def Dl_ConvOp : Dl_ConvBase<"conv"> {
  let summary = "y[n,o,p] = sum over c,k of x[n, c, p stride + k dilation - low] w[o,c,k]";
  let description = [{
    Cross-correlation, as every framework's convolution.
    - C1: input and filter have the same rank, 3 to 5.
    - C2: one stride, dilation, low and high per spatial axis; strides and dilations positive, padding not negative.
    - C3: input channels = filter channels x groups; output channels a multiple of groups.
    - C4: the padded extent holds the window with its dilations.
    - C5: padding is zeros that are multiplied: a filter's infinity or NaN that
      meets it makes NaN, as in a convolution of a padded input, whose gradients
      the other two are.

    Example:
    ```mlir
    %y = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>}
        : (tensor<?x3x32x32xf32>, tensor<16x3x3x3xf32>) -> tensor<?x16x32x32xf32>
    ```
  }];
  let arguments = !con((ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$filter), Dl_ConvAttributes);
}
def Dl_ConvInputGradOp : Dl_ConvBase<"conv_input_grad"> {
  let summary = "the gradient of conv with respect to its input (transposed convolution)";
  let description = [{
    `dims` are the extents of that input.
    Example:
    ```mlir
    %dx = dl.conv_input_grad %dy, %w {dims = ["batch", 3, 32, 32], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>}
        : (tensor<?x16x32x32xf32>, tensor<16x3x3x3xf32>) -> tensor<?x3x32x32xf32>
    ```
  }];
  let arguments = !con((ins Dl_Floats.tensor:$cotangent, Dl_Floats.tensor:$filter, Dl_Dims:$dims), Dl_ConvAttributes);
}
def Dl_ConvFilterGradOp : Dl_ConvBase<"conv_filter_grad"> {
  let summary = "the gradient of conv with respect to its filter";
  let description = [{
    `dims` are the extents of that filter.
    Example:
    ```mlir
    %dw = dl.conv_filter_grad %x, %dy {dims = [16, 3, 3, 3], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>}
        : (tensor<?x3x32x32xf32>, tensor<?x16x32x32xf32>) -> tensor<16x3x3x3xf32>
    ```
  }];
  let arguments = !con((ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$cotangent, Dl_Dims:$dims), Dl_ConvAttributes);
}
#endif // DL_CONVOLUTION
