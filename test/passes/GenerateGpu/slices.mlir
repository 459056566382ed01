// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Steps of a sequence begin at multiples of their bytes: where those are no
// multiples of 16, kernels have a second version with single accesses, and the
// host function looks at the addresses.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: dlc-simulate %t.mlir -v | FileCheck %s --check-prefix=RIGHT
// RIGHT: 8 of 8 kernels agree
// RUN: dlc --device=cuda --emit=loops %s -o - | FileCheck %s
// RUN: dlc --device=cuda %s -o - --emit=loops | FileCheck %s --check-prefix=WHOLE
// WHOLE-NOT: whole{{.*}}$unaligned
// CHECK: llvm.func @seven_0_map$unaligned({{.*}}llvm.align = 4 : i64
// CHECK: func.func private @seven_0_map(
// CHECK: %[[REST:.*]] = arith.andi %{{.*}}, %c15_i64
// CHECK: %[[ALIGNED:.*]] = arith.cmpi eq, %[[REST]]
// CHECK: arith.select %[[ALIGNED]]
func.func @odd(%x: tensor<?x6x5xf32> {dl.dims = ["time", 6, 5]}, %w: tensor<5x8xf32>) -> tensor<?x6xf32> attributes {dl.entry} {
  %out = dl.scan over(%x) with(%w) length "time" {
  ^bb0(%step: tensor<6x5xf32>, %u: tensor<5x8xf32>):
    %one = dl.constant dense<1.0> : tensor<f32>
    %y = dl.add %step, %one : (tensor<6x5xf32>, tensor<f32>) -> tensor<6x5xf32>
    %p = dl.matmul %step, %u : (tensor<6x5xf32>, tensor<5x8xf32>) -> tensor<6x8xf32>
    %q = dl.reduce_max %p {axes = array<i64: 1>} : (tensor<6x8xf32>) -> tensor<6xf32>
    %s = dl.reduce_sum %y {axes = array<i64: 1>} : (tensor<6x5xf32>) -> tensor<6xf32>
    %r = dl.add %q, %s : (tensor<6xf32>, tensor<6xf32>) -> tensor<6xf32>
    dl.yield %r : tensor<6xf32>
  } : (tensor<?x6x5xf32>, tensor<5x8xf32>) -> tensor<?x6xf32>
  return %out : tensor<?x6xf32>
}
func.func @seven(%x: tensor<?x7xf32> {dl.dims = ["time", 7]}) -> tensor<?x7xf32> attributes {dl.entry} {
  %out = dl.scan over(%x) length "time" {
  ^bb0(%step: tensor<7xf32>):
    %y = dl.tanh %step : (tensor<7xf32>) -> tensor<7xf32>
    dl.yield %y : tensor<7xf32>
  } : (tensor<?x7xf32>) -> tensor<?x7xf32>
  return %out : tensor<?x7xf32>
}
func.func @whole(%x: tensor<?x?x4xf32> {dl.dims = ["time", "n", 4]}) -> tensor<?x?x4xf32> attributes {dl.entry} {
  %out = dl.scan over(%x) length "time" {
  ^bb0(%step: tensor<?x4xf32>):
    %y = dl.tanh %step : (tensor<?x4xf32>) -> tensor<?x4xf32>
    dl.yield %y : tensor<?x4xf32>
  } : (tensor<?x?x4xf32>) -> tensor<?x?x4xf32>
  return %out : tensor<?x?x4xf32>
}
