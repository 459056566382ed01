// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// The bits of random_bits, (bits >> 8) 2^-24.
func.func @known_answers(%x: tensor<i64>, %y: tensor<i64>) -> tensor<2x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<0> : tensor<i64>, dense<0> : tensor<i64>],
    dl.expect = [dense<[[0.3990464210510254, 0.8805201649665833], [0.7357127666473389, 0.6054818034172058]]> : tensor<2x2xf32>]} {
  %r = dl.random_uniform %x, %y {stream = 0 : i64, dims = [2, 2]} : (tensor<i64>, tensor<i64>) -> tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}
