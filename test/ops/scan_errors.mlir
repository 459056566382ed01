// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @steps_differ(%h: tensor<f32>, %xs: tensor<?xf32> {dl.dims = ["m"]}, %ys: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<1.0> : tensor<f32>, dense<[1.0, 2.0]> : tensor<2xf32>, dense<1.0> : tensor<1xf32>]} {
  // expected-error @below {{'dl.scan' op number of steps of sequence 1 is 1, expected 2}}
  %last = dl.scan init(%h) over(%xs, %ys) length "m" {
  ^bb0(%c: tensor<f32>, %x: tensor<f32>, %y: tensor<f32>):
    dl.yield %c : tensor<f32>
  } : (tensor<f32>, tensor<?xf32>, tensor<?xf32>) -> tensor<f32>
  return %last : tensor<f32>
}
