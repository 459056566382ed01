// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<4xi1>, %y: tensor<4xi1>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[false, false, true, true]> : tensor<4xi1>, dense<[false, true, false, true]> : tensor<4xi1>],
    dl.expect = [dense<[false, true, true, true]> : tensor<4xi1>]} {
  %r = dl.or %x, %y : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

func.func @row_broadcasts(%x: tensor<?x2xi32> {dl.dims = ["n", 2]}, %y: tensor<2xi32>) -> tensor<?x2xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi32>, dense<[1, 2]> : tensor<2xi32>],
    dl.expect = [dense<[[1, 2], [3, 6], [5, 6]]> : tensor<3x2xi32>]} {
  %r = dl.or %x, %y : (tensor<?x2xi32>, tensor<2xi32>) -> tensor<?x2xi32>
  return %r : tensor<?x2xi32>
}

func.func @empty(%x: tensor<?x3xi64> {dl.dims = ["n", 3]}, %y: tensor<i64>) -> tensor<?x3xi64> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xi64>, dense<1> : tensor<i64>],
    dl.expect = [dense<> : tensor<0x3xi64>]} {
  %r = dl.or %x, %y : (tensor<?x3xi64>, tensor<i64>) -> tensor<?x3xi64>
  return %r : tensor<?x3xi64>
}
