// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A kernel's place is taken by a function that launches it (the frame's field
// 10) with blocks of 256 threads of four elements, on the addresses of the
// buffers that a processor's kernel would have been given. Callers are planned
// as a processor's.
// RUN: dlc --device=cuda --emit=loops %s -o - | FileCheck %s
// CHECK: gpu.module @device
// CHECK: llvm.func @scale_0_map({{.*}}dl.number = 1 : i64
// CHECK: func.func private @scale_0_map(%[[FRAME:[a-z0-9]+]]: !llvm.ptr, %[[X:.*]]: memref<?xf32>, %[[Y:.*]]: memref<?xf32>, %{{.*}}: memref<?xi8>, %[[N:.*]]: index)
// CHECK: %[[PARAMETERS:.*]] = llvm.alloca %{{.*}} x i64
// CHECK: memref.extract_aligned_pointer_as_index %[[X]]
// CHECK: memref.extract_aligned_pointer_as_index %[[Y]]
// CHECK: arith.floordivsi
// CHECK: arith.floordivsi %{{.*}}
// CHECK-NEXT: %[[BLOCKS:.*]] = arith.index_cast %{{.*}} : index to i64
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[FRAME]][10]
// CHECK: %[[LAUNCH:.*]] = llvm.load %[[PLACE]]
// CHECK: llvm.call %[[LAUNCH]](%{{.*}}, %{{.*}}, %[[BLOCKS]], %[[PARAMETERS]])
// CHECK: func.func @scale(%{{.*}}: !llvm.ptr) -> i32
// CHECK: call @scale_0_map
func.func @scale(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry} {
  %two = dl.constant dense<2.0> : tensor<f32>
  %y = dl.mul %x, %two : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
