// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @matrix(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<3x?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]> : tensor<3x2xf32>]} {
  %r = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<?x3xf32>) -> tensor<3x?xf32>
  return %r : tensor<3x?xf32>
}

// Result axis i is axis permutation[i].
func.func @rotation(%x: tensor<1x2x3xui8>) -> tensor<3x1x2xui8> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1, 2, 3], [4, 5, 6]]]> : tensor<1x2x3xui8>],
    dl.expect = [dense<[[[1, 4]], [[2, 5]], [[3, 6]]]> : tensor<3x1x2xui8>]} {
  %r = dl.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<1x2x3xui8>) -> tensor<3x1x2xui8>
  return %r : tensor<3x1x2xui8>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<3x?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<3x0xf32>]} {
  %r = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<?x3xf32>) -> tensor<3x?xf32>
  return %r : tensor<3x?xf32>
}
