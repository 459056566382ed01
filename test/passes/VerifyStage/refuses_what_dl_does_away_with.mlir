// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-stage=stage=dl --split-input-file --verify-diagnostics
// What users write and stage dl has expressed otherwise; and what later stages make.
// expected-error @below {{'func.func' op may not exist after stage 'dl'}}
func.func private @helper(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}

// -----
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'func.call' op may not exist after stage 'dl'}}
  %y = func.call @entry(%x) : (tensor<f32>) -> tensor<f32>
  return %x : tensor<f32>
}

// -----
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'dl.read' op may not exist after stage 'dl'}}
  %w = dl.read @w : tensor<f32>
  return %x : tensor<f32>
}

// -----
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'dl.write' op may not exist after stage 'dl'}}
  dl.write @w, %x : tensor<f32>
  return %x : tensor<f32>
}

// -----
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'dl.seed' op may not exist after stage 'dl'}}
  %seed = dl.seed : tensor<i64>
  return %x : tensor<f32>
}

// -----
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'dl.step' op may not exist after stage 'dl'}}
  %step = dl.step : tensor<i64>
  return %x : tensor<f32>
}

// -----
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{'dl.gradient' op may not exist after stage 'dl'}}
  %l, %g = dl.gradient wrt(%x : tensor<f32>) {
    dl.yield %x : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %x : tensor<f32>
}

// -----
// expected-error @below {{'dl.kernel' op may not exist after stage 'dl'}}
dl.kernel @k attributes {argument_dims = [[]]} {
^bb0(%x: tensor<f32>):
  dl.yield %x : tensor<f32>
}

// -----
// expected-error @below {{has a target whose vector_bits are no power of two from 64 to 4096 after stage 'dl'}}
module attributes {dl.targets = {v = #dl.target<arch = "x86_64", cpu = "", features = "", vector_bits = 0, vector_registers = 16, fma = true, l1 = 1, l2 = 1, features_mask = 0>}} {
}
