// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A packed filter whose panels are long comes from memory: its lines are asked
// for 32 steps ahead, two a step for 32 channels. A short one stays in the cache.
// RUN: dlc %s --cpu=x86-64-v4 --emit=kernels -o - | FileCheck %s
// CHECK: dl.kernel @predict_{{[0-9]+}}_conv {{.*}}[2, 576, 32]{{.*}}pack = "prepared", {{.*}}prefetch = 0>
// CHECK: dl.kernel @predict_{{[0-9]+}}_conv {{.*}}[2, 4608, 32]{{.*}}pack = "prepared", {{.*}}prefetch = 32>
// RUN: dlc %s --cpu=x86-64-v4 --emit=loops -o - | FileCheck %s --check-prefix=LOOPS
// LOOPS: scf.for
// LOOPS: memref.prefetch {{.*}}read, locality<3>, data
// LOOPS-NEXT: arith.addi
// LOOPS-NEXT: memref.prefetch
// LOOPS: vector.fma
dl.parameter @short : tensor<3x3x64x64xf32> = dense<0.5> : tensor<3x3x64x64xf32>
dl.parameter @long : tensor<3x3x512x64xf32> = dense<0.5> : tensor<3x3x512x64xf32>
func.func @predict(%x: tensor<1x9x9x64xf32>, %z: tensor<1x9x9x512xf32>) -> (tensor<1x7x7x64xf32>, tensor<1x7x7x64xf32>) attributes {dl.entry} {
  %s = dl.read @short : tensor<3x3x64x64xf32>
  %l = dl.read @long : tensor<3x3x512x64xf32>
  %a = dl.conv %x, %s {channels_last, dilations = array<i64: 1, 1>, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<1x9x9x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x7x7x64xf32>
  %b = dl.conv %z, %l {channels_last, dilations = array<i64: 1, 1>, high = array<i64: 0, 0>, low = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<1x9x9x512xf32>, tensor<3x3x512x64xf32>) -> tensor<1x7x7x64xf32>
  return %a, %b : tensor<1x7x7x64xf32>, tensor<1x7x7x64xf32>
}
