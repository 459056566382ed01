// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Folding no axes is no loop.
// RUN: dlc-verify %s
func.func @scalar(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  %r = dl.reduce_max %x {axes = array<i64>} : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @between(%x: tensor<?x3xi32> {dl.dims = ["n", 3]}) -> (tensor<?x3xi32> {dl.dims = ["n", 3]}) attributes {dl.entry} {
  %a = dl.add %x, %x : (tensor<?x3xi32>, tensor<?x3xi32>) -> tensor<?x3xi32>
  %r = dl.reduce_prod %a {axes = array<i64>, keep_dims} : (tensor<?x3xi32>) -> tensor<?x3xi32>
  %b = dl.sub %r, %x : (tensor<?x3xi32>, tensor<?x3xi32>) -> tensor<?x3xi32>
  return %b : tensor<?x3xi32>
}
