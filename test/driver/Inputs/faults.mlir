// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One step of SGD on three ways to use a label or an index that is computed here.
dl.parameter @w : tensor<4x3xf32> = #dl.ones
dl.parameter @table : tensor<5x4xf32> = #dl.ones
dl.slot @steps : tensor<i64> = #dl.zeros

func.func @train_step(%x: tensor<?xf32> {dl.dims = ["n"], dl.name = "x"}, %y: tensor<?xf32> {dl.dims = ["n"], dl.name = "y"})
    -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %gw, %gt = dl.gradient wrt(@w, @table) {
    %w = dl.read @w : tensor<4x3xf32>
    %table = dl.read @table : tensor<5x4xf32>
    %i = dl.cast %x : (tensor<?xf32>) -> tensor<?xi32>
    %rows = dl.gather %table, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<?xi32>) -> tensor<?x4xf32>
    %z = dl.matmul %rows, %w : (tensor<?x4xf32>, tensor<4x3xf32>) -> tensor<?x3xf32>
    %label = dl.cast %y : (tensor<?xf32>) -> tensor<?xi64>
    %l = dl.cross_entropy %z, %label : (tensor<?x3xf32>, tensor<?xi64>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<4x3xf32>, tensor<5x4xf32>
  %rate = dl.constant dense<0.1> : tensor<f32>
  %w0 = dl.read @w : tensor<4x3xf32>
  %w1 = dl.sgd %w0, %gw, %rate : (tensor<4x3xf32>, tensor<4x3xf32>, tensor<f32>) -> tensor<4x3xf32>
  dl.write @w, %w1 : tensor<4x3xf32>
  %t0 = dl.read @table : tensor<5x4xf32>
  %t1 = dl.sgd %t0, %gt, %rate : (tensor<5x4xf32>, tensor<5x4xf32>, tensor<f32>) -> tensor<5x4xf32>
  dl.write @table, %t1 : tensor<5x4xf32>
  %one = dl.constant dense<1> : tensor<i64>
  %s0 = dl.read @steps : tensor<i64>
  %s1 = dl.add %s0, %one : (tensor<i64>, tensor<i64>) -> tensor<i64>
  dl.write @steps, %s1 : tensor<i64>
  return %loss : tensor<f32>
}
// The write stands before what can fail; it happens after, or not at all.
func.func @count(%x: tensor<2xf32> {dl.name = "x"}, %u: tensor<2x4xf32> {dl.name = "u"}) -> (tensor<5x4xf32> {dl.name = "sums"}) attributes {dl.entry} {
  %one = dl.constant dense<1> : tensor<i64>
  %s0 = dl.read @steps : tensor<i64>
  %s1 = dl.add %s0, %one : (tensor<i64>, tensor<i64>) -> tensor<i64>
  dl.write @steps, %s1 : tensor<i64>
  %i = dl.cast %x : (tensor<2xf32>) -> tensor<2xi32>
  %r = dl.scatter_add %i, %u {axis = 0 : i64, dims = [5, 4]} : (tensor<2xi32>, tensor<2x4xf32>) -> tensor<5x4xf32>
  return %r : tensor<5x4xf32>
}
