// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shapes that do not fit are one error, at the op that is at fault.
// RUN: not dlc %s -o %t.so 2>&1 | FileCheck %s
// CHECK: shapes.mlir:[[#@LINE+4]]:8: error: 'dl.add' op operands do not broadcast: extents 2 and 4 in axis 0
// CHECK-NOT: error:
// RUN: not ls %t.so
func.func @f(%x: tensor<2x3xf32>, %y: tensor<4x3xf32>) -> tensor<2x3xf32> attributes {dl.entry} {
  %r = dl.add %x, %y : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
