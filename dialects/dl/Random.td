// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011). Key = seed
// (low word, high word); counter = {block low, block high, stream, step (low
// word)}; block = row-major element / 4, word = element mod 4. A value is a pure
// function of seed, step, stream and place, whatever the layout, the number of
// threads or the device.
#ifndef DL_RANDOM
#define DL_RANDOM
include "DlBase.td"

class Dl_RandomOp<string mnemonic> : Dl_NonDifferentiable<mnemonic> {
  let arguments = (ins Dl_ScalarI64:$seed, Dl_ScalarI64:$step, I64Attr:$stream, Dl_Dims:$dims);
  let assemblyFormat = Dl_Format;
  let family = "Random";
}
def Dl_RandomBitsOp : Dl_RandomOp<"random_bits"> {
  let summary = "32 random bits an element";
  let description = "Example: `%r = dl.random_bits %seed, %step {stream = 3 : i64, dims = [\"batch\", 128]} : (tensor<i64>, tensor<i64>) -> tensor<?x128xi32>`";
  let results = (outs RankedTensorOf<[I32]>:$result);
  let matrixTypes = ["i32"]; let matrixForm = "random";
}
def Dl_RandomUniformOp : Dl_RandomOp<"random_uniform"> {
  let summary = "uniform in [0, 1): (bits >> 8) 2^-24";
  let description = "Example: `%r = dl.random_uniform %seed, %step {stream = 3 : i64, dims = [\"batch\", 128]} : (tensor<i64>, tensor<i64>) -> tensor<?x128xf32>`";
  let results = (outs RankedTensorOf<[F32]>:$result);
  let matrixTypes = ["f32"]; let matrixForm = "random";
}
def Dl_RandomNormalOp : Dl_RandomOp<"random_normal"> {
  let summary = "standard normal, by Box and Muller (1958)";
  let description = [{
    Element 2i and 2i + 1 come from bits a and b at those places:
    r = sqrt(-2 log(((a >> 8) + 1) 2^-24)), t = 2 pi (b >> 8) 2^-24; r cos t and r sin t.
    Example: `%r = dl.random_normal %seed, %step {stream = 3 : i64, dims = ["batch", 128]} : (tensor<i64>, tensor<i64>) -> tensor<?x128xf32>`
  }];
  let results = (outs RankedTensorOf<[F32]>:$result);
  let matrixTypes = ["f32"]; let matrixForm = "random";
}
def Dl_DropoutOp : Dl_Composite<"dropout"> {
  let summary = "while training: x / (1 - rate) where uniform >= rate, otherwise 0 (Srivastava et al. 2014); else x";
  let description = [{
    The backward pass draws the same mask again; nothing is stored.
    Example: `%y = dl.dropout %x, %training, %seed, %step {rate = 0.2 : f64, stream = 1 : i64} : (tensor<?x128xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?x128xf32>`
  }];
  let arguments = (ins Dl_Floats.tensor:$input, RankedTensorOf<[I1]>:$training, Dl_ScalarI64:$seed, Dl_ScalarI64:$step,
                       F64Attr:$rate, I64Attr:$stream);
  let results = (outs Dl_Floats.tensor:$result);
  let assemblyFormat = Dl_Format;
  let hasFolder = 1;
  let matrixTypes = Dl_Floats.names; let matrixForm = "dropout"; let family = "Random";
}
#endif // DL_RANDOM
