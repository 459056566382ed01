// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: split-file %s %t
// RUN: dlc-opt %t/before.mlir --expand-math -o %t/out.mlir
// RUN: diff %t/out.mlir %t/after.mlir

//--- before.mlir
func.func @rsqrt(%x: vector<8xf32>) -> vector<8xf32> {
  %0 = math.rsqrt %x : vector<8xf32>
  return %0 : vector<8xf32>
}
//--- after.mlir
module {
  func.func @rsqrt(%arg0: vector<8xf32>) -> vector<8xf32> {
    %0 = math.sqrt %arg0 : vector<8xf32>
    %cst = arith.constant dense<1.000000e+00> : vector<8xf32>
    %1 = arith.divf %cst, %0 : vector<8xf32>
    return %1 : vector<8xf32>
  }
}

