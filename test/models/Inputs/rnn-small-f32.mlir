// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The model of the step-by-step references (tools/references/steps.py): 16 tanh units over the rows,
// no dropout. The f32 and f64 files differ in the element type alone.

dl.parameter @wx : tensor<28x16xf32> = #dl.glorot_uniform<stream = 1>
dl.parameter @wh : tensor<16x16xf32> = #dl.glorot_uniform<stream = 2>
dl.parameter @bh : tensor<16xf32> = #dl.zeros
dl.parameter @w : tensor<16x10xf32> = #dl.glorot_uniform<stream = 3>
dl.parameter @b : tensor<10xf32> = #dl.zeros

// Adam's first and second moments; the text is their name in checkpoints.
dl.slot @m_wx for @wx "adam.m" : tensor<28x16xf32> = #dl.zeros
dl.slot @v_wx for @wx "adam.v" : tensor<28x16xf32> = #dl.zeros
dl.slot @m_wh for @wh "adam.m" : tensor<16x16xf32> = #dl.zeros
dl.slot @v_wh for @wh "adam.v" : tensor<16x16xf32> = #dl.zeros
dl.slot @m_bh for @bh "adam.m" : tensor<16xf32> = #dl.zeros
dl.slot @v_bh for @bh "adam.v" : tensor<16xf32> = #dl.zeros
dl.slot @m_w for @w "adam.m" : tensor<16x10xf32> = #dl.zeros
dl.slot @v_w for @w "adam.v" : tensor<16x10xf32> = #dl.zeros
dl.slot @m_b for @b "adam.m" : tensor<10xf32> = #dl.zeros
dl.slot @v_b for @b "adam.v" : tensor<10xf32> = #dl.zeros

// The scores of the ten classes, before softmax.
func.func private @logits(%image: tensor<?x?x28xui8>) -> tensor<?x10xf32> {
  %bytes = dl.cast %image : (tensor<?x?x28xui8>) -> tensor<?x?x28xf32>
  %c255 = dl.constant dense<255.0> : tensor<f32>
  %x = dl.div %bytes, %c255 : (tensor<?x?x28xf32>, tensor<f32>) -> tensor<?x?x28xf32>
  %rows = dl.transpose %x {permutation = array<i64: 1, 0, 2>} : (tensor<?x?x28xf32>) -> tensor<?x?x28xf32>

  %wx = dl.read @wx : tensor<28x16xf32>
  %wh = dl.read @wh : tensor<16x16xf32>
  %bh = dl.read @bh : tensor<16xf32>
  %zero = dl.constant dense<0.0> : tensor<f32>
  %h0 = dl.broadcast %zero {dims = ["batch", 16]} : (tensor<f32>) -> tensor<?x16xf32>
  %h = dl.scan init(%h0) over(%rows) with(%wx, %wh, %bh) length "time" {
  ^bb0(%before: tensor<?x16xf32>, %row: tensor<?x28xf32>, %ux: tensor<28x16xf32>, %uh: tensor<16x16xf32>, %ub: tensor<16xf32>):
    %px = dl.matmul %row, %ux : (tensor<?x28xf32>, tensor<28x16xf32>) -> tensor<?x16xf32>
    %ph = dl.matmul %before, %uh : (tensor<?x16xf32>, tensor<16x16xf32>) -> tensor<?x16xf32>
    %sum = dl.add %px, %ph : (tensor<?x16xf32>, tensor<?x16xf32>) -> tensor<?x16xf32>
    %biased = dl.add %sum, %ub : (tensor<?x16xf32>, tensor<16xf32>) -> tensor<?x16xf32>
    %after = dl.tanh %biased : (tensor<?x16xf32>) -> tensor<?x16xf32>
    dl.yield %after : tensor<?x16xf32>
  } : (tensor<?x16xf32>, tensor<?x?x28xf32>, tensor<28x16xf32>, tensor<16x16xf32>, tensor<16xf32>) -> tensor<?x16xf32>

  %w = dl.read @w : tensor<16x10xf32>
  %b = dl.read @b : tensor<10xf32>
  %p = dl.matmul %h, %w : (tensor<?x16xf32>, tensor<16x10xf32>) -> tensor<?x10xf32>
  %z = dl.add %p, %b : (tensor<?x10xf32>, tensor<10xf32>) -> tensor<?x10xf32>
  return %z : tensor<?x10xf32>
}

// The probability of each class.
func.func @predict(%image: tensor<?x?x28xui8> {dl.dims = ["batch", "time", 28], dl.name = "image"})
    -> (tensor<?x10xf32> {dl.dims = ["batch", 10], dl.name = "probabilities"}) attributes {dl.entry} {
  %z = func.call @logits(%image) : (tensor<?x?x28xui8>) -> tensor<?x10xf32>
  %p = dl.softmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?x10xf32>
  return %p : tensor<?x10xf32>
}

