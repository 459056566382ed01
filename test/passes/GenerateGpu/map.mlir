// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A thread reads and writes four floats at once; what is left at the end goes
// one by one. Nothing is kept in local memory.
// RUN: dlc --device=cuda %s -o %t.ptx && FileCheck %s < %t.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.ptx
// NO-NOT: .local
// NO-NOT: call

// CHECK: .version 7.0
// CHECK: .target sm_80
// CHECK-LABEL: .entry scale_0_map
// CHECK: .reqntid 256
// CHECK: ld.global.v4
// CHECK: st.global.v4
// CHECK: ret
func.func @scale(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry} {
  %two = dl.constant dense<2.0> : tensor<f32>
  %y = dl.mul %x, %two : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}

// Rows of ten floats begin at multiples of eight bytes. The result may lie in
// x's memory; the bias is only read, and comes through the read-only path.
// CHECK-LABEL: .entry bias_0_map
// CHECK-NOT: .v4
// CHECK: ld.global.v2
// CHECK: ld.global.nc.v2
// CHECK: st.global.v2
// CHECK: ret
func.func @bias(%x: tensor<?x10xf32> {dl.dims = ["n", 10]}, %b: tensor<10xf32>) -> tensor<?x10xf32> attributes {dl.entry} {
  %y = dl.add %x, %b : (tensor<?x10xf32>, tensor<10xf32>) -> tensor<?x10xf32>
  return %y : tensor<?x10xf32>
}
