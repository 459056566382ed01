// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DL_NORMALIZATION
#define DL_NORMALIZATION
include "DlBase.td"

class Dl_Softmax<string mnemonic> : Dl_CompositeWithVjp<mnemonic> {
  let arguments = (ins Dl_Floats.tensor:$input, I64Attr:$axis);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "softmax"; let family = "Normalization";
}
def Dl_SoftmaxOp : Dl_Softmax<"softmax"> {
  let summary = "e^(x - m) / sum of e^(x - m) along an axis, m the largest";
  let description = "Example: `%p = dl.softmax %x {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>`";
}
def Dl_LogSoftmaxOp : Dl_Softmax<"log_softmax"> {
  let summary = "x - log_sum_exp(x) along an axis";
  let description = "Example: `%p = dl.log_softmax %x {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>`";
}
def Dl_LayerNormOp : Dl_Composite<"layer_norm"> {
  let summary = "(x - mean) / sqrt(variance + epsilon) scale + bias, over the axes from `axis` on (Ba, Kiros, Hinton 2016)";
  let description = [{
    Mean and (population) variance of 16-bit inputs are taken in f32.
    Example: `%y = dl.layer_norm %x, %scale, %bias {axis = 1 : i64, epsilon = 1.0e-5 : f64} : (tensor<?x64xf32>, tensor<64xf32>, tensor<64xf32>) -> tensor<?x64xf32>`
  }];
  let arguments = (ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$scale, Dl_Floats.tensor:$bias, I64Attr:$axis, F64Attr:$epsilon);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "layer_norm"; let family = "Normalization";
}
def Dl_BatchNormOp : Dl_Composite<"batch_norm"> {
  let summary = "(x - mean) / sqrt(variance + epsilon) scale + bias, one of each per channel (Ioffe and Szegedy 2015)";
  let description = [{
    Inference: mean and variance are given. The channel is axis 1.
    Example: `%y = dl.batch_norm %x, %scale, %bias, %mean, %variance {epsilon = 1.0e-5 : f64} : (tensor<?x8x4x4xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<?x8x4x4xf32>`
  }];
  let arguments = (ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$scale, Dl_Floats.tensor:$bias, Dl_Floats.tensor:$mean,
                       Dl_Floats.tensor:$variance, F64Attr:$epsilon);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "batch_norm"; let family = "Normalization";
}
def Dl_BatchNormTrainOp : Dl_Composite<"batch_norm_train"> {
  let summary = "batch_norm with the batch's own mean and (population) variance, which are returned too";
  let description = "Example: `%y, %m, %v = dl.batch_norm_train %x, %scale, %bias {epsilon = 1.0e-5 : f64} : (tensor<?x8x4x4xf32>, tensor<8xf32>, tensor<8xf32>) -> (tensor<?x8x4x4xf32>, tensor<8xf32>, tensor<8xf32>)`";
  let arguments = (ins Dl_Floats.tensor:$input, Dl_Floats.tensor:$scale, Dl_Floats.tensor:$bias, F64Attr:$epsilon);
  let results = (outs Dl_Floats.tensor:$result, Dl_Floats.tensor:$mean, Dl_Floats.tensor:$variance);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "batch_norm_train"; let family = "Normalization";
}
#endif // DL_NORMALIZATION
