// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// Random123, kat_vectors: philox4x32 10, counter and key 0.
func.func @known_answers(%x: tensor<i64>, %y: tensor<i64>, %z: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xi32> attributes {
    dl.entry,
    dl.inputs = [dense<0> : tensor<i64>, dense<0> : tensor<i64>, dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>],
    dl.expect = [dense<[1713891541, -513161843, -1135104948, -1694442536]> : tensor<4xi32>]} {
  %r = dl.random_bits %x, %y {stream = 0 : i64, dims = ["n"]} : (tensor<i64>, tensor<i64>) -> tensor<?xi32>
  return %r : tensor<?xi32>
}

func.func @empty(%x: tensor<i64>, %y: tensor<i64>, %z: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?x2xi32> attributes {
    dl.entry,
    dl.inputs = [dense<1> : tensor<i64>, dense<2> : tensor<i64>, dense<> : tensor<0xf32>],
    dl.expect = [dense<> : tensor<0x2xi32>]} {
  %r = dl.random_bits %x, %y {stream = 3 : i64, dims = ["n", 2]} : (tensor<i64>, tensor<i64>) -> tensor<?x2xi32>
  return %r : tensor<?x2xi32>
}

// Seed and stream of the third vector, whose first counter words no tensor is
// long enough for: blocks 0 and 1, from a second implementation of the paper.
func.func @every_word_counts(%x: tensor<i64>, %y: tensor<i64>) -> tensor<6xi32> attributes {
    dl.entry,
    dl.inputs = [dense<0x299F31D0A4093822> : tensor<i64>, dense<0x03707344> : tensor<i64>],
    dl.expect = [dense<[-1240841970, 1639806848, -1522583208, 1028778815, 827185995, 179844391]> : tensor<6xi32>]} {
  %r = dl.random_bits %x, %y {stream = 320440878 : i64, dims = [6]} : (tensor<i64>, tensor<i64>) -> tensor<6xi32>
  return %r : tensor<6xi32>
}
