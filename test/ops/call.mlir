// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Private functions know the extents of their arguments only when they run.
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func private @rows(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %r = dl.softmax %x {axis = 1 : i64} : (tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

func.func @through_a_call(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<0.0> : tensor<3x2xf32>],
    dl.expect = [dense<0.5> : tensor<3x2xf32>],
    dl.ulps = 2 : i64} {
  %y = dl.reshape %x {dims = ["n", 2]} : (tensor<?x2xf32>) -> tensor<?x?xf32>
  %r = func.call @rows(%y) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %z = dl.reshape %r {dims = ["n", 2]} : (tensor<?x?xf32>) -> tensor<?x2xf32>
  return %z : tensor<?x2xf32>
}
