// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<3xi1>, %y: tensor<3xf32>, %z: tensor<f32>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[true, false, true]> : tensor<3xi1>, dense<[1.0, 2.0, 0x7FC00000]> : tensor<3xf32>, dense<-1.0> : tensor<f32>],
    dl.expect = [dense<[1.0, -1.0, 0x7FC00000]> : tensor<3xf32>]} {
  %r = dl.select %x, %y, %z : (tensor<3xi1>, tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

func.func @condition_broadcasts(%x: tensor<?x1xi1> {dl.dims = ["n", 1]}, %y: tensor<2xi8>, %z: tensor<?x2xi8> {dl.dims = ["n", 2]}) -> tensor<?x2xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[[true], [false]]> : tensor<2x1xi1>, dense<[1, 2]> : tensor<2xi8>, dense<[[3, 4], [5, 6]]> : tensor<2x2xi8>],
    dl.expect = [dense<[[1, 2], [5, 6]]> : tensor<2x2xi8>]} {
  %r = dl.select %x, %y, %z : (tensor<?x1xi1>, tensor<2xi8>, tensor<?x2xi8>) -> tensor<?x2xi8>
  return %r : tensor<?x2xi8>
}

func.func @empty(%x: tensor<i1>, %y: tensor<?x2xf32> {dl.dims = ["n", 2]}, %z: tensor<f32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<true> : tensor<i1>, dense<> : tensor<0x2xf32>, dense<0.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x2xf32>]} {
  %r = dl.select %x, %y, %z : (tensor<i1>, tensor<?x2xf32>, tensor<f32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
