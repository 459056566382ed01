// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The first and the third product are never alive together: they share bytes, and the remarks say so.
// RUN: dlc %s --cpu=x86-64-v3 --emit=loops --remarks-filter=memory -o %t 2>&1 | FileCheck %s
// CHECK-DAG: Function=f | Bytes=32768, BytesWithoutReuse=49152, Remark="3 tensors take 32768 bytes for extents of 64 and one worker, without reuse 49152"
// CHECK-DAG: reuses_bytes.mlir:[[#@LINE+4]]:8: remark: [Passed] Reused | Category:memory | Function=f | Bytes=16384, Others=1, Remark="its 16384 bytes are also those of tensors alive at other times"
func.func @f(%x: tensor<?x64xf32> {dl.dims = ["n", 64]}, %w: tensor<64x64xf32>) -> tensor<?x64xf32> attributes {dl.entry} {
  %a = dl.matmul %x, %w : (tensor<?x64xf32>, tensor<64x64xf32>) -> tensor<?x64xf32>
  %b = dl.matmul %a, %w : (tensor<?x64xf32>, tensor<64x64xf32>) -> tensor<?x64xf32>
  %c = dl.matmul %b, %w : (tensor<?x64xf32>, tensor<64x64xf32>) -> tensor<?x64xf32>
  %y = dl.matmul %c, %w : (tensor<?x64xf32>, tensor<64x64xf32>) -> tensor<?x64xf32>
  return %y : tensor<?x64xf32>
}
