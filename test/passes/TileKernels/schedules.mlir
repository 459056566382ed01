// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,tile-kernels))' | FileCheck %s
// The register tile follows the number of vector registers; a schedule that is
// there already is kept.
// CHECK: dl.kernel @mine {{.*}}rows = 3,
// CHECK: dl.variant @wide
// CHECK: dl.kernel @f_0_contract {{.*}}generator = "contract", lanes = 16, rows = 14, vectors = 2
// CHECK: dl.variant @narrow
// CHECK: dl.kernel @f_0_contract {{.*}}generator = "contract", lanes = 8, rows = 6, vectors = 2
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,tile-kernels))' --remarks-filter=tiling -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: [Missed] Kept | Category:tiling | Function=mine
// REMARK: [Passed] Scheduled {{.*}}Remark="14 x 2 sums fit the 32 vector registers; {{.*}}; 2044 rows of 64 fill half of the second-level cache of 1048576 bytes"
// REMARK: [Passed] Scheduled {{.*}}Remark="6 x 2 sums fit the 16 vector registers;
dl.variant @tuned attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  dl.kernel @mine attributes {argument_dims = [[4]], schedule = #dl.schedule<generator = "nest", lanes = 4, rows = 3, vectors = 1, unroll = 1, block_m = 0, block_k = 0, pack = "direct", grain = 1, prefetch = 0>} {
  ^bb0(%x: tensor<4xf32>):
    dl.yield %x : tensor<4xf32>
  }
}
dl.variant @wide attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<?x64xf32> {dl.dims = ["batch", 64]}, %w: tensor<64x128xf32>) -> tensor<?x128xf32> attributes {dl.entry} {
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x64xf32>, tensor<64x128xf32>) -> tensor<?x128xf32>
    return %y : tensor<?x128xf32>
  }
}
dl.variant @narrow attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>} {
  func.func @f(%x: tensor<?x64xf32> {dl.dims = ["batch", 64]}, %w: tensor<64x128xf32>) -> tensor<?x128xf32> attributes {dl.entry} {
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x64xf32>, tensor<64x128xf32>) -> tensor<?x128xf32>
    return %y : tensor<?x128xf32>
  }
}

// A weight's gradient: tasks have whole rows of it (56 of 784, all 16 panels).
// CHECK: dl.variant @gradient
// CHECK: dl.kernel @f_0_contract {{.*}}generator = "contract", lanes = 16, rows = 14, vectors = 2, {{.*}}block_m = 56, {{.*}}grain = 16,
dl.variant @gradient attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<?x784xf32> {dl.dims = ["batch", 784]}, %g: tensor<?x512xf32> {dl.dims = ["batch", 512]}) -> tensor<784x512xf32> attributes {dl.entry} {
    %w = dl.contract %x, %g {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<?x784xf32>, tensor<?x512xf32>) -> tensor<784x512xf32>
    return %w : tensor<784x512xf32>
  }
}

// A deep layer's picture is one unit of rows: its panels of channels are what
// tasks share, a few at a time, as each task lays out the picture anew.
// CHECK: dl.variant @deep
// CHECK: dl.kernel @f_0_conv {{.*}}rows = 14, vectors = 2, {{.*}}block_m = 7, {{.*}}grain = 1,
dl.variant @deep attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<1x9x9x512xf32>, %w: tensor<3x3x512x512xf32>) -> tensor<1x7x7x512xf32> attributes {dl.entry} {
    %y = dl.conv %x, %w {channels_last, dilations = array<i64: 1, 1>, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<1x9x9x512xf32>, tensor<3x3x512x512xf32>) -> tensor<1x7x7x512xf32>
    return %y : tensor<1x7x7x512xf32>
  }
}

// Rows 4096 bytes apart are staged; a panel longer than half of the second cache
// level is summed in blocks.
// CHECK: dl.variant @long
// CHECK: dl.kernel @f_0_contract {{.*}}block_k = 4096, {{.*}}stage_rows = true
// CHECK: dl.kernel @g_0_contract {{.*}}block_k = 0, {{.*}}prefetch = 16>
dl.variant @long attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<?x8192xf32> {dl.dims = ["batch", 8192]}, %w: tensor<8192x128xf32>) -> tensor<?x128xf32> attributes {dl.entry} {
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x8192xf32>, tensor<8192x128xf32>) -> tensor<?x128xf32>
    return %y : tensor<?x128xf32>
  }
  func.func @g(%x: tensor<?x768xf32> {dl.dims = ["batch", 768]}, %w: tensor<768x128xf32>) -> tensor<?x128xf32> attributes {dl.entry} {
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x768xf32>, tensor<768x128xf32>) -> tensor<?x128xf32>
    return %y : tensor<?x128xf32>
  }
}
