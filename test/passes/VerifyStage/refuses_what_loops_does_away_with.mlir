// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-stage=stage=loops --split-input-file --verify-diagnostics
// Kernels are code over buffers, functions have a memory plan.
#schedule = #dl.schedule<generator = "nest", lanes = 8, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'dl.kernel' op may not exist after stage 'loops'}}
  dl.kernel @k attributes {argument_dims = [[4, 4]], schedule = #schedule} {
  ^bb0(%x: tensor<4x4xf32>):
    %y = dl.add %x, %x : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    dl.yield %y : tensor<4x4xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'func.func' op has no memory plan after stage 'loops'}}
  func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
    return %x : tensor<f32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'func.func' op may not take or return tensors after stage 'loops'}}
  func.func @entry(%x: tensor<f32>) -> tensor<f32> {
    return %x : tensor<f32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  func.func @f() {
    // expected-error @below {{'dl.constant' op may not compute with tensors after stage 'loops'}}
    %x = dl.constant dense<1.0> : tensor<f32>
    return
  }
}

// -----
// expected-error @below {{'func.func' op may not stand outside of a variant after stage 'loops'}}
func.func @f() {
  return
}
