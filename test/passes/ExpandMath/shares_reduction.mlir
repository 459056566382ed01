// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --expand-math | FileCheck %s

// One slow branch serves both results.
// CHECK-LABEL: func @both
// CHECK: scf.if
// CHECK-NOT: scf.if
// CHECK: return
func.func @both(%x: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %sin, %cos = math.sincos %x : vector<16xf32>
  return %sin, %cos : vector<16xf32>, vector<16xf32>
}
