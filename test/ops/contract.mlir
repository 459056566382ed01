// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @matrix_product(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<3x2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>, dense<[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]> : tensor<3x2xf32>],
    dl.expect = [dense<[[4.0, 5.0], [10.0, 11.0]]> : tensor<2x2xf32>]} {
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x3xf32>, tensor<3x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// b: [1,2].[1,2] = 5 and [3,4].[10,20] = 110: the batch axis of rhs is 1.
func.func @batched(%x: tensor<?x1x2xf64> {dl.dims = ["n", 1, 2]}, %y: tensor<2x?x1xf64> {dl.dims = [2, "n", 1]}) -> tensor<?x1x1xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf64>, dense<[[[1.0], [10.0]], [[2.0], [20.0]]]> : tensor<2x2x1xf64>],
    dl.expect = [dense<[[[5.0]], [[110.0]]]> : tensor<2x1x1xf64>]} {
  %r = dl.contract %x, %y {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 1>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 0>} : (tensor<?x1x2xf64>, tensor<2x?x1xf64>) -> tensor<?x1x1xf64>
  return %r : tensor<?x1x1xf64>
}

func.func @outer_product(%x: tensor<2xf32>, %y: tensor<3xf32>) -> tensor<2x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<[3.0, 4.0, 5.0]> : tensor<3xf32>],
    dl.expect = [dense<[[3.0, 4.0, 5.0], [6.0, 8.0, 10.0]]> : tensor<2x3xf32>]} {
  %r = dl.contract %x, %y : (tensor<2xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// 1 1 + 2 100 + 3 10 + 4 1000.
func.func @two_axes(%x: tensor<2x2xf32>, %y: tensor<2x2xf32>) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>, dense<[[1.0, 10.0], [100.0, 1000.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<4231.0> : tensor<f32>]} {
  %r = dl.contract %x, %y {lhs_contract = array<i64: 0, 1>, rhs_contract = array<i64: 1, 0>} : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

func.func @nothing_to_sum(%x: tensor<2x0xf32>, %y: tensor<0x2xf32>) -> tensor<2x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<2x0xf32>, dense<> : tensor<0x2xf32>],
    dl.expect = [dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>]} {
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<2x0xf32>, tensor<0x2xf32>) -> tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

func.func @wraps(%x: tensor<1x2xi8>, %y: tensor<2x1xi8>) -> tensor<1x1xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[[100, 100]]> : tensor<1x2xi8>, dense<[[1], [1]]> : tensor<2x1xi8>],
    dl.expect = [dense<[[-56]]> : tensor<1x1xi8>]} {
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<1x2xi8>, tensor<2x1xi8>) -> tensor<1x1xi8>
  return %r : tensor<1x1xi8>
}

// In f16, 2048 + 1 would stay 2048.
func.func @sums_wide(%x: tensor<1x3xf16>, %y: tensor<3x1xf16>) -> tensor<1x1xf16> attributes {
    dl.entry,
    dl.inputs = [dense<[[2048.0, 1.0, 1.0]]> : tensor<1x3xf16>, dense<[[1.0], [1.0], [1.0]]> : tensor<3x1xf16>],
    dl.expect = [dense<[[2050.0]]> : tensor<1x1xf16>]} {
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<1x3xf16>, tensor<3x1xf16>) -> tensor<1x1xf16>
  return %r : tensor<1x1xf16>
}

func.func @nan(%x: tensor<1x2xf32>, %y: tensor<2x1xf32>) -> tensor<1x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0x7FC00000, 1.0]]> : tensor<1x2xf32>, dense<[[0.0], [1.0]]> : tensor<2x1xf32>],
    dl.expect = [dense<[[0x7FC00000]]> : tensor<1x1xf32>]} {
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<1x2xf32>, tensor<2x1xf32>) -> tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
