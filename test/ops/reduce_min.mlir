// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[3.0, 1.0, 2.0], [0x7FC00000, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[1.0, 0x7FC00000]> : tensor<2xf32>]} {
  %r = dl.reduce_min %x {axes = array<i64: 1>} : (tensor<?x3xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @kept(%x: tensor<2x2xi32>) -> tensor<1x2xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[[-5, -6], [-7, -8]]> : tensor<2x2xi32>],
    dl.expect = [dense<[[-7, -8]]> : tensor<1x2xi32>]} {
  %r = dl.reduce_min %x {axes = array<i64: 0>, keep_dims} : (tensor<2x2xi32>) -> tensor<1x2xi32>
  return %r : tensor<1x2xi32>
}

func.func @nothing(%x: tensor<?x1xf32> {dl.dims = ["n", 1]}) -> tensor<1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x1xf32>],
    dl.expect = [dense<[0x7F800000]> : tensor<1xf32>]} {
  %r = dl.reduce_min %x {axes = array<i64: 0>} : (tensor<?x1xf32>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}

func.func @no_integers(%x: tensor<?x1xi64> {dl.dims = ["n", 1]}) -> tensor<1xi64> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x1xi64>],
    dl.expect = [dense<[9223372036854775807]> : tensor<1xi64>]} {
  %r = dl.reduce_min %x {axes = array<i64: 0>} : (tensor<?x1xi64>) -> tensor<1xi64>
  return %r : tensor<1xi64>
}
