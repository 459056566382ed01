// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<3xf32>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 0x7FC00000, -0.0]> : tensor<3xf32>],
    dl.expect = [dense<[1.0, 0x7FC00000, -0.0]> : tensor<3xf32>]} {
  %r = dl.stop_gradient %x : (tensor<3xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

func.func @booleans(%x: tensor<2xi1>) -> tensor<2xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[true, false]> : tensor<2xi1>],
    dl.expect = [dense<[true, false]> : tensor<2xi1>]} {
  %r = dl.stop_gradient %x : (tensor<2xi1>) -> tensor<2xi1>
  return %r : tensor<2xi1>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.stop_gradient %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
