// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fashion-MNIST by logistic regression, the smallest model that trains: ten scores,
// each a weighted sum of the pixels, trained by gradient descent.

dl.parameter @w : tensor<784x10xf32> = #dl.zeros
dl.parameter @b : tensor<10xf32> = #dl.zeros

// The scores of the ten classes, before softmax.
func.func private @logits(%image: tensor<?x28x28xui8>) -> tensor<?x10xf32> {
  %bytes = dl.cast %image : (tensor<?x28x28xui8>) -> tensor<?x28x28xf32>
  %c255 = dl.constant dense<255.0> : tensor<f32>
  %x = dl.div %bytes, %c255 : (tensor<?x28x28xf32>, tensor<f32>) -> tensor<?x28x28xf32>
  %flat = dl.reshape %x {dims = ["batch", 784]} : (tensor<?x28x28xf32>) -> tensor<?x784xf32>

  %w = dl.read @w : tensor<784x10xf32>
  %b = dl.read @b : tensor<10xf32>
  %p = dl.matmul %flat, %w : (tensor<?x784xf32>, tensor<784x10xf32>) -> tensor<?x10xf32>
  %z = dl.add %p, %b : (tensor<?x10xf32>, tensor<10xf32>) -> tensor<?x10xf32>
  return %z : tensor<?x10xf32>
}

// The probability of each class.
func.func @predict(%image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"})
    -> (tensor<?x10xf32> {dl.dims = ["batch", 10], dl.name = "probabilities"}) attributes {dl.entry} {
  %z = func.call @logits(%image) : (tensor<?x28x28xui8>) -> tensor<?x10xf32>
  %p = dl.softmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>
  return %p : tensor<?x10xf32>
}

// One step of gradient descent; the loss is the mean over the batch, before the step.
func.func @train_step(
    %image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"},
    %rate: tensor<f32> {dl.hyper, dl.default = 0.1 : f32, dl.name = "learning_rate"})
    -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %g:2 = dl.gradient wrt(@w, @b) {
    %z = func.call @logits(%image) : (tensor<?x28x28xui8>) -> tensor<?x10xf32>
    %l = dl.cross_entropy %z, %label : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<784x10xf32>, tensor<10xf32>

  %w = dl.read @w : tensor<784x10xf32>
  %w_next = dl.sgd %w, %g#0, %rate : (tensor<784x10xf32>, tensor<784x10xf32>, tensor<f32>) -> tensor<784x10xf32>
  dl.write @w, %w_next : tensor<784x10xf32>

  %b = dl.read @b : tensor<10xf32>
  %b_next = dl.sgd %b, %g#1, %rate : (tensor<10xf32>, tensor<10xf32>, tensor<f32>) -> tensor<10xf32>
  dl.write @b, %b_next : tensor<10xf32>

  return %loss : tensor<f32>
}

// Sums over the batch, so that metrics of a data set do not depend on how it is cut.
func.func @evaluate(
    %image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"})
    -> (tensor<f32> {dl.name = "loss"}, tensor<i64> {dl.name = "hits"}) attributes {dl.entry} {
  %z = func.call @logits(%image) : (tensor<?x28x28xui8>) -> tensor<?x10xf32>
  %loss = dl.cross_entropy %z, %label {sum} : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
  %best = dl.argmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?xi64>
  %wanted = dl.cast %label : (tensor<?xui8>) -> tensor<?xi64>
  %hit = dl.compare eq, %best, %wanted : (tensor<?xi64>, tensor<?xi64>) -> tensor<?xi1>
  %one = dl.cast %hit : (tensor<?xi1>) -> tensor<?xi64>
  %hits = dl.reduce_sum %one {axes = array<i64: 0>} : (tensor<?xi64>) -> tensor<i64>
  return %loss, %hits : tensor<f32>, tensor<i64>
}
