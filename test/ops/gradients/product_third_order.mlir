// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate | dlc-evaluate
// RUN: dlc-verify --all --cpu native %s
// RUN: dlc-gradcheck %s
// y = x0 x1 x2 x3 has third derivatives where three elements are 0: d^3 y / dx0 dx1 dx2 = x3.
// The gradient of <c2, gradient of <c1, grad y>>, k-th element: sum over i, j of c1[i] c2[j] times the others.

func.func @third(%x: tensor<5x4xf64>) -> tensor<5x4xf64> attributes {
    dl.inputs = [dense<[[0.0, 0.0, 0.0, 5.0], [0.0, 0.0, 0.0, 0.0], [0.0, 7.0, 0.0, 5.0], [2.0, 3.0, 0.0, 5.0], [2.0, 3.0, 7.0, 5.0]]> : tensor<5x4xf64>],
    dl.expect = [dense<[[1150.0, 515.0, 60.0, 0.0], [0.0, 0.0, 0.0, 0.0], [24950.0, 515.0, 7088.0, 721.0],
                        [11350.0, 7315.0, 7152.0, 769.0], [25630.0, 14343.0, 7152.0, 853.0]]> : tensor<5x4xf64>], dl.ulps = 4 : i64} {
  %l:2 = dl.gradient wrt(%x : tensor<5x4xf64>) {
    %m:2 = dl.gradient wrt(%x : tensor<5x4xf64>) {
      %i:2 = dl.gradient wrt(%x : tensor<5x4xf64>) {
        %y = dl.reduce_prod %x {axes = array<i64: 1>} : (tensor<5x4xf64>) -> tensor<5xf64>
        %s = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<5xf64>) -> tensor<f64>
        dl.yield %s : tensor<f64>
      } : tensor<f64>, tensor<5x4xf64>
      %c = dl.constant dense<[1.0, 10.0, 100.0, 1000.0]> : tensor<4xf64>
      %w = dl.mul %i#1, %c : (tensor<5x4xf64>, tensor<4xf64>) -> tensor<5x4xf64>
      %r = dl.reduce_sum %w {axes = array<i64: 0, 1>} : (tensor<5x4xf64>) -> tensor<f64>
      dl.yield %r : tensor<f64>
    } : tensor<f64>, tensor<5x4xf64>
    %c = dl.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
    %w = dl.mul %m#1, %c : (tensor<5x4xf64>, tensor<4xf64>) -> tensor<5x4xf64>
    %r = dl.reduce_sum %w {axes = array<i64: 0, 1>} : (tensor<5x4xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<5x4xf64>
  return %l#1 : tensor<5x4xf64>
}

// Over two axes that are not neighbours, of an extent that a call tells.
func.func @axes(%x: tensor<?x3x2xf64> {dl.dims = ["n", 3, 2]}) -> tensor<?x3x2xf64> {
  %l:2 = dl.gradient wrt(%x : tensor<?x3x2xf64>) {
    %y = dl.reduce_prod %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<?x3x2xf64>) -> tensor<1x3x1xf64>
    %q = dl.mul %y, %y : (tensor<1x3x1xf64>, tensor<1x3x1xf64>) -> tensor<1x3x1xf64>
    %s = dl.reduce_sum %q {axes = array<i64: 0, 1, 2>} : (tensor<1x3x1xf64>) -> tensor<f64>
    dl.yield %s : tensor<f64>
  } : tensor<f64>, tensor<?x3x2xf64>
  return %l#1 : tensor<?x3x2xf64>
}
