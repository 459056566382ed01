// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// Box and Muller on the words of random_bits; the last pair is cut.
func.func @known_answers(%x: tensor<i64>, %y: tensor<i64>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<0> : tensor<i64>, dense<0> : tensor<i64>],
    dl.expect = [dense<[0.9911374751458971, -0.9246627803544332, -0.6176090549848544]> : tensor<3xf32>],
    dl.ulps = 8 : i64} {
  %r = dl.random_normal %x, %y {stream = 0 : i64, dims = [3]} : (tensor<i64>, tensor<i64>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}
