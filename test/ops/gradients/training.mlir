// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Optimizers are pure functions, so a step can be differentiated: with respect to the rate too.

func.func @sgd(%p: tensor<4xf64>, %g: tensor<4xf64>, %rate: tensor<f64>) -> tensor<4xf64> {
  %r0 = dl.sgd %p, %g, %rate : (tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @momentum(%p: tensor<4xf64>, %g: tensor<4xf64>, %v: tensor<4xf64>, %rate: tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1 = dl.momentum %p, %g, %v, %rate {momentum = 0.9 : f64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1 : tensor<4xf64>, tensor<4xf64>
}

func.func @momentum_nesterov(%p: tensor<4xf64>, %g: tensor<4xf64>, %v: tensor<4xf64>, %rate: tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1 = dl.momentum %p, %g, %v, %rate {momentum = 0.9 : f64, nesterov} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1 : tensor<4xf64>, tensor<4xf64>
}

func.func @adam(%p: tensor<4xf64>, %g: tensor<4xf64>, %m: tensor<4xf64>, %v: tensor<4xf64> {dl.range = [0.1, 1.0]}, %rate: tensor<f64>, %step: tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1, %r2 = dl.adam %p, %g, %m, %v, %rate, %step {epsilon = 1.0e-3 : f64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>, tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1, %r2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

func.func @adam_decoupled(%p: tensor<4xf64>, %g: tensor<4xf64>, %m: tensor<4xf64>, %v: tensor<4xf64> {dl.range = [0.1, 1.0]}, %rate: tensor<f64>, %step: tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1, %r2 = dl.adam %p, %g, %m, %v, %rate, %step {epsilon = 1.0e-3 : f64, decoupled} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>, tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1, %r2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

func.func @sgd_decayed(%p: tensor<4xf64>, %g: tensor<4xf64>, %rate: tensor<f64>) -> tensor<4xf64> {
  %r0 = dl.sgd %p, %g, %rate {weight_decay = 0.1 : f64} : (tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @momentum_decayed(%p: tensor<4xf64>, %g: tensor<4xf64>, %v: tensor<4xf64>, %rate: tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1 = dl.momentum %p, %g, %v, %rate {momentum = 0.9 : f64, weight_decay = 0.1 : f64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1 : tensor<4xf64>, tensor<4xf64>
}

func.func @momentum_decayed_nesterov(%p: tensor<4xf64>, %g: tensor<4xf64>, %v: tensor<4xf64>, %rate: tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1 = dl.momentum %p, %g, %v, %rate {momentum = 0.9 : f64, weight_decay = 0.1 : f64, nesterov} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1 : tensor<4xf64>, tensor<4xf64>
}

func.func @adam_decayed(%p: tensor<4xf64>, %g: tensor<4xf64>, %m: tensor<4xf64>, %v: tensor<4xf64> {dl.range = [0.1, 1.0]}, %rate: tensor<f64>, %step: tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1, %r2 = dl.adam %p, %g, %m, %v, %rate, %step {epsilon = 1.0e-3 : f64, weight_decay = 0.1 : f64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>, tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1, %r2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

func.func @adam_decayed_decoupled(%p: tensor<4xf64>, %g: tensor<4xf64>, %m: tensor<4xf64>, %v: tensor<4xf64> {dl.range = [0.1, 1.0]}, %rate: tensor<f64>, %step: tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r0, %r1, %r2 = dl.adam %p, %g, %m, %v, %rate, %step {epsilon = 1.0e-3 : f64, weight_decay = 0.1 : f64, decoupled} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>, tensor<i64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r0, %r1, %r2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}
