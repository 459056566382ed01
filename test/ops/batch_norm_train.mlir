// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @statistics(%x: tensor<?x1xf32> {dl.dims = ["n", 1]}, %y: tensor<1xf32>, %z: tensor<1xf32>) -> (tensor<?x1xf32>, tensor<1xf32>, tensor<1xf32>) attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0], [3.0]]> : tensor<2x1xf32>, dense<[2.0]> : tensor<1xf32>, dense<[10.0]> : tensor<1xf32>],
    dl.expect = [dense<[[9.0], [11.0]]> : tensor<2x1xf32>, dense<[2.0]> : tensor<1xf32>, dense<[1.0]> : tensor<1xf32>],
    dl.ulps = 4 : i64} {
  %r:3 = dl.batch_norm_train %x, %y, %z {epsilon = 3.0 : f64} : (tensor<?x1xf32>, tensor<1xf32>, tensor<1xf32>) -> (tensor<?x1xf32>, tensor<1xf32>, tensor<1xf32>)
  return %r#0, %r#1, %r#2 : tensor<?x1xf32>, tensor<1xf32>, tensor<1xf32>
}
