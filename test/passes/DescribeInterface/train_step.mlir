// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Everything the interface says of a training step with optimizer state.
// RUN: dlc-opt %s --describe-interface=dims=batch=1..64 | FileCheck %s

// CHECK: dl.interface = {
// CHECK-SAME: data_bytes = 64 : i64
// CHECK-SAME: dims = [{bound = 64 : i64, high = 64 : i64, low = 1 : i64, name = "batch"}]
// CHECK-SAME: {dims = ["batch", 784], kind = "input", name = "image", type = ui8}
// CHECK-SAME: {below = 10 : i64, dims = ["batch"], kind = "input", name = "label", type = ui8}
// CHECK-SAME: {default = 1.000000e-03 : f32, dims = [], kind = "hyper", name = "rate", type = f32}
// CHECK-SAME: {dims = [], kind = "output", name = "loss", type = f32}
// CHECK-SAME: {dims = ["batch", 10], kind = "output", name = "result1", type = f32}
// CHECK-SAME: name = "train_step", trains
// CHECK-SAME: {kind = "parameter", name = "w", offset = 64 : i64, symbol = @w, type = tensor<784x10xf32>, written}
// CHECK-SAME: {data = 0 : i64, kind = "parameter", name = "b", offset = 31424 : i64, symbol = @b, type = tensor<2xf32>}
// CHECK-SAME: {kind = "slot", name = "sgd.v/w", offset = 31488 : i64, symbol = @v, type = tensor<784x10xf32>}
// CHECK-SAME: state_bytes = 62848 : i64
dl.parameter @w : tensor<784x10xf32> = #dl.zeros
dl.parameter @b : tensor<2xf32> = dense<[1.0, 2.0]> : tensor<2xf32>
dl.slot @v for @w "sgd.v" : tensor<784x10xf32> = #dl.zeros
func.func @train_step(%image: tensor<?x784xui8> {dl.name = "image", dl.dims = ["batch", 784]},
                      %label: tensor<?xui8> {dl.name = "label", dl.dims = ["batch"]},
                      %rate: tensor<f32> {dl.name = "rate", dl.hyper, dl.default = 1.0e-3 : f32})
    -> (tensor<f32> {dl.name = "loss"}, tensor<?x10xf32>) attributes {dl.entry} {
  %w = dl.read @w : tensor<784x10xf32>
  %x = dl.cast %image : (tensor<?x784xui8>) -> tensor<?x784xf32>
  %z = dl.contract %x, %w {lhs_batch = array<i64>, rhs_batch = array<i64>, lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x784xf32>, tensor<784x10xf32>) -> tensor<?x10xf32>
  %wide = dl.cast %label : (tensor<?xui8>) -> tensor<?xi64>
  %loss = dl.cross_entropy %z, %wide : (tensor<?x10xf32>, tensor<?xi64>) -> tensor<f32>
  dl.write @w, %w : tensor<784x10xf32>
  return %loss, %z : tensor<f32>, tensor<?x10xf32>
}
