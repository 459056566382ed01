// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<2xi1>) -> tensor<2xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[false, true]> : tensor<2xi1>],
    dl.expect = [dense<[true, false]> : tensor<2xi1>]} {
  %r = dl.not %x : (tensor<2xi1>) -> tensor<2xi1>
  return %r : tensor<2xi1>
}

func.func @bits(%x: tensor<3xi32>) -> tensor<3xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[0, -1, 5]> : tensor<3xi32>],
    dl.expect = [dense<[-1, 0, -6]> : tensor<3xi32>]} {
  %r = dl.not %x : (tensor<3xi32>) -> tensor<3xi32>
  return %r : tensor<3xi32>
}

func.func @empty(%x: tensor<?x3xi8> {dl.dims = ["n", 3]}) -> tensor<?x3xi8> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xi8>],
    dl.expect = [dense<> : tensor<0x3xi8>]} {
  %r = dl.not %x : (tensor<?x3xi8>) -> tensor<?x3xi8>
  return %r : tensor<?x3xi8>
}
