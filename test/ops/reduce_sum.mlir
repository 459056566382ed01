// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[6.0, 15.0]> : tensor<2xf32>]} {
  %r = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<?x3xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @columns_kept(%x: tensor<?x3xf64> {dl.dims = ["n", 3]}) -> tensor<1x3xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>],
    dl.expect = [dense<[[5.0, 7.0, 9.0]]> : tensor<1x3xf64>]} {
  %r = dl.reduce_sum %x {axes = array<i64: 0>, keep_dims} : (tensor<?x3xf64>) -> tensor<1x3xf64>
  return %r : tensor<1x3xf64>
}

func.func @all(%x: tensor<2x3xi32>) -> tensor<i32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>],
    dl.expect = [dense<21> : tensor<i32>]} {
  %r = dl.reduce_sum %x {axes = array<i64: 1, 0>} : (tensor<2x3xi32>) -> tensor<i32>
  return %r : tensor<i32>
}

func.func @nothing(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x2xf32>],
    dl.expect = [dense<[0.0, 0.0]> : tensor<2xf32>]} {
  %r = dl.reduce_sum %x {axes = array<i64: 0>} : (tensor<?x2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @no_axes(%x: tensor<2xf32>) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 0x7FC00000]> : tensor<2xf32>],
    dl.expect = [dense<[1.0, 0x7FC00000]> : tensor<2xf32>]} {
  %r = dl.reduce_sum %x {axes = array<i64>} : (tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// In f16, 2048 + 1 would stay 2048.
func.func @wide(%x: tensor<3xf16>) -> tensor<f16> attributes {
    dl.entry,
    dl.inputs = [dense<[2048.0, 1.0, 1.0]> : tensor<3xf16>],
    dl.expect = [dense<2050.0> : tensor<f16>]} {
  %r = dl.reduce_sum %x {axes = array<i64: 0>} : (tensor<3xf16>) -> tensor<f16>
  return %r : tensor<f16>
}

func.func @wraps(%x: tensor<2xi8>) -> tensor<i8> attributes {
    dl.entry,
    dl.inputs = [dense<[100, 100]> : tensor<2xi8>],
    dl.expect = [dense<-56> : tensor<i8>]} {
  %r = dl.reduce_sum %x {axes = array<i64: 0>} : (tensor<2xi8>) -> tensor<i8>
  return %r : tensor<i8>
}
