// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Labels are computed, so that only the step itself can find that one is none.
dl.parameter @w : tensor<3x3xf32> = #dl.glorot_uniform<stream = 1>
func.func @train_step(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<?xf32> {dl.dims = ["n"]}) -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %g = dl.gradient wrt(@w) {
    %w = dl.read @w : tensor<3x3xf32>
    %z = dl.matmul %x, %w : (tensor<?x3xf32>, tensor<3x3xf32>) -> tensor<?x3xf32>
    %label = dl.cast %y : (tensor<?xf32>) -> tensor<?xi64>
    %l = dl.cross_entropy %z, %label : (tensor<?x3xf32>, tensor<?xi64>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<3x3xf32>
  %rate = dl.constant dense<0.1> : tensor<f32>
  %w = dl.read @w : tensor<3x3xf32>
  %next = dl.sgd %w, %g, %rate : (tensor<3x3xf32>, tensor<3x3xf32>, tensor<f32>) -> tensor<3x3xf32>
  dl.write @w, %next : tensor<3x3xf32>
  return %loss : tensor<f32>
}
