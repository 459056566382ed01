// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The model of the step-by-step references (tools/references/steps.py): convolutions of 4 and 8 channels,
// no dropout. The f32 and f64 files differ in the element type alone.

dl.parameter @k1 : tensor<4x1x3x3xf32> = #dl.he_uniform<stream = 1>
dl.parameter @c1 : tensor<4x1x1xf32> = #dl.zeros
dl.parameter @k2 : tensor<8x4x3x3xf32> = #dl.he_uniform<stream = 2>
dl.parameter @c2 : tensor<8x1x1xf32> = #dl.zeros
dl.parameter @w1 : tensor<200x10xf32> = #dl.glorot_uniform<stream = 3>
dl.parameter @b1 : tensor<10xf32> = #dl.zeros

// Adam's first and second moments; the text is their name in checkpoints.
dl.slot @m_k1 for @k1 "adam.m" : tensor<4x1x3x3xf32> = #dl.zeros
dl.slot @v_k1 for @k1 "adam.v" : tensor<4x1x3x3xf32> = #dl.zeros
dl.slot @m_c1 for @c1 "adam.m" : tensor<4x1x1xf32> = #dl.zeros
dl.slot @v_c1 for @c1 "adam.v" : tensor<4x1x1xf32> = #dl.zeros
dl.slot @m_k2 for @k2 "adam.m" : tensor<8x4x3x3xf32> = #dl.zeros
dl.slot @v_k2 for @k2 "adam.v" : tensor<8x4x3x3xf32> = #dl.zeros
dl.slot @m_c2 for @c2 "adam.m" : tensor<8x1x1xf32> = #dl.zeros
dl.slot @v_c2 for @c2 "adam.v" : tensor<8x1x1xf32> = #dl.zeros
dl.slot @m_w1 for @w1 "adam.m" : tensor<200x10xf32> = #dl.zeros
dl.slot @v_w1 for @w1 "adam.v" : tensor<200x10xf32> = #dl.zeros
dl.slot @m_b1 for @b1 "adam.m" : tensor<10xf32> = #dl.zeros
dl.slot @v_b1 for @b1 "adam.v" : tensor<10xf32> = #dl.zeros

// The scores of the ten classes, before softmax.
func.func private @logits(%image: tensor<?x28x28xui8>) -> tensor<?x10xf32> {
  %bytes = dl.cast %image : (tensor<?x28x28xui8>) -> tensor<?x28x28xf32>
  %c255 = dl.constant dense<255.0> : tensor<f32>
  %x = dl.div %bytes, %c255 : (tensor<?x28x28xf32>, tensor<f32>) -> tensor<?x28x28xf32>
  %x0 = dl.reshape %x {dims = ["batch", 1, 28, 28]} : (tensor<?x28x28xf32>) -> tensor<?x1x28x28xf32>

  %k1 = dl.read @k1 : tensor<4x1x3x3xf32>
  %c1 = dl.read @c1 : tensor<4x1x1xf32>
  %y1 = dl.conv %x0, %k1 {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>}
      : (tensor<?x1x28x28xf32>, tensor<4x1x3x3xf32>) -> tensor<?x4x26x26xf32>
  %s1 = dl.add %y1, %c1 : (tensor<?x4x26x26xf32>, tensor<4x1x1xf32>) -> tensor<?x4x26x26xf32>
  %t1 = dl.relu %s1 : (tensor<?x4x26x26xf32>) -> tensor<?x4x26x26xf32>
  %x1 = dl.max_pool %t1 {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>}
      : (tensor<?x4x26x26xf32>) -> tensor<?x4x13x13xf32>

  %k2 = dl.read @k2 : tensor<8x4x3x3xf32>
  %c2 = dl.read @c2 : tensor<8x1x1xf32>
  %y2 = dl.conv %x1, %k2 {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>}
      : (tensor<?x4x13x13xf32>, tensor<8x4x3x3xf32>) -> tensor<?x8x11x11xf32>
  %s2 = dl.add %y2, %c2 : (tensor<?x8x11x11xf32>, tensor<8x1x1xf32>) -> tensor<?x8x11x11xf32>
  %t2 = dl.relu %s2 : (tensor<?x8x11x11xf32>) -> tensor<?x8x11x11xf32>
  %x2 = dl.max_pool %t2 {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>}
      : (tensor<?x8x11x11xf32>) -> tensor<?x8x5x5xf32>

  %flat = dl.reshape %x2 {dims = ["batch", 200]} : (tensor<?x8x5x5xf32>) -> tensor<?x200xf32>
  %w1 = dl.read @w1 : tensor<200x10xf32>
  %b1 = dl.read @b1 : tensor<10xf32>
  %p1 = dl.matmul %flat, %w1 : (tensor<?x200xf32>, tensor<200x10xf32>) -> tensor<?x10xf32>
  %z = dl.add %p1, %b1 : (tensor<?x10xf32>, tensor<10xf32>) -> tensor<?x10xf32>
  return %z : tensor<?x10xf32>
}

