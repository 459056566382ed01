// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A GPU keeps a vector that is indexed by a number of run time in memory: there
// elements and digits of 2/pi are selected.
// RUN: dlc-opt %s --expand-math=indexed=false | FileCheck %s
// RUN: dlc-opt %s --expand-math | FileCheck %s --check-prefix=INDEXED
// CHECK-LABEL: func.func @f
// CHECK-NOT: vector.extract {{.*}}[%{{.*}}] : f32
// CHECK-NOT: vector.insert {{.*}}[%{{.*}}] : f32
// CHECK: return
// INDEXED: vector.extract %{{.*}}[%{{.*}}] : i64 from vector<21xi64>
func.func @f(%x: vector<4xf32>) -> vector<4xf32> {
  %y = math.sin %x : vector<4xf32>
  return %y : vector<4xf32>
}