// One step of Adam; the loss is the mean over the batch, before the step.
func.func @train_step(
    %image: tensor<?x?x28xui8> {dl.dims = ["batch", "time", 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"},
    %rate: tensor<f32> {dl.hyper, dl.default = 1.0e-3 : f32, dl.name = "learning_rate"})
    -> (tensor<f32> {dl.name = "loss"}) attributes {dl.entry} {
  %loss, %g:5 = dl.gradient wrt(@wx, @wh, @bh, @w, @b) {
    %z = func.call @logits(%image) : (tensor<?x?x28xui8>) -> tensor<?x10xf32>
    %l = dl.cross_entropy %z, %label : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<28x16xf32>, tensor<16x16xf32>, tensor<16xf32>, tensor<16x10xf32>, tensor<10xf32>
  %step = dl.step : tensor<i64>

  %wx = dl.read @wx : tensor<28x16xf32>
  %m_wx = dl.read @m_wx : tensor<28x16xf32>
  %v_wx = dl.read @v_wx : tensor<28x16xf32>
  %wx_next, %m_wx_next, %v_wx_next = dl.adam %wx, %g#0, %m_wx, %v_wx, %rate, %step
      : (tensor<28x16xf32>, tensor<28x16xf32>, tensor<28x16xf32>, tensor<28x16xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<28x16xf32>, tensor<28x16xf32>, tensor<28x16xf32>)
  dl.write @wx, %wx_next : tensor<28x16xf32>
  dl.write @m_wx, %m_wx_next : tensor<28x16xf32>
  dl.write @v_wx, %v_wx_next : tensor<28x16xf32>

  %wh = dl.read @wh : tensor<16x16xf32>
  %m_wh = dl.read @m_wh : tensor<16x16xf32>
  %v_wh = dl.read @v_wh : tensor<16x16xf32>
  %wh_next, %m_wh_next, %v_wh_next = dl.adam %wh, %g#1, %m_wh, %v_wh, %rate, %step
      : (tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>)
  dl.write @wh, %wh_next : tensor<16x16xf32>
  dl.write @m_wh, %m_wh_next : tensor<16x16xf32>
  dl.write @v_wh, %v_wh_next : tensor<16x16xf32>

  %bh = dl.read @bh : tensor<16xf32>
  %m_bh = dl.read @m_bh : tensor<16xf32>
  %v_bh = dl.read @v_bh : tensor<16xf32>
  %bh_next, %m_bh_next, %v_bh_next = dl.adam %bh, %g#2, %m_bh, %v_bh, %rate, %step
      : (tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<16xf32>, tensor<16xf32>, tensor<16xf32>)
  dl.write @bh, %bh_next : tensor<16xf32>
  dl.write @m_bh, %m_bh_next : tensor<16xf32>
  dl.write @v_bh, %v_bh_next : tensor<16xf32>

  %w = dl.read @w : tensor<16x10xf32>
  %m_w = dl.read @m_w : tensor<16x10xf32>
  %v_w = dl.read @v_w : tensor<16x10xf32>
  %w_next, %m_w_next, %v_w_next = dl.adam %w, %g#3, %m_w, %v_w, %rate, %step
      : (tensor<16x10xf32>, tensor<16x10xf32>, tensor<16x10xf32>, tensor<16x10xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<16x10xf32>, tensor<16x10xf32>, tensor<16x10xf32>)
  dl.write @w, %w_next : tensor<16x10xf32>
  dl.write @m_w, %m_w_next : tensor<16x10xf32>
  dl.write @v_w, %v_w_next : tensor<16x10xf32>

  %b = dl.read @b : tensor<10xf32>
  %m_b = dl.read @m_b : tensor<10xf32>
  %v_b = dl.read @v_b : tensor<10xf32>
  %b_next, %m_b_next, %v_b_next = dl.adam %b, %g#4, %m_b, %v_b, %rate, %step
      : (tensor<10xf32>, tensor<10xf32>, tensor<10xf32>, tensor<10xf32>, tensor<f32>, tensor<i64>)
      -> (tensor<10xf32>, tensor<10xf32>, tensor<10xf32>)
  dl.write @b, %b_next : tensor<10xf32>
  dl.write @m_b, %m_b_next : tensor<10xf32>
  dl.write @v_b, %v_b_next : tensor<10xf32>

  return %loss : tensor<f32>
}

// Sums over the batch, so that metrics of a data set do not depend on how it is cut.
func.func @evaluate(
    %image: tensor<?x?x28xui8> {dl.dims = ["batch", "time", 28], dl.name = "image"},
    %label: tensor<?xui8> {dl.dims = ["batch"], dl.name = "label"})
    -> (tensor<f32> {dl.name = "loss"}, tensor<i64> {dl.name = "hits"}) attributes {dl.entry} {
  %z = func.call @logits(%image) : (tensor<?x?x28xui8>) -> tensor<?x10xf32>
  %loss = dl.cross_entropy %z, %label {sum} : (tensor<?x10xf32>, tensor<?xui8>) -> tensor<f32>
  %best = dl.argmax %z {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?xi64>
  %wanted = dl.cast %label : (tensor<?xui8>) -> tensor<?xi64>
  %hit = dl.compare eq, %best, %wanted : (tensor<?xi64>, tensor<?xi64>) -> tensor<?xi1>
  %one = dl.cast %hit : (tensor<?xi1>) -> tensor<?xi64>
  %hits = dl.reduce_sum %one {axes = array<i64: 0>} : (tensor<?xi64>) -> tensor<i64>
  return %loss, %hits : tensor<f32>, tensor<i64>
}
