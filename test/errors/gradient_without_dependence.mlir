// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(thread-state,func.func(differentiate))' --verify-diagnostics
// All parameters the loss does not depend on are named at once; what passes an
// integer or a stopped gradient does not count.
dl.parameter @used : tensor<f32> = #dl.ones
dl.parameter @unused : tensor<f32> = #dl.ones
dl.parameter @stopped : tensor<f32> = #dl.ones
func.func @entry(%x: tensor<f32> {dl.name = "x"}) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{has no gradient: the loss does not depend on @unused, @stopped, argument 'x'}}
  %loss, %g:4 = dl.gradient wrt(@used, @unused, @stopped, %x : tensor<f32>) {
    %u = dl.read @used : tensor<f32>
    %s = dl.read @stopped : tensor<f32>
    %t = dl.stop_gradient %s : (tensor<f32>) -> tensor<f32>
    %i = dl.cast %x : (tensor<f32>) -> tensor<i64>
    %f = dl.cast %i : (tensor<i64>) -> tensor<f32>
    %p = dl.mul %u, %t : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %q = dl.mul %p, %f : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %q : tensor<f32>
  } : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
  return %g#0 : tensor<f32>
}
