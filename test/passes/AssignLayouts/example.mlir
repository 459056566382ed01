// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: split-file %s %t
// RUN: dlc-opt %t/before.mlir "--pass-pipeline=builtin.module(dl.variant(assign-layouts,canonicalize,cse))" -o %t/out.mlir
// RUN: diff %t/after.mlir %t/out.mlir

//--- before.mlir
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 0>} {
  func.func @f(%x: tensor<?x1x9x9xf32> {dl.dims = ["n", 1, 9, 9]}, %w: tensor<8x1x3x3xf32>, %b: tensor<8x1x1xf32>) -> tensor<?x72xf32> {
    %y = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>}
        : (tensor<?x1x9x9xf32>, tensor<8x1x3x3xf32>) -> tensor<?x8x7x7xf32>
    %s = dl.add %y, %b : (tensor<?x8x7x7xf32>, tensor<8x1x1xf32>) -> tensor<?x8x7x7xf32>
    %t = dl.relu %s : (tensor<?x8x7x7xf32>) -> tensor<?x8x7x7xf32>
    %p = dl.max_pool %t {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>}
        : (tensor<?x8x7x7xf32>) -> tensor<?x8x3x3xf32>
    %r = dl.reshape %p {dims = ["n", 72]} : (tensor<?x8x3x3xf32>) -> tensor<?x72xf32>
    return %r : tensor<?x72xf32>
  }
}

//--- after.mlir
module {
  dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 0>} {
    func.func @f(%arg0: tensor<?x1x9x9xf32> {dl.dims = ["n", 1, 9, 9]}, %arg1: tensor<8x1x3x3xf32>, %arg2: tensor<8x1x1xf32>) -> tensor<?x72xf32> {
      %0 = dl.reshape %arg0 {dims = ["n", 9, 9, 1]} : (tensor<?x1x9x9xf32>) -> tensor<?x9x9x1xf32>
      %1 = dl.transpose %arg1 {permutation = array<i64: 2, 3, 1, 0>} : (tensor<8x1x3x3xf32>) -> tensor<3x3x1x8xf32>
      %2 = dl.conv %0, %1 {channels_last, dilations = array<i64: 1, 1>, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<?x9x9x1xf32>, tensor<3x3x1x8xf32>) -> tensor<?x7x7x8xf32>
      %3 = dl.reshape %arg2 {dims = [8]} : (tensor<8x1x1xf32>) -> tensor<8xf32>
      %4 = dl.add %2, %3 : (tensor<?x7x7x8xf32>, tensor<8xf32>) -> tensor<?x7x7x8xf32>
      %5 = dl.relu %4 : (tensor<?x7x7x8xf32>) -> tensor<?x7x7x8xf32>
      %6 = dl.max_pool %5 {channels_last, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 2, 2>, window = array<i64: 2, 2>} : (tensor<?x7x7x8xf32>) -> tensor<?x3x3x8xf32>
      %7 = dl.transpose %6 {permutation = array<i64: 0, 3, 1, 2>} : (tensor<?x3x3x8xf32>) -> tensor<?x8x3x3xf32>
      %8 = dl.reshape %7 {dims = ["n", 72]} : (tensor<?x8x3x3xf32>) -> tensor<?x72xf32>
      return %8 : tensor<?x72xf32>
    }
  }
}

