// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --evaluate-prepare | FileCheck %s
// Two variants lay a weight out alike and one reads another as it is: each is there once, and weights are gone.
// CHECK-NOT: dl.parameter
// CHECK: dl.embedded 0 = dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: dl.embedded 64 = dense<{{\[\[}}1.000000e+00, 3.000000e+00], [2.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
// CHECK-NEXT: dl.variant @a
// CHECK-NOT: dl.kernel
// CHECK: func.func @predict(%{{.*}}: tensor<2x2xf32>, %{{.*}}: tensor<2xf32> {dl.prepared = 0 : i64}, %{{.*}}: tensor<2x2xf32> {dl.prepared = 64 : i64})
// CHECK-NOT: dl.prepare(
// CHECK: dl.variant @b
// CHECK: func.func @predict(%{{.*}}: tensor<2x2xf32> {dl.prepared = 64 : i64})
// CHECK-NOT: dl.prepare(
module attributes {dl.constant_weights, dl.interface = {data_bytes = 64 : i64, dims = [], functions = [{arguments = [], name = "predict"}], state = [
    {data = 0 : i64, kind = "parameter", name = "w", offset = 64 : i64, symbol = @w, type = tensor<2x2xf32>},
    {kind = "parameter", name = "c", offset = 128 : i64, symbol = @c, type = tensor<2xf32>}], state_bytes = 192 : i64}} {
  dl.parameter @w : tensor<2x2xf32> = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  dl.parameter @c : tensor<2xf32> = #dl.zeros
  dl.variant @a attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>} {
    dl.kernel @turn attributes {argument_dims = [[2, 2]]} {
    ^bb0(%arg0: tensor<2x2xf32>):
      %0 = dl.transpose %arg0 {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
      dl.yield %0 : tensor<2x2xf32>
    }
    func.func @predict(%x: tensor<2x2xf32>, %c: tensor<2xf32> {dl.state = @c}, %unused: tensor<2x2xf32> {dl.state = @w}, %w: tensor<2x2xf32> {dl.prepared = 0 : i64}) -> (tensor<2x2xf32>, tensor<2xf32>) attributes {dl.entry} {
      return %w, %c : tensor<2x2xf32>, tensor<2xf32>
    }
    func.func @dl.prepare(%w: tensor<2x2xf32> {dl.state = @w}) -> (tensor<2x2xf32> {dl.prepared = 0 : i64}) attributes {dl.entry, dl.prepared_bytes = 64 : i64} {
      %0 = dl.launch @turn(%w) : (tensor<2x2xf32>) -> tensor<2x2xf32>
      return %0 : tensor<2x2xf32>
    }
  }
  dl.variant @b attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
    dl.kernel @other attributes {argument_dims = [[2, 2]]} {
    ^bb0(%arg0: tensor<2x2xf32>):
      %0 = dl.transpose %arg0 {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
      dl.yield %0 : tensor<2x2xf32>
    }
    func.func @predict(%w: tensor<2x2xf32> {dl.prepared = 64 : i64}) -> tensor<2x2xf32> attributes {dl.entry} {
      return %w : tensor<2x2xf32>
    }
    func.func @dl.prepare(%w: tensor<2x2xf32> {dl.state = @w}) -> (tensor<2x2xf32> {dl.prepared = 64 : i64}) attributes {dl.entry, dl.prepared_bytes = 128 : i64} {
      %0 = dl.launch @other(%w) : (tensor<2x2xf32>) -> tensor<2x2xf32>
      return %0 : tensor<2x2xf32>
    }
  }
}
