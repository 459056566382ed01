// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Losses are means over the rows present, so that a smaller last batch weighs
// each of its rows like any other; with `sum` they are sums.
#ifndef DL_LOSS
#define DL_LOSS
include "DlBase.td"

def Dl_CrossEntropyOp : Dl_Composite<"cross_entropy"> {
  let summary = "the mean over rows of log_sum_exp(z) - z[label]";
  let description = [{
    `logits` are [.., classes], labels [..]. A label outside [0, classes) is a
    data error of the call.
    Example: `%l = dl.cross_entropy %z, %label : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>`
  }];
  let arguments = (ins Dl_Floats.tensor:$logits, Dl_Indices.tensor:$labels, UnitAttr:$sum);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "cross_entropy"; let family = "Loss";
}
def Dl_CrossEntropyDenseOp : Dl_Composite<"cross_entropy_dense"> {
  let summary = "the mean over rows of -sum of p log_softmax(z), p the target distribution";
  let description = "Example: `%l = dl.cross_entropy_dense %z, %p : (tensor<?x10xf32>, tensor<?x10xf32>) -> tensor<f32>`";
  let arguments = (ins Dl_Floats.tensor:$logits, Dl_Floats.tensor:$targets, UnitAttr:$sum);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "loss"; let family = "Loss";
}
def Dl_MseOp : Dl_Composite<"mse"> {
  let summary = "the mean over all elements of (x - y)^2";
  let description = "Example: `%l = dl.mse %x, %y : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<f32>`";
  let arguments = (ins Dl_Floats.tensor:$prediction, Dl_Floats.tensor:$targets, UnitAttr:$sum);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "loss"; let family = "Loss";
}
def Dl_BceWithLogitsOp : Dl_Composite<"bce_with_logits"> {
  let summary = "the mean over all elements of softplus(z) - z y: binary cross-entropy of sigmoid(z)";
  let description = "Example: `%l = dl.bce_with_logits %z, %y : (tensor<?x1xf32>, tensor<?x1xf32>) -> tensor<f32>`";
  let arguments = (ins Dl_Floats.tensor:$logits, Dl_Floats.tensor:$targets, UnitAttr:$sum);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Floats.names; let matrixForm = "loss"; let family = "Loss";
}
#endif // DL_LOSS
