// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 2.0, -1.0, 0xFF800000, 0x7FC00000]> : tensor<5xf32>],
    dl.expect = [dense<[0.0, 2.0, -0.63212055, -1.0, 0x7FC00000]> : tensor<5xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.elu %x {alpha = 1.0 : f64} : (tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.elu %x {alpha = 1.0 : f64} : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
