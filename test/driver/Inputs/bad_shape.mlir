// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
dl.parameter @w : tensor<8xf32> = #dl.ones

func.func @predict(%x: tensor<?xf32> {dl.dims = ["n"], dl.name = "x"}) -> (tensor<?xf32> {dl.name = "y"}) attributes {dl.entry} {
  %w = dl.read @w : tensor<8xf32>
  %rest = dl.slice %w {starts = ["n"], dims = ["6 - n"], strides = array<i64: 1>} : (tensor<8xf32>) -> tensor<?xf32>
  return %rest : tensor<?xf32>
}
func.func @train_step(%x: tensor<?xf32> {dl.dims = ["n"], dl.name = "x"}) -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %g = dl.gradient wrt(@w) {
    %w = dl.read @w : tensor<8xf32>
    %part = dl.slice %x {starts = [1], dims = [3], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<3xf32>
    %s = dl.reduce_sum %part {axes = array<i64: 0>} : (tensor<3xf32>) -> tensor<f32>
    %p = dl.mul %w, %s : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
    %l = dl.reduce_sum %p {axes = array<i64: 0>} : (tensor<8xf32>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<8xf32>
  %w = dl.read @w : tensor<8xf32>
  %next = dl.sub %w, %g : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  dl.write @w, %next : tensor<8xf32>
  return %loss : tensor<f32>
}
