// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --expand-math --cse --convert-to-llvm --reconcile-unrealized-casts | mlir-runner -e main --entry-point-result=i32 | FileCheck %s

// 3^5 + (-2)^3 + (-1)^-3 + 2^-1 + 0^-1 + 10 * 7^0 = 243 - 8 - 1 + 0 + 0 + 10
// CHECK: 244
func.func @main() -> i32 {
  %x = arith.constant dense<[3, -2, -1, 2, 0, 7]> : vector<6xi32>
  %n = arith.constant dense<[5, 3, -3, -1, -1, 0]> : vector<6xi32>
  %weight = arith.constant dense<[1, 1, 1, 1, 1, 10]> : vector<6xi32>
  %power = math.ipowi %x, %n : vector<6xi32>
  %weighted = arith.muli %power, %weight : vector<6xi32>
  %sum = vector.reduction <add>, %weighted : vector<6xi32> into i32
  return %sum : i32
}
