// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --inline-calls | FileCheck %s
// CHECK-NOT: @flat
// CHECK-LABEL: @entry
// CHECK: dl.reshape {{.*}} {dims = ["batch", 4]}
// CHECK-NOT: call
func.func private @flat(%x: tensor<?x2x2xf32>) -> tensor<?x4xf32> {
  %y = dl.reshape %x {dims = ["batch", 4]} : (tensor<?x2x2xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
func.func @entry(%x: tensor<?x2x2xf32> {dl.dims = ["batch", 2, 2]}) -> tensor<?x4xf32> attributes {dl.entry} {
  %y = func.call @flat(%x) : (tensor<?x2x2xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
