// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate | dlc-evaluate
// RUN: dlc-verify --all --cpu native %s
// y = x0 x1 x2 is smooth where elements are 0: first and second derivatives.

// grad y = [x1 x2, x0 x2, x0 x1]; of <[1, 10, 100], grad y>: [10 x2 + 100 x1, x2 + 100 x0, x1 + 10 x0].
func.func @second(%x: tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<3x3xf64>) attributes {
    dl.inputs = [dense<[[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [1.0, 2.0, 3.0]]> : tensor<3x3xf64>],
    dl.expect = [dense<[[6.0, 0.0, 0.0], [0.0, 0.0, 0.0], [6.0, 3.0, 2.0]]> : tensor<3x3xf64>,
                 dense<[[230.0, 3.0, 2.0], [30.0, 3.0, 0.0], [230.0, 103.0, 12.0]]> : tensor<3x3xf64>], dl.ulps = 4 : i64} {
  %l:3 = dl.gradient wrt(%x : tensor<3x3xf64>) {
    %i:2 = dl.gradient wrt(%x : tensor<3x3xf64>) {
      %y = dl.reduce_prod %x {axes = array<i64: 1>} : (tensor<3x3xf64>) -> tensor<3xf64>
      %s = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
      dl.yield %s : tensor<f64>
    } : tensor<f64>, tensor<3x3xf64>
    %c = dl.constant dense<[1.0, 10.0, 100.0]> : tensor<3xf64>
    %w = dl.mul %i#1, %c : (tensor<3x3xf64>, tensor<3xf64>) -> tensor<3x3xf64>
    %r = dl.reduce_sum %w {axes = array<i64: 0, 1>} : (tensor<3x3xf64>) -> tensor<f64>
    dl.yield %r, %i#1 : tensor<f64>, tensor<3x3xf64>
  } : tensor<f64>, tensor<3x3xf64>, tensor<3x3xf64>
  return %l#1, %l#2 : tensor<3x3xf64>, tensor<3x3xf64>
}
