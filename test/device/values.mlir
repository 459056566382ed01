// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Constants of many values are the device's, results that are arguments are
// copied there, and sizes may be 0.
// RUN: rm -rf %t && mkdir %t && dlc %s --device=cpu,cuda --ptxas=none --self-test -o %t/m.so --save-stages=%t
// RUN: dlc test %t/m.so
// RUN: %simulated DLC_SIMULATED_CODE=%t/llvm.mlir dlc test %t/m.so --device=cuda | FileCheck %s
// CHECK: pass  add on sm_80
// CHECK: pass  same on sm_80
func.func @add(%x: tensor<?x5xf32> {dl.dims = ["n", 5]}) -> tensor<?x5xf32> attributes {dl.entry} {
  %c = dl.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf32>
  %y = dl.add %x, %c : (tensor<?x5xf32>, tensor<5xf32>) -> tensor<?x5xf32>
  return %y : tensor<?x5xf32>
}
func.func @same(%x: tensor<?x3xi8> {dl.dims = ["n", 3]}) -> tensor<?x3xi8> attributes {dl.entry} {
  return %x : tensor<?x3xi8>
}
