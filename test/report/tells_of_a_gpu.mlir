// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Of a GPU's kernels a report tells what is launched: threads, blocks as an
// expression, and the memory that a block shares. The processor's variant, which
// the library prefers, comes first.
// RUN: dlc %s --device=cpu,cuda --cpu=x86-64-v3 --report=json > %t && FileCheck %s < %t && FileCheck %s --check-prefix=ORDER < %t
// RUN: %python %S/Inputs/check.py %t | FileCheck %s --check-prefix=AGREES
// RUN: rm -rf %t.d && dlc %s --device=cuda --ptxas=none -o %t.d/m.so --report=%t.d/r.json --save-stages=%t.d && dlc --from=llvm %t.d/llvm.mlir --ptxas=none -o %t.d/v.so --name=m --report=%t.d/v.json && cmp %t.d/r.json %t.d/v.json && cmp %t.d/m.so %t.d/v.so
// RUN: dlc %s --device=cuda --report=html | FileCheck %s --check-prefix=PAGE
// AGREES: agrees: 2 variants
// ORDER: "device": "cpu"
// ORDER: "device": "cuda"
// CHECK: "bytes_per_cycle": 10
// CHECK: "flops_per_cycle": 128
// CHECK: "generator": "contract"
// CHECK: "steps": [
// CHECK-NEXT: {
// CHECK-NEXT: "blocks": {
// CHECK-NEXT: "expression": "floordiv(batch + 63, 64)"
// CHECK-NEXT: "value": 1
// CHECK-NEXT: },
// CHECK-NEXT: "kernel": "predict_{{[0-9]}}_contract"
// CHECK-NEXT: "shared_bytes": {{[1-9][0-9]*}}
// CHECK-NEXT: "threads": 256
// PAGE: 1 block of 256 threads, {{[0-9.]+}} kB shared

dl.parameter @w : tensor<4x5xf32> = #dl.zeros
func.func @predict(%x: tensor<?x4xf32> {dl.dims = ["batch", 4], dl.name = "x"})
    -> (tensor<?x5xf32> {dl.dims = ["batch", 5], dl.name = "y"}) attributes {dl.entry} {
  %w = dl.read @w : tensor<4x5xf32>
  %y = dl.matmul %x, %w : (tensor<?x4xf32>, tensor<4x5xf32>) -> tensor<?x5xf32>
  return %y : tensor<?x5xf32>
}
