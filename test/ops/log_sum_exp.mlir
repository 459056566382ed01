// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// No overflow for large x.
func.func @rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0], [1000.0, 1000.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<[0.69314718, 1000.69314718]> : tensor<2xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.log_sum_exp %x {axes = array<i64: 1>} : (tensor<?x2xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
