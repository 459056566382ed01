// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A schedule of a user's own is checked before it is obeyed.
// RUN: dlc-opt %s --split-input-file --generate-gpu --verify-diagnostics

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has blocks of 100 threads: expected whole warps of 32, 1024 at most}}
  dl.kernel @threads attributes {argument_dims = [["n"]], schedule = #dl.schedule<generator = "nest", lanes = 4, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 100, prefetch = 0>} {
  ^bb0(%x: tensor<?xf32>):
    %y = dl.neg %x : (tensor<?xf32>) -> tensor<?xf32>
    dl.yield %y : tensor<?xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has 48 threads of 256 to a row: expected a power of two up to a warp, or the block}}
  dl.kernel @share attributes {argument_dims = [["n", 64]], schedule = #dl.schedule<generator = "nest", lanes = 4, rows = 48, vectors = 0, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0>} {
  ^bb0(%x: tensor<?x64xf32>):
    %y = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<?x64xf32>) -> tensor<?xf32>
    dl.yield %y : tensor<?xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule names generator 'cumsum', which is not its root's}}
  dl.kernel @other attributes {argument_dims = [["n"]], schedule = #dl.schedule<generator = "cumsum", lanes = 1, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0>} {
  ^bb0(%x: tensor<?xf32>):
    %y = dl.neg %x : (tensor<?xf32>) -> tensor<?xf32>
    dl.yield %y : tensor<?xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has a tile, and nothing is transposed}}
  dl.kernel @straight attributes {argument_dims = [[64, 64]], schedule = #dl.schedule<generator = "nest", lanes = 4, rows = 1, vectors = 1, unroll = 1, block_m = 32, block_k = 0, pack = "direct", grain = 256, prefetch = 0>} {
  ^bb0(%x: tensor<64x64xf32>):
    %y = dl.neg %x : (tensor<64x64xf32>) -> tensor<64x64xf32>
    dl.yield %y : tensor<64x64xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule does not share a tile of 16 x 16 in vectors of 4 among 256 threads evenly}}
  dl.kernel @turned attributes {argument_dims = [[64, 64]], schedule = #dl.schedule<generator = "nest", lanes = 4, rows = 1, vectors = 1, unroll = 1, block_m = 16, block_k = 0, pack = "direct", grain = 256, prefetch = 0>} {
  ^bb0(%x: tensor<64x64xf32>):
    %y = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<64x64xf32>) -> tensor<64x64xf32>
    dl.yield %y : tensor<64x64xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule cuts sums into 4 parts: expected 1, or reductions that hold no row in registers}}
  dl.kernel @cut attributes {argument_dims = [[64, 64]], schedule = #dl.schedule<generator = "nest", lanes = 4, rows = 32, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0, parts = 4>} {
  ^bb0(%x: tensor<64x64xf32>):
    %y = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<64x64xf32>) -> tensor<64xf32>
    dl.yield %y : tensor<64xf32>
  }
}
