// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @extents_differ(%x: tensor<?x?xf32> {dl.dims = ["n", "m"]}, %y: tensor<?x1xf32> {dl.dims = ["k", 1]}) -> tensor<?x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0]]> : tensor<1x2xf32>, dense<[[1.0], [1.0], [1.0]]> : tensor<3x1xf32>]} {
  // expected-error @below {{contracting extents differ: lhs has 2, rhs has 3}}
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x?xf32>, tensor<?x1xf32>) -> tensor<?x1xf32>
  return %r : tensor<?x1xf32>
}
