// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: split-file %s %t
// RUN: dlc-opt %t/before.mlir --inline-calls -o %t/out.mlir
// RUN: diff %t/after.mlir %t/out.mlir

//--- before.mlir
func.func private @flat(%x: tensor<?x4x4xf32> {dl.dims = ["n", 4, 4]}) -> tensor<?x16xf32> {
  %r = dl.reshape %x {dims = ["n", 16]} : (tensor<?x4x4xf32>) -> tensor<?x16xf32>
  return %r : tensor<?x16xf32>
}
func.func private @twice(%x: tensor<?x4x4xf32> {dl.dims = ["rows", 4, 4]}) -> tensor<?x16xf32> {
  %two = dl.concat %x, %x {axis = 0 : i64} : (tensor<?x4x4xf32>, tensor<?x4x4xf32>) -> tensor<?x4x4xf32>
  %r = func.call @flat(%two) : (tensor<?x4x4xf32>) -> tensor<?x16xf32>
  return %r : tensor<?x16xf32>
}
func.func @f(%x: tensor<?x4x4xf32> {dl.dims = ["batch", 4, 4]}) -> tensor<?x16xf32> attributes {dl.entry} {
  %r = func.call @twice(%x) : (tensor<?x4x4xf32>) -> tensor<?x16xf32>
  return %r : tensor<?x16xf32>
}

//--- after.mlir
module {
  func.func @f(%arg0: tensor<?x4x4xf32> {dl.dims = ["batch", 4, 4]}) -> tensor<?x16xf32> attributes {dl.entry} {
    %0 = dl.concat %arg0, %arg0 {axis = 0 : i64} : (tensor<?x4x4xf32>, tensor<?x4x4xf32>) -> tensor<?x4x4xf32>
    %1 = dl.reshape %0 {dims = ["2*batch", 16]} : (tensor<?x4x4xf32>) -> tensor<?x16xf32>
    return %1 : tensor<?x16xf32>
  }
}

