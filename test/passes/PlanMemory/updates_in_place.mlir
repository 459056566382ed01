// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,tile-kernels,generate-cpu,plan-memory))' | FileCheck %s
// The update is written over the parameter, after its last reader, and after
// the last op that can find bad data.
// CHECK-LABEL: func.func @step(%{{.*}}: !llvm.ptr) -> i32 attributes {dl.offsets = {{[0-9]+}} : i64, dl.unprepared}
// CHECK: call @step_{{[0-9]+}}_map({{.*}}
// CHECK: dl.fault_exit
// CHECK: %[[OLD:.*]] = dl.buffer %{{.*}} state 64
// CHECK: %[[NEW:.*]] = dl.buffer %{{.*}} state 64
// CHECK: call @step_{{[0-9]+}}_map(%{{[^,]*}}, %[[OLD]], %[[NEW]],
// CHECK-NOT: memref.copy
// CHECK-LABEL: func.func @step.plan
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,tile-kernels,generate-cpu,plan-memory))' --remarks-filter=memory -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: [Passed] InPlace | Category:memory | Function=step | Remark="@w is updated in place"
module attributes {dl.interface = {dims = [], functions = [{name = "step", trains, arguments = [{name = "i", kind = "input", type = i64, dims = [4]}, {name = "y", kind = "output", type = f32, dims = [4]}]}],
    state = [{symbol = @w, name = "w", kind = "parameter", type = tensor<16xf32>, offset = 64, written}], state_bytes = 128, data_bytes = 0}} {
  dl.parameter @w : tensor<16xf32> = #dl.zeros
  dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
    func.func @step(%i: tensor<4xi64>, %w: tensor<16xf32> {dl.state = @w}) -> (tensor<4xf32>, tensor<16xf32> {dl.state = @w}) attributes {dl.entry} {
      %half = dl.constant dense<0.5> : tensor<f32>
      %n = dl.mul %w, %half : (tensor<16xf32>, tensor<f32>) -> tensor<16xf32>
      %y = dl.gather %w, %i {axis = 0 : i64} : (tensor<16xf32>, tensor<4xi64>) -> tensor<4xf32>
      return %y, %n : tensor<4xf32>, tensor<16xf32>
    }
  }
}
