// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not dlc-opt %s --inline-calls 2>&1 | FileCheck %s
// CHECK: error: 'dl.add' op extents differ in axis 0: n and m; equal extents must have equal names
// CHECK-NOT: error:
func.func private @twice(%x: tensor<?xf32> {dl.dims = ["k"]}) -> tensor<?xf32> {
  %r = dl.add %x, %x : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["m"]}) -> tensor<?xf32> attributes {dl.entry} {
  %a = dl.add %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %r = func.call @twice(%a) : (tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
