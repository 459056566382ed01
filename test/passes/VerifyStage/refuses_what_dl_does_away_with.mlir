// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-stage=stage=dl --verify-diagnostics
dl.parameter @w : tensor<f32> = #dl.ones
// expected-error @below {{may not exist after stage 'dl'}}
func.func private @helper(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'func.call' op may not exist after stage 'dl'}}
  %y = func.call @helper(%x) : (tensor<f32>) -> tensor<f32>
  // expected-error @below {{'dl.read' op may not exist after stage 'dl'}}
  %w = dl.read @w : tensor<f32>
  // expected-error @below {{'dl.write' op may not exist after stage 'dl'}}
  dl.write @w, %y : tensor<f32>
  // expected-error @below {{'dl.seed' op may not exist after stage 'dl'}}
  %seed = dl.seed : tensor<i64>
  // expected-error @below {{'dl.step' op may not exist after stage 'dl'}}
  %step = dl.step : tensor<i64>
  // expected-error @below {{'dl.gradient' op may not exist after stage 'dl'}}
  %l, %g = dl.gradient wrt(%x : tensor<f32>) {
    dl.yield %x : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %g : tensor<f32>
}