// The probability of each class.
func.func @predict(%image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"})
    -> (tensor<?x10xf32> {dl.dims = ["batch", 10], dl.name = "probabilities"}) attributes {dl.entry} {
  %z = func.call @logits(%image) : (tensor<?x28x28xui8>) -> tensor<?x10xf32>
  %p = dl.softmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>
  return %p : tensor<?x10xf32>
}

// One step of Adam; the loss is the mean over the batch, before the step.
func.func @train_step(
    %image: tensor<?x28x28xui8> {dl.dims = ["batch", 28, 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"},
    %rate: tensor<f32> {dl.hyper, dl.default = 1.0e-3 : f32, dl.name = "learning_rate"})
    -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %g:6 = dl.gradient wrt(@k1, @c1, @k2, @c2, @w1, @b1) {
    %z = func.call @logits(%image) : (tensor<?x28x28xui8>) -> tensor<?x10xf32>
    %l = dl.cross_entropy %z, %label : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<4x1x3x3xf32>, tensor<4x1x1xf32>, tensor<8x4x3x3xf32>, tensor<8x1x1xf32>, tensor<200x10xf32>, tensor<10xf32>
  %step = dl.step : tensor<i64>

  %k1 = dl.read @k1 : tensor<4x1x3x3xf32>
  %m_k1 = dl.read @m_k1 : tensor<4x1x3x3xf32>
  %v_k1 = dl.read @v_k1 : tensor<4x1x3x3xf32>
  %k1_next, %m_k1_next, %v_k1_next = dl.adam %k1, %g#0, %m_k1, %v_k1, %rate, %step
      : (tensor<4x1x3x3xf32>, tensor<4x1x3x3xf32>, tensor<4x1x3x3xf32>, tensor<4x1x3x3xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<4x1x3x3xf32>, tensor<4x1x3x3xf32>, tensor<4x1x3x3xf32>)
  dl.write @k1, %k1_next : tensor<4x1x3x3xf32>
  dl.write @m_k1, %m_k1_next : tensor<4x1x3x3xf32>
  dl.write @v_k1, %v_k1_next : tensor<4x1x3x3xf32>

  %c1 = dl.read @c1 : tensor<4x1x1xf32>
  %m_c1 = dl.read @m_c1 : tensor<4x1x1xf32>
  %v_c1 = dl.read @v_c1 : tensor<4x1x1xf32>
  %c1_next, %m_c1_next, %v_c1_next = dl.adam %c1, %g#1, %m_c1, %v_c1, %rate, %step
      : (tensor<4x1x1xf32>, tensor<4x1x1xf32>, tensor<4x1x1xf32>, tensor<4x1x1xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<4x1x1xf32>, tensor<4x1x1xf32>, tensor<4x1x1xf32>)
  dl.write @c1, %c1_next : tensor<4x1x1xf32>
  dl.write @m_c1, %m_c1_next : tensor<4x1x1xf32>
  dl.write @v_c1, %v_c1_next : tensor<4x1x1xf32>

  %k2 = dl.read @k2 : tensor<8x4x3x3xf32>
  %m_k2 = dl.read @m_k2 : tensor<8x4x3x3xf32>
  %v_k2 = dl.read @v_k2 : tensor<8x4x3x3xf32>
  %k2_next, %m_k2_next, %v_k2_next = dl.adam %k2, %g#2, %m_k2, %v_k2, %rate, %step
      : (tensor<8x4x3x3xf32>, tensor<8x4x3x3xf32>, tensor<8x4x3x3xf32>, tensor<8x4x3x3xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<8x4x3x3xf32>, tensor<8x4x3x3xf32>, tensor<8x4x3x3xf32>)
  dl.write @k2, %k2_next : tensor<8x4x3x3xf32>
  dl.write @m_k2, %m_k2_next : tensor<8x4x3x3xf32>
  dl.write @v_k2, %v_k2_next : tensor<8x4x3x3xf32>

  %c2 = dl.read @c2 : tensor<8x1x1xf32>
  %m_c2 = dl.read @m_c2 : tensor<8x1x1xf32>
  %v_c2 = dl.read @v_c2 : tensor<8x1x1xf32>
  %c2_next, %m_c2_next, %v_c2_next = dl.adam %c2, %g#3, %m_c2, %v_c2, %rate, %step
      : (tensor<8x1x1xf32>, tensor<8x1x1xf32>, tensor<8x1x1xf32>, tensor<8x1x1xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<8x1x1xf32>, tensor<8x1x1xf32>, tensor<8x1x1xf32>)
  dl.write @c2, %c2_next : tensor<8x1x1xf32>
  dl.write @m_c2, %m_c2_next : tensor<8x1x1xf32>
  dl.write @v_c2, %v_c2_next : tensor<8x1x1xf32>

  %w1 = dl.read @w1 : tensor<200x10xf32>
  %m_w1 = dl.read @m_w1 : tensor<200x10xf32>
  %v_w1 = dl.read @v_w1 : tensor<200x10xf32>
  %w1_next, %m_w1_next, %v_w1_next = dl.adam %w1, %g#4, %m_w1, %v_w1, %rate, %step
      : (tensor<200x10xf32>, tensor<200x10xf32>, tensor<200x10xf32>, tensor<200x10xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<200x10xf32>, tensor<200x10xf32>, tensor<200x10xf32>)
  dl.write @w1, %w1_next : tensor<200x10xf32>
  dl.write @m_w1, %m_w1_next : tensor<200x10xf32>
  dl.write @v_w1, %v_w1_next : tensor<200x10xf32>

  %b1 = dl.read @b1 : tensor<10xf32>
  %m_b1 = dl.read @m_b1 : tensor<10xf32>
  %v_b1 = dl.read @v_b1 : tensor<10xf32>
  %b1_next, %m_b1_next, %v_b1_next = dl.adam %b1, %g#5, %m_b1, %v_b1, %rate, %step
      : (tensor<10xf32>, tensor<10xf32>, tensor<10xf32>, tensor<10xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<10xf32>, tensor<10xf32>, tensor<10xf32>)
  dl.write @b1, %b1_next : tensor<10xf32>
  dl.write @m_b1, %m_b1_next : tensor<10xf32>
  dl.write @v_b1, %v_b1_next : tensor<10xf32>

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
