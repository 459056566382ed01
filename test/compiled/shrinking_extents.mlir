// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A context is planned once, for its bounds: tensors that are largest when a
// dimension is small have room all the same, beside others.
// RUN: dlc-verify %s --dim n=900,0,450,1 --dim m=7,900,0,3
func.func @rest(%x: tensor<?xf32> {dl.dims = ["n"]}, %w: tensor<1000xf32>) -> (tensor<f32>, tensor<f32>) attributes {dl.entry} {
  %a = dl.slice %w {starts = ["n"], dims = ["1000 - n"], strides = array<i64: 1>} : (tensor<1000xf32>) -> tensor<?xf32>
  %b = dl.reverse %a {axes = array<i64: 0>} : (tensor<?xf32>) -> tensor<?xf32>
  %c = dl.cumsum %b {axis = 0 : i64} : (tensor<?xf32>) -> tensor<?xf32>
  %d = dl.cumsum %c {axis = 0 : i64, reverse} : (tensor<?xf32>) -> tensor<?xf32>
  %e = dl.cumsum %d {axis = 0 : i64, exclusive} : (tensor<?xf32>) -> tensor<?xf32>
  %f = dl.add %e, %c : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %s = dl.reduce_sum %f {axes = array<i64: 0>} : (tensor<?xf32>) -> tensor<f32>
  %t = dl.reduce_max %b {axes = array<i64: 0>} : (tensor<?xf32>) -> tensor<f32>
  return %s, %t : tensor<f32>, tensor<f32>
}
// Half of what two dimensions leave.
func.func @product(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["m"]}) -> tensor<f32> attributes {dl.entry} {
  %i = dl.iota {axis = 0 : i64, dims = ["floordiv(2000 - n - m, 2)"]} : () -> tensor<?xf32>
  %c = dl.cumsum %i {axis = 0 : i64} : (tensor<?xf32>) -> tensor<?xf32>
  %d = dl.cumsum %c {axis = 0 : i64, reverse} : (tensor<?xf32>) -> tensor<?xf32>
  %e = dl.mul %c, %d : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %s = dl.reduce_max %e {axes = array<i64: 0>} : (tensor<?xf32>) -> tensor<f32>
  return %s : tensor<f32>
}
