// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Activations: against differences, and against the gradient of their decomposition.

func.func @relu(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.relu %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @leaky_relu(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.leaky_relu %x {alpha = 0.1 : f64} : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @elu(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.elu %x {alpha = 0.7 : f64} : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @gelu(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.gelu %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @gelu_tanh(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.gelu %x {tanh} : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @silu(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.silu %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @softplus(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.softplus %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @hard_sigmoid(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-3.0, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.hard_sigmoid %x {alpha = 0.4 : f64, beta = 0.5 : f64} : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}
