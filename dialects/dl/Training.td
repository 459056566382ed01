// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Optimizers: pure functions from parameter, gradient and slots to their next
// values. Hyper-parameters that change while training are operands.
#ifndef DL_TRAINING
#define DL_TRAINING
include "DlBase.td"

def Dl_ScalarFloat : TypeConstraint<
    And<[RankedTensorOf<[F64, F32]>.predicate, CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).getRank() == 0">]>,
    "tensor<f32> or tensor<f64>">;
class Dl_Optimizer<string mnemonic> : Dl_Composite<mnemonic> {
  let assemblyFormat = Dl_Format;
  let matrixTypes = ["f64", "f32"]; let matrixForm = "optimizer"; let family = "Training";
}
def Dl_SgdOp : Dl_Optimizer<"sgd"> {
  let summary = "p - rate (g + weight_decay p)";
  let description = "Example: `%p1 = dl.sgd %p, %g, %rate {weight_decay = 0.0 : f64} : (tensor<4xf32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>`";
  let arguments = (ins Dl_Floats.tensor:$parameter, Dl_Floats.tensor:$gradient, Dl_ScalarFloat:$rate, DefaultValuedAttr<F64Attr, "0.0">:$weight_decay);
  let results = (outs Dl_Floats.tensor:$result);
}
def Dl_MomentumOp : Dl_Optimizer<"momentum"> {
  let summary = "v' = momentum v + g; p' = p - rate v' (with `nesterov`: p - rate (g + momentum v'))";
  let description = "Example: `%p1, %v1 = dl.momentum %p, %g, %v, %rate {momentum = 0.9 : f64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<f32>) -> (tensor<4xf32>, tensor<4xf32>)`";
  let arguments = (ins Dl_Floats.tensor:$parameter, Dl_Floats.tensor:$gradient, Dl_Floats.tensor:$velocity, Dl_ScalarFloat:$rate,
      F64Attr:$momentum, DefaultValuedAttr<F64Attr, "0.0">:$weight_decay, UnitAttr:$nesterov);
  let results = (outs Dl_Floats.tensor:$result, Dl_Floats.tensor:$next_velocity);
}
def Dl_AdamOp : Dl_Optimizer<"adam"> {
  let summary = "Adam (Kingma and Ba 2015): bias-corrected first and second moments";
  let description = [{
    m' = beta1 m + (1 - beta1) g; v' = beta2 v + (1 - beta2) g^2; t = step + 1;
    p' = p - rate / (1 - beta1^t) m' / (sqrt(v' / (1 - beta2^t)) + epsilon).
    With `decoupled`, AdamW (Loshchilov and Hutter 2019): p is first multiplied
    by 1 - rate weight_decay; otherwise weight_decay p is added to g.
    Example: `%p1, %m1, %v1 = dl.adam %p, %g, %m, %v, %rate, %step : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<f32>, tensor<i64>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>)`
  }];
  let arguments = (ins Dl_Floats.tensor:$parameter, Dl_Floats.tensor:$gradient, Dl_Floats.tensor:$first, Dl_Floats.tensor:$second,
      Dl_ScalarFloat:$rate, Dl_ScalarI64:$step, DefaultValuedAttr<F64Attr, "0.9">:$beta1, DefaultValuedAttr<F64Attr, "0.999">:$beta2,
      DefaultValuedAttr<F64Attr, "1.0e-8">:$epsilon, DefaultValuedAttr<F64Attr, "0.0">:$weight_decay, UnitAttr:$decoupled);
  let results = (outs Dl_Floats.tensor:$result, Dl_Floats.tensor:$next_first, Dl_Floats.tensor:$next_second);
}
#endif // DL_TRAINING
