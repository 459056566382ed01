// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @plain(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2x2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0]]> : tensor<1x2xf32>, dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<[[7.0, 10.0]]> : tensor<1x2xf32>]} {
  %r = dl.matmul %x, %y : (tensor<?x2xf32>, tensor<2x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @batch_broadcasts(%x: tensor<?x1x2xf32> {dl.dims = ["n", 1, 2]}, %y: tensor<2x1xf32>) -> tensor<?x1x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>, dense<[[1.0], [10.0]]> : tensor<2x1xf32>],
    dl.expect = [dense<[[[21.0]], [[43.0]]]> : tensor<2x1x1xf32>]} {
  %r = dl.matmul %x, %y : (tensor<?x1x2xf32>, tensor<2x1xf32>) -> tensor<?x1x1xf32>
  return %r : tensor<?x1x1xf32>
}

func.func @both_batches_stretch(%x: tensor<2x1x1x1xf64>, %y: tensor<3x1x1xf64>) -> tensor<2x3x1x1xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf64>, dense<[[[1.0]], [[10.0]], [[100.0]]]> : tensor<3x1x1xf64>],
    dl.expect = [dense<[[[[1.0]], [[10.0]], [[100.0]]], [[[2.0]], [[20.0]], [[200.0]]]]> : tensor<2x3x1x1xf64>]} {
  %r = dl.matmul %x, %y : (tensor<2x1x1x1xf64>, tensor<3x1x1xf64>) -> tensor<2x3x1x1xf64>
  return %r : tensor<2x3x1x1xf64>
}

func.func @empty(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2x2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x2xf32>, dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<> : tensor<0x2xf32>]} {
  %r = dl.matmul %x, %y : (tensor<?x2xf32>, tensor<2x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
