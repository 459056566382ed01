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

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has 3 lanes, which do not divide the channels, 8}}
  dl.kernel @grouped attributes {argument_dims = [["n", 9, 9, 8], [3, 3, 1, 8]], schedule = #dl.schedule<generator = "conv", lanes = 3, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0, parts = 1>} {
  ^bb0(%x: tensor<?x9x9x8xf32>, %w: tensor<3x3x1x8xf32>):
    %y = dl.conv %x, %w {channels_last, groups = 8 : i64, strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x9x9x8xf32>, tensor<3x3x1x8xf32>) -> tensor<?x7x7x8xf32>
    dl.yield %y : tensor<?x7x7x8xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has 9 places of a thread: expected 1 to 8}}
  dl.kernel @grouped attributes {argument_dims = [["n", 9, 9, 8], [3, 3, 1, 8]], schedule = #dl.schedule<generator = "conv", lanes = 4, rows = 9, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0, parts = 1>} {
  ^bb0(%x: tensor<?x9x9x8xf32>, %w: tensor<3x3x1x8xf32>):
    %y = dl.conv %x, %w {channels_last, groups = 8 : i64, strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x9x9x8xf32>, tensor<3x3x1x8xf32>) -> tensor<?x7x7x8xf32>
    dl.yield %y : tensor<?x7x7x8xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule cuts sums into 2 parts: expected 1 for a sum over a window}}
  dl.kernel @grouped attributes {argument_dims = [["n", 9, 9, 8], [3, 3, 1, 8]], schedule = #dl.schedule<generator = "conv", lanes = 4, rows = 1, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0, parts = 2>} {
  ^bb0(%x: tensor<?x9x9x8xf32>, %w: tensor<3x3x1x8xf32>):
    %y = dl.conv %x, %w {channels_last, groups = 8 : i64, strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x9x9x8xf32>, tensor<3x3x1x8xf32>) -> tensor<?x7x7x8xf32>
    dl.yield %y : tensor<?x7x7x8xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has 24 threads of 256 to a vector of channels: expected a power of two}}
  dl.kernel @grouped_filter attributes {argument_dims = [["n", 9, 9, 8], ["n", 7, 7, 8]], schedule = #dl.schedule<generator = "conv_filter_grad", lanes = 4, rows = 24, vectors = 9, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0>} {
  ^bb0(%x: tensor<?x9x9x8xf32>, %y: tensor<?x7x7x8xf32>):
    %w = dl.conv_filter_grad %x, %y {channels_last, groups = 8 : i64, strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>, dims = [3, 3, 1, 8]} : (tensor<?x9x9x8xf32>, tensor<?x7x7x8xf32>) -> tensor<3x3x1x8xf32>
    dl.yield %w : tensor<3x3x1x8xf32>
  }
}

// -----

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  // expected-error @+1 {{schedule has 0 taps of a thread and 1 parts: expected 1 to 32, and 1 at least}}
  dl.kernel @grouped_filter attributes {argument_dims = [["n", 9, 9, 8], ["n", 7, 7, 8]], schedule = #dl.schedule<generator = "conv_filter_grad", lanes = 4, rows = 32, vectors = 0, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 256, prefetch = 0>} {
  ^bb0(%x: tensor<?x9x9x8xf32>, %y: tensor<?x7x7x8xf32>):
    %w = dl.conv_filter_grad %x, %y {channels_last, groups = 8 : i64, strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>, dims = [3, 3, 1, 8]} : (tensor<?x9x9x8xf32>, tensor<?x7x7x8xf32>) -> tensor<3x3x1x8xf32>
    dl.yield %w : tensor<3x3x1x8xf32>
  }
}
