// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @flattened(%x: tensor<?x1x2xf32> {dl.dims = ["n", 1, 2]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>],
    dl.expect = [dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>]} {
  %r = dl.reshape %x {dims = ["2*n"]} : (tensor<?x1x2xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @rows(%x: tensor<?x4xi8> {dl.dims = ["n", 4]}) -> tensor<?x2x2xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[[1, 2, 3, 4]]> : tensor<1x4xi8>],
    dl.expect = [dense<[[[1, 2], [3, 4]]]> : tensor<1x2x2xi8>]} {
  %r = dl.reshape %x {dims = ["n", 2, 2]} : (tensor<?x4xi8>) -> tensor<?x2x2xi8>
  return %r : tensor<?x2x2xi8>
}

func.func @scalar(%x: tensor<1x1xi1>) -> tensor<i1> attributes {
    dl.entry,
    dl.inputs = [dense<[[true]]> : tensor<1x1xi1>],
    dl.expect = [dense<true> : tensor<i1>]} {
  %r = dl.reshape %x {dims = []} : (tensor<1x1xi1>) -> tensor<i1>
  return %r : tensor<i1>
}

func.func @empty(%x: tensor<?x4xf32> {dl.dims = ["n", 4]}) -> tensor<?x2x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x4xf32>],
    dl.expect = [dense<> : tensor<0x2x2xf32>]} {
  %r = dl.reshape %x {dims = ["n", 2, 2]} : (tensor<?x4xf32>) -> tensor<?x2x2xf32>
  return %r : tensor<?x2x2xf32>
}
