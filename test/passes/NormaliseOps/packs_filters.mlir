// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(normalise-ops,form-kernels,tile-kernels))' | FileCheck %s
// A filter that is a parameter is packed ahead of calls, as a matrix of window x
// input channels by output channels, and the kernel reads the panels.
// CHECK:      dl.kernel @f_{{[0-9]+}}_conv {{.*}}pack = "prepared"
// CHECK-NEXT: ^bb0(%[[X:.*]]: tensor<?x8x8x16xf32>, %[[P:.*]]: tensor<2x144x32xf32>):
// CHECK-NEXT:   %[[M:.*]] = dl.unpack %[[P]] {columns = 48 : i64}
// CHECK-NEXT:   %[[W:.*]] = dl.reshape %[[M]] {dims = [3, 3, 16, 48]}
// CHECK-NEXT:   dl.conv %[[X]], %[[W]]
// Two groups' filters are read as they lie: their panels would mix the groups.
// CHECK:      dl.kernel @g_{{[0-9]+}}_conv
// CHECK-NOT:  dl.unpack
dl.variant @wide attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<?x8x8x16xf32> {dl.dims = ["batch", 8, 8, 16]}, %w: tensor<3x3x16x48xf32> {dl.state = @w}) -> tensor<?x6x6x48xf32> attributes {dl.entry} {
    %y = dl.conv %x, %w {channels_last, dilations = array<i64: 1, 1>, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<?x8x8x16xf32>, tensor<3x3x16x48xf32>) -> tensor<?x6x6x48xf32>
    return %y : tensor<?x6x6x48xf32>
  }
  func.func @g(%x: tensor<?x8x8x16xf32> {dl.dims = ["batch", 8, 8, 16]}, %w: tensor<3x3x8x48xf32> {dl.state = @v}) -> tensor<?x6x6x48xf32> attributes {dl.entry} {
    %y = dl.conv %x, %w {channels_last, dilations = array<i64: 1, 1>, groups = 2 : i64, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<?x8x8x16xf32>, tensor<3x3x8x48xf32>) -> tensor<?x6x6x48xf32>
    return %y : tensor<?x6x6x48xf32>
  }
}
