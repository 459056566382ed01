// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// As computed_labels.mlir, with statistics that a kernel of several launches writes behind the check of labels.
dl.parameter @w : tensor<3x3xf32> = #dl.glorot_uniform<stream = 1>
dl.parameter @variance : tensor<3xf32> = #dl.zeros
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
  %many = dl.reshape %x {dims = ["n", 1, 3]} : (tensor<?x3xf32>) -> tensor<?x1x3xf32>
  %rows = dl.broadcast %many {dims = ["n", 400, 3]} : (tensor<?x1x3xf32>) -> tensor<?x400x3xf32>
  %mean = dl.reduce_mean %rows {axes = array<i64: 0, 1>, keep_dims} : (tensor<?x400x3xf32>) -> tensor<1x1x3xf32>
  %apart = dl.sub %rows, %mean : (tensor<?x400x3xf32>, tensor<1x1x3xf32>) -> tensor<?x400x3xf32>
  %squares = dl.mul %apart, %apart : (tensor<?x400x3xf32>, tensor<?x400x3xf32>) -> tensor<?x400x3xf32>
  %variance = dl.reduce_mean %squares {axes = array<i64: 0, 1>} : (tensor<?x400x3xf32>) -> tensor<3xf32>
  dl.write @variance, %variance : tensor<3xf32>
  return %loss : tensor<f32>
}
