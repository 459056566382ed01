// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,split-prepare))' | FileCheck %s
// What two entries compute from parameters alone is prepared once; an entry
// that writes state keeps it.
// CHECK-LABEL: func.func @predict
// CHECK-SAME: dl.prepared = 0 : i64
// CHECK-COUNT-1: dl.launch
// CHECK-LABEL: func.func @score
// CHECK-SAME: dl.prepared = 0 : i64
// CHECK-LABEL: func.func @train
// CHECK-NOT: dl.prepared
// CHECK-COUNT-2: dl.launch
// CHECK-LABEL: func.func @dl.prepare
// CHECK-SAME: %arg0: tensor<4x8xf32> {dl.state = @w}
// CHECK-SAME: tensor<8x4xf32> {dl.prepared = 0 : i64}
// CHECK-SAME: dl.prepared_bytes = 128 : i64
// CHECK-COUNT-1: dl.launch
// CHECK-NOT: dl.launch
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,split-prepare))' --remarks-filter=prepare -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: [Passed] Prepared | Category:prepare | Function=predict | {{.*}}Remark="depends on parameters alone: computed when they are set, not at calls", Type=tensor<8x4xf32>
// REMARK: [Passed] Prepared | Category:prepare | Function=score |
// REMARK: [Missed] NotPrepared | Category:prepare | Function=train | {{.*}}but the function writes state
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @predict(%x: tensor<8x4xf32>, %w: tensor<4x8xf32> {dl.state = @w}) -> tensor<8x4xf32> attributes {dl.entry} {
    %t = dl.transpose %w {permutation = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
    %y = dl.add %x, %t : (tensor<8x4xf32>, tensor<8x4xf32>) -> tensor<8x4xf32>
    return %y : tensor<8x4xf32>
  }
  func.func @score(%x: tensor<8x4xf32>, %w: tensor<4x8xf32> {dl.state = @w}) -> tensor<8x4xf32> attributes {dl.entry} {
    %t = dl.transpose %w {permutation = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
    %y = dl.mul %x, %t : (tensor<8x4xf32>, tensor<8x4xf32>) -> tensor<8x4xf32>
    return %y : tensor<8x4xf32>
  }
  func.func @train(%x: tensor<8x4xf32>, %w: tensor<4x8xf32> {dl.state = @w}) -> (tensor<8x4xf32>, tensor<4x8xf32> {dl.state = @w}) attributes {dl.entry} {
    %t = dl.transpose %w {permutation = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
    %n = dl.exp %w : (tensor<4x8xf32>) -> tensor<4x8xf32>
    return %t, %n : tensor<8x4xf32>, tensor<4x8xf32>
  }
}
