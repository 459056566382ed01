// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<6xf32>) -> tensor<6xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 1.0e-08, 1.0, -1.0, -2.0, 0x7FC00000]> : tensor<6xf32>],
    dl.expect = [dense<[0.0, 1.0e-08, 0.6931472, 0xFF800000, 0x7FC00000, 0x7FC00000]> : tensor<6xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.log1p %x : (tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

func.func @rows(%x: tensor<?x1xf64> {dl.dims = ["n", 1]}) -> tensor<?x1xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0]]> : tensor<1x1xf64>],
    dl.expect = [dense<[[0.6931471805599453]]> : tensor<1x1xf64>],
    dl.ulps = 2 : i64} {
  %r = dl.log1p %x : (tensor<?x1xf64>) -> tensor<?x1xf64>
  return %r : tensor<?x1xf64>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.log1p %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
