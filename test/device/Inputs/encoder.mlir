// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A layer of a text encoder, as minilm's: table, attention of three heads, two
// layer norms, gelu. Sequences of any length; tests make it one in bf16, too.
dl.parameter @table : tensor<100x48xf32> = #dl.glorot_uniform<stream = 1>
dl.parameter @qkv : tensor<3x48x48xf32> = #dl.glorot_uniform<stream = 2>
dl.parameter @mix : tensor<48x48xf32> = #dl.glorot_uniform<stream = 3>
dl.parameter @up : tensor<48x104xf32> = #dl.glorot_uniform<stream = 4>
dl.parameter @down : tensor<104x48xf32> = #dl.glorot_uniform<stream = 5>
dl.parameter @scale : tensor<48xf32> = #dl.ones
dl.parameter @shift : tensor<48xf32> = #dl.zeros

func.func private @projected(%x: tensor<?x?x48xf32>, %w: tensor<1x48x48xf32>) -> tensor<?x3x?x16xf32> {
  %m = dl.reshape %w {dims = [48, 48]} : (tensor<1x48x48xf32>) -> tensor<48x48xf32>
  %p = dl.matmul %x, %m : (tensor<?x?x48xf32>, tensor<48x48xf32>) -> tensor<?x?x48xf32>
  %h = dl.reshape %p {dims = ["n", "s", 3, 16]} : (tensor<?x?x48xf32>) -> tensor<?x?x3x16xf32>
  %t = dl.transpose %h {permutation = array<i64: 0, 2, 1, 3>} : (tensor<?x?x3x16xf32>) -> tensor<?x3x?x16xf32>
  return %t : tensor<?x3x?x16xf32>
}

func.func private @attention(%x: tensor<?x?x48xf32>) -> tensor<?x?x48xf32> {
  %w = dl.read @qkv : tensor<3x48x48xf32>
  %wq = dl.slice %w {starts = [0, 0, 0], dims = [1, 48, 48], strides = array<i64: 1, 1, 1>} : (tensor<3x48x48xf32>) -> tensor<1x48x48xf32>
  %wk = dl.slice %w {starts = [1, 0, 0], dims = [1, 48, 48], strides = array<i64: 1, 1, 1>} : (tensor<3x48x48xf32>) -> tensor<1x48x48xf32>
  %wv = dl.slice %w {starts = [2, 0, 0], dims = [1, 48, 48], strides = array<i64: 1, 1, 1>} : (tensor<3x48x48xf32>) -> tensor<1x48x48xf32>
  %q = func.call @projected(%x, %wq) : (tensor<?x?x48xf32>, tensor<1x48x48xf32>) -> tensor<?x3x?x16xf32>
  %k = func.call @projected(%x, %wk) : (tensor<?x?x48xf32>, tensor<1x48x48xf32>) -> tensor<?x3x?x16xf32>
  %v = func.call @projected(%x, %wv) : (tensor<?x?x48xf32>, tensor<1x48x48xf32>) -> tensor<?x3x?x16xf32>
  %z = dl.contract %q, %k {lhs_batch = array<i64: 0, 1>, rhs_batch = array<i64: 0, 1>, lhs_contract = array<i64: 3>, rhs_contract = array<i64: 3>} : (tensor<?x3x?x16xf32>, tensor<?x3x?x16xf32>) -> tensor<?x3x?x?xf32>
  %root = dl.constant dense<0.25> : tensor<f32>
  %scaled = dl.mul %z, %root : (tensor<?x3x?x?xf32>, tensor<f32>) -> tensor<?x3x?x?xf32>
  %p = dl.softmax %scaled {axis = 3 : i64} : (tensor<?x3x?x?xf32>) -> tensor<?x3x?x?xf32>
  %y = dl.matmul %p, %v : (tensor<?x3x?x?xf32>, tensor<?x3x?x16xf32>) -> tensor<?x3x?x16xf32>
  %t = dl.transpose %y {permutation = array<i64: 0, 2, 1, 3>} : (tensor<?x3x?x16xf32>) -> tensor<?x?x3x16xf32>
  %r = dl.reshape %t {dims = ["n", "s", 48]} : (tensor<?x?x3x16xf32>) -> tensor<?x?x48xf32>
  return %r : tensor<?x?x48xf32>
}

func.func private @normalised(%x: tensor<?x?x48xf32>, %y: tensor<?x?x48xf32>) -> tensor<?x?x48xf32> {
  %scale = dl.read @scale : tensor<48xf32>
  %shift = dl.read @shift : tensor<48xf32>
  %sum = dl.add %x, %y : (tensor<?x?x48xf32>, tensor<?x?x48xf32>) -> tensor<?x?x48xf32>
  %r = dl.layer_norm %sum, %scale, %shift {axis = 2 : i64, epsilon = 1.0e-5 : f64} : (tensor<?x?x48xf32>, tensor<48xf32>, tensor<48xf32>) -> tensor<?x?x48xf32>
  return %r : tensor<?x?x48xf32>
}

func.func @predict(%ids: tensor<?x?xi64> {dl.dims = ["n", "s"]}) -> (tensor<?x?x48xf32> {dl.name = "y"}) attributes {dl.entry} {
  %table = dl.read @table : tensor<100x48xf32>
  %x = dl.gather %table, %ids {axis = 0 : i64} : (tensor<100x48xf32>, tensor<?x?xi64>) -> tensor<?x?x48xf32>
  %a = func.call @attention(%x) : (tensor<?x?x48xf32>) -> tensor<?x?x48xf32>
  %mix = dl.read @mix : tensor<48x48xf32>
  %m = dl.matmul %a, %mix : (tensor<?x?x48xf32>, tensor<48x48xf32>) -> tensor<?x?x48xf32>
  %h = func.call @normalised(%x, %m) : (tensor<?x?x48xf32>, tensor<?x?x48xf32>) -> tensor<?x?x48xf32>
  %up = dl.read @up : tensor<48x104xf32>
  %u = dl.matmul %h, %up : (tensor<?x?x48xf32>, tensor<48x104xf32>) -> tensor<?x?x104xf32>
  %g = dl.gelu %u : (tensor<?x?x104xf32>) -> tensor<?x?x104xf32>
  %down = dl.read @down : tensor<104x48xf32>
  %d = dl.matmul %g, %down : (tensor<?x?x104xf32>, tensor<104x48xf32>) -> tensor<?x?x48xf32>
  %r = func.call @normalised(%h, %d) : (tensor<?x?x48xf32>, tensor<?x?x48xf32>) -> tensor<?x?x48xf32>
  return %r : tensor<?x?x48xf32>
}
