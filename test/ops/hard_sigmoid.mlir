// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<6xf32>) -> tensor<6xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[-4.0, -2.0, 0.0, 2.0, 4.0, 0x7FC00000]> : tensor<6xf32>],
    dl.expect = [dense<[0.0, 0.0, 0.5, 1.0, 1.0, 0x7FC00000]> : tensor<6xf32>]} {
  %r = dl.hard_sigmoid %x {alpha = 0.25 : f64, beta = 0.5 : f64} : (tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.hard_sigmoid %x {alpha = 0.25 : f64, beta = 0.5 : f64} : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
