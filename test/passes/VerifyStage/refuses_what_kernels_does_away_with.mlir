// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-stage=stage=kernels --split-input-file --verify-diagnostics
// Functions launch, kernels compute: one root each, with a schedule.
// expected-error @below {{'func.func' op may not stand outside of a variant after stage 'kernels'}}
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  return %x : tensor<f32>
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'func.func' op may not exist after stage 'kernels'}}
  func.func private @helper(%x: tensor<f32>) -> tensor<f32> {
    return %x : tensor<f32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
    // expected-error @below {{'dl.exp' op may not stand outside of a kernel after stage 'kernels'}}
    %y = dl.exp %x : (tensor<f32>) -> tensor<f32>
    return %x : tensor<f32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
    // expected-error @below {{'dl.seed' op may not exist after stage 'kernels'}}
    %y = dl.seed : tensor<i64>
    return %x : tensor<f32>
  }
}

// -----
#schedule = #dl.schedule<generator = "nest", lanes = 8, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  dl.kernel @k attributes {argument_dims = [[4, 4]], schedule = #schedule} {
  ^bb0(%x: tensor<4x4xf32>):
    // expected-error @below {{'dl.softmax' op may not exist after stage 'kernels'}}
    %y = dl.softmax %x {axis = 1 : i64} : (tensor<4x4xf32>) -> tensor<4x4xf32>
    dl.yield %y : tensor<4x4xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'dl.kernel' op has no schedule after stage 'kernels'}}
  dl.kernel @k attributes {argument_dims = [[4, 4]]} {
  ^bb0(%x: tensor<4x4xf32>):
    %y = dl.add %x, %x : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    dl.yield %y : tensor<4x4xf32>
  }
}

// -----
#schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'dl.kernel' op has more than one root after stage 'kernels'}}
  dl.kernel @k attributes {argument_dims = [[4, 4]], schedule = #schedule} {
  ^bb0(%x: tensor<4x4xf32>):
    %a = dl.contract %x, %x {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    %y = dl.contract %a, %x {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    dl.yield %y : tensor<4x4xf32>
  }
}
