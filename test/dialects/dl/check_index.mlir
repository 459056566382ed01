// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the runtime has checked before the call (`dl.below`) is not checked again,
// however it was moved or widened; what may hold other values is.
// RUN: dlc-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: @checked_before
// CHECK-NOT: check_index
func.func @checked_before(%x: tensor<4xui8> {dl.below = 10 : i64}) -> tensor<2x2xi32> {
  %w = dl.cast %x : (tensor<4xui8>) -> tensor<4xi32>
  %s = dl.reshape %w {dims = [2, 2]} : (tensor<4xi32>) -> tensor<2x2xi32>
  %r = dl.check_index %s {dim = 10 : i64} : (tensor<2x2xi32>) -> tensor<2x2xi32>
  return %r : tensor<2x2xi32>
}
// CHECK-LABEL: @looser
// CHECK: check_index
func.func @looser(%x: tensor<4xui8> {dl.below = 11 : i64}) -> tensor<4xui8> {
  %r = dl.check_index %x {dim = 10 : i64} : (tensor<4xui8>) -> tensor<4xui8>
  return %r : tensor<4xui8>
}
// CHECK-LABEL: @narrowed
// CHECK: check_index
func.func @narrowed(%x: tensor<4xi64> {dl.below = 1000 : i64}) -> tensor<4xi8> {
  %n = dl.cast %x : (tensor<4xi64>) -> tensor<4xi8>
  %r = dl.check_index %n {dim = 1000 : i64} : (tensor<4xi8>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}
// CHECK-LABEL: @computed
// CHECK: check_index
func.func @computed(%x: tensor<4xi64> {dl.below = 10 : i64}) -> tensor<4xi64> {
  %n = dl.add %x, %x : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  %r = dl.check_index %n {dim = 10 : i64} : (tensor<4xi64>) -> tensor<4xi64>
  return %r : tensor<4xi64>
}
