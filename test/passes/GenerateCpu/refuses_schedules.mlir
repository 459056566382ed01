// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(generate-cpu))' --split-input-file --verify-diagnostics
// What a user wrote and no generator can obey is refused by kernel and field.
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'dl.kernel' op @k: schedule has generator = 'nest', expected 'contract' for its root}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "nest", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has generator = 'contract', expected 'nest' for a kernel without root}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.exp %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has lanes = 3, expected a power of two up to the 8 lanes of the target's vectors}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 3, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has lanes = 16, expected a power of two up to the 8 lanes}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 16, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has rows = 0, expected 1 to 64}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 0, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has vectors = 65, expected 1 to 64}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 65, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has unroll = -1, expected 1 to 64}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = -1, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has grain = 0, expected the units of work of a task, at least 1}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 0, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has block_m = -8, expected 0 (none) or a number of rows}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = -8, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has prefetch = -1, expected 0 to 4096 steps}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = -1>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has pack = 'sideways', expected 'direct', 'panel' or 'prepared'}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "sideways", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has pack = 'prepared', nothing packs the operand ahead}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "prepared", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{@k: schedule has pack = 'direct', expected 'panel': the operand's columns do not lie side by side in memory}}
  dl.kernel @k attributes {argument_dims = [[4, 8], [8, 8]], schedule = #dl.schedule<generator = "contract", lanes = 8, rows = 6, vectors = 2, unroll = 2, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>):
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 1>} : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    dl.yield %y : tensor<4x8xf32>
  }
}
