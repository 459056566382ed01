// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @expressions(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> (tensor<i64>, tensor<i64>, tensor<i64>) attributes {
    dl.entry,
    dl.inputs = [dense<0.0> : tensor<5x2xf32>],
    dl.expect = [dense<5> : tensor<i64>, dense<11> : tensor<i64>, dense<2> : tensor<i64>]} {
  %n = dl.extent {dim = "n"} : () -> tensor<i64>
  %twice = dl.extent {dim = "2*n + 1"} : () -> tensor<i64>
  %half = dl.extent {dim = "floordiv(n, 2)"} : () -> tensor<i64>
  return %n, %twice, %half : tensor<i64>, tensor<i64>, tensor<i64>
}

func.func @number() -> tensor<i64> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<7> : tensor<i64>]} {
  %n = dl.extent {dim = 7 : i64} : () -> tensor<i64>
  return %n : tensor<i64>
}
