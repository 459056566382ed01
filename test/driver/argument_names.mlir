// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arguments are called what the text calls them, unless dl.name says otherwise;
// numbers are no names. Bounds of dimensions come from --dim.
// RUN: dlc %s --emit=dl --dim=batch=1..64 -o - | FileCheck %s
// CHECK: dims = [{bound = 64 : i64, high = 64 : i64, low = 1 : i64, name = "batch"}]
// CHECK-SAME: {dims = ["batch"], kind = "input", name = "image", type = f32}
// CHECK-SAME: {dims = [], kind = "input", name = "given", type = f32}
// CHECK-SAME: {dims = [], kind = "input", name = "arg2", type = f32}
// CHECK-SAME: dl.options = "--dim=batch=1..64"
func.func @predict(%image: tensor<?xf32> {dl.dims = ["batch"]}, %written: tensor<f32> {dl.name = "given"}, %0: tensor<f32>) -> tensor<?xf32> attributes {dl.entry} {
  return %image : tensor<?xf32>
}
