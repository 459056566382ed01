// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fashion-MNIST by a multi-layer perceptron: 784 pixels, 128 hidden units with
// ReLU and dropout, ten classes; Adam.

dl.parameter @w1 : tensor<784x128xf32> = #dl.he_uniform<stream = 1>
dl.parameter @b1 : tensor<128xf32> = #dl.zeros
dl.parameter @w2 : tensor<128x10xf32> = #dl.glorot_uniform<stream = 2>
dl.parameter @b2 : tensor<10xf32> = #dl.zeros

// Adam's first and second moments; the text is their name in checkpoints.
dl.slot @m_w1 for @w1 "adam.m" : tensor<784x128xf32> = #dl.zeros
dl.slot @v_w1 for @w1 "adam.v" : tensor<784x128xf32> = #dl.zeros
dl.slot @m_b1 for @b1 "adam.m" : tensor<128xf32> = #dl.zeros
dl.slot @v_b1 for @b1 "adam.v" : tensor<128xf32> = #dl.zeros
dl.slot @m_w2 for @w2 "adam.m" : tensor<128x10xf32> = #dl.zeros
dl.slot @v_w2 for @w2 "adam.v" : tensor<128x10xf32> = #dl.zeros
dl.slot @m_b2 for @b2 "adam.m" : tensor<10xf32> = #dl.zeros
dl.slot @v_b2 for @b2 "adam.v" : tensor<10xf32> = #dl.zeros

