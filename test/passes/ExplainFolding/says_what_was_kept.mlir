// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// --fold-limit bounds what folding makes: at 16 bytes both sums are computed while
// compiling, at 15 they stay in the library, a remark names each, and results are equal.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: dlc %s --cpu=x86-64-v3 --fold-limit=16 -o folded.so --name=m --remarks-filter=folding 2>&1 | count 0
// RUN: dlc %s --cpu=x86-64-v3 --fold-limit=15 -o kept.so --name=m --remarks-filter-missed=folding 2>&1 | FileCheck %s
// CHECK: says_what_was_kept.mlir:24:{{[0-9]+}}: remark: [Missed] NotFolded | Category:folding | Function=f | {{.*}}Remark="dl.add of constants is kept: one has 16 bytes, --fold-limit is 15"
// What was kept is no constant, so that what is made of it is none either.
// CHECK-NOT: remark
// RUN: dlc info folded.so | FileCheck %s --check-prefix=INFO
// INFO: options --cpu=x86-64-v3 --fold-limit=16
// RUN: dlc run folded.so --function=f --output y=folded.npy && dlc run kept.so --function=f --output y=kept.npy && cmp folded.npy kept.npy
// RUN: dlc %s --emit=kernels --fold-limit=16 -o - | FileCheck %s --check-prefix=FOLDED
// FOLDED-NOT: dl.add
// RUN: dlc %s --emit=kernels --fold-limit=15 -o kernels.mlir && FileCheck %s --check-prefix=KEPT < kernels.mlir
// KEPT: dl.fold_limit = 15 : i64
// KEPT: dl.add
// RUN: not dlc --from=kernels kernels.mlir --fold-limit=16 -o m.so 2>&1 | FileCheck %s --check-prefix=LATE
// LATE: --fold-limit,{{.*}} are part of a module after stage 'dl'

func.func @f() -> (tensor<4xf32> {dl.name = "y"}) attributes {dl.entry} {
  %a = dl.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %b = dl.constant dense<0.1> : tensor<f32>
  %c = dl.add %a, %b : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d = dl.mul %c, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