// The scores of the ten classes, before softmax; `%training` turns dropout on.
func.func private @logits(%image: tensor<?x28x28xui8>, %training: tensor<i1>) -> tensor<?x10xf32> {
  %seed = dl.seed : tensor<i64>
  %step = dl.step : tensor<i64>
  %bytes = dl.cast %image : (tensor<?x28x28xui8>) -> tensor<?x28x28xf32>
  %c255 = dl.constant dense<255.0> : tensor<f32>
  %x = dl.div %bytes, %c255 : (tensor<?x28x28xf32>, tensor<f32>) -> tensor<?x28x28xf32>
  %flat = dl.reshape %x {dims = ["batch", 784]} : (tensor<?x28x28xf32>) -> tensor<?x784xf32>

  %w1 = dl.read @w1 : tensor<784x128xf32>
  %b1 = dl.read @b1 : tensor<128xf32>
  %p1 = dl.matmul %flat, %w1 : (tensor<?x784xf32>, tensor<784x128xf32>) -> tensor<?x128xf32>
  %a1 = dl.add %p1, %b1 : (tensor<?x128xf32>, tensor<128xf32>) -> tensor<?x128xf32>
  %r1 = dl.relu %a1 : (tensor<?x128xf32>) -> tensor<?x128xf32>
  %d1 = dl.dropout %r1, %training, %seed, %step {rate = 0.2 : f64, stream = 3 : i64}
      : (tensor<?x128xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?x128xf32>

  %w2 = dl.read @w2 : tensor<128x10xf32>
  %b2 = dl.read @b2 : tensor<10xf32>
  %p2 = dl.matmul %d1, %w2 : (tensor<?x128xf32>, tensor<128x10xf32>) -> tensor<?x10xf32>
  %z = dl.add %p2, %b2 : (tensor<?x10xf32>, tensor<10xf32>) -> tensor<?x10xf32>
  return %z : tensor<?x10xf32>
}

// The probability of each class.
func.func @predict(%image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"})
    -> (tensor<?x10xf32> {dl.dims = ["batch", 10], dl.name = "probabilities"}) attributes {dl.entry} {
  %training = dl.constant dense<false> : tensor<i1>
  %z = func.call @logits(%image, %training) : (tensor<?x28x28xui8>, tensor<i1>) -> tensor<?x10xf32>
  %p = dl.softmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>
  return %p : tensor<?x10xf32>
}

// One step of Adam; the loss is the mean over the batch, before the step.
func.func @train_step(
    %image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"},
    %rate: tensor<f32> {dl.hyper, dl.default = 1.0e-3 : f32, dl.name = "learning_rate"})
    -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %g:4 = dl.gradient wrt(@w1, @b1, @w2, @b2) {
    %training = dl.constant dense<true> : tensor<i1>
    %z = func.call @logits(%image, %training) : (tensor<?x28x28xui8>, tensor<i1>) -> tensor<?x10xf32>
    %l = dl.cross_entropy %z, %label : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<784x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>
  %step = dl.step : tensor<i64>

  %w1 = dl.read @w1 : tensor<784x128xf32>
  %m_w1 = dl.read @m_w1 : tensor<784x128xf32>
  %v_w1 = dl.read @v_w1 : tensor<784x128xf32>
  %w1_next, %m_w1_next, %v_w1_next = dl.adam %w1, %g#0, %m_w1, %v_w1, %rate, %step
      : (tensor<784x128xf32>, tensor<784x128xf32>, tensor<784x128xf32>, tensor<784x128xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<784x128xf32>, tensor<784x128xf32>, tensor<784x128xf32>)
  dl.write @w1, %w1_next : tensor<784x128xf32>
  dl.write @m_w1, %m_w1_next : tensor<784x128xf32>
  dl.write @v_w1, %v_w1_next : tensor<784x128xf32>

  %b1 = dl.read @b1 : tensor<128xf32>
  %m_b1 = dl.read @m_b1 : tensor<128xf32>
  %v_b1 = dl.read @v_b1 : tensor<128xf32>
  %b1_next, %m_b1_next, %v_b1_next = dl.adam %b1, %g#1, %m_b1, %v_b1, %rate, %step
      : (tensor<128xf32>, tensor<128xf32>, tensor<128xf32>, tensor<128xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<128xf32>, tensor<128xf32>, tensor<128xf32>)
  dl.write @b1, %b1_next : tensor<128xf32>
  dl.write @m_b1, %m_b1_next : tensor<128xf32>
  dl.write @v_b1, %v_b1_next : tensor<128xf32>

  %w2 = dl.read @w2 : tensor<128x10xf32>
  %m_w2 = dl.read @m_w2 : tensor<128x10xf32>
  %v_w2 = dl.read @v_w2 : tensor<128x10xf32>
  %w2_next, %m_w2_next, %v_w2_next = dl.adam %w2, %g#2, %m_w2, %v_w2, %rate, %step
      : (tensor<128x10xf32>, tensor<128x10xf32>, tensor<128x10xf32>, tensor<128x10xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<128x10xf32>, tensor<128x10xf32>, tensor<128x10xf32>)
  dl.write @w2, %w2_next : tensor<128x10xf32>
  dl.write @m_w2, %m_w2_next : tensor<128x10xf32>
  dl.write @v_w2, %v_w2_next : tensor<128x10xf32>

  %b2 = dl.read @b2 : tensor<10xf32>
  %m_b2 = dl.read @m_b2 : tensor<10xf32>
  %v_b2 = dl.read @v_b2 : tensor<10xf32>
  %b2_next, %m_b2_next, %v_b2_next = dl.adam %b2, %g#3, %m_b2, %v_b2, %rate, %step
      : (tensor<10xf32>, tensor<10xf32>, tensor<10xf32>, tensor<10xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<10xf32>, tensor<10xf32>, tensor<10xf32>)
  dl.write @b2, %b2_next : tensor<10xf32>
  dl.write @m_b2, %m_b2_next : tensor<10xf32>
  dl.write @v_b2, %v_b2_next : tensor<10xf32>

  return %loss : tensor<f32>
}

// Sums over the batch, so that metrics of a data set do not depend on how it is cut.
func.func @evaluate(
    %image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"})
    -> (tensor<f32> {dl.name = "loss"}, tensor<i64> {dl.name = "hits"}) attributes {dl.entry} {
  %training = dl.constant dense<false> : tensor<i1>
  %z = func.call @logits(%image, %training) : (tensor<?x28x28xui8>, tensor<i1>) -> tensor<?x10xf32>
  %loss = dl.cross_entropy %z, %label {sum} : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
  %best = dl.argmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?xi64>
  %wanted = dl.cast %label : (tensor<?xui8>) -> tensor<?xi64>
  %hit = dl.compare eq, %best, %wanted : (tensor<?xi64>, tensor<?xi64>) -> tensor<?xi1>
  %one = dl.cast %hit : (tensor<?xi1>) -> tensor<?xi64>
  %hits = dl.reduce_sum %one {axes = array<i64: 0>} : (tensor<?xi64>) -> tensor<i64>
  return %loss, %hits : tensor<f32>, tensor<i64>
}
