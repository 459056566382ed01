// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A GPU draws what a processor draws: bits, uniforms and masks are equal, and
// normals differ by one unit in the last place at most.
// RUN: rm -rf %t && mkdir %t && dlc %s --device=cpu,cuda --ptxas=none -o %t/m.so --save-stages=%t
// RUN: %simulated DLC_SIMULATED_CODE=%t/llvm.mlir %python %S/draws.py %t | FileCheck %s
// CHECK: bits 0 ulps, 2006 different values
// CHECK: uniform 0 ulps
// CHECK: mask 0 ulps, 2 different values
// CHECK: normal {{[01]}} ulps
func.func @predict(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %seed: tensor<i64>, %step: tensor<i64>) -> (
    tensor<?x2xi32> {dl.name = "bits"}, tensor<?x2xf32> {dl.name = "uniform"},
    tensor<?x2xf32> {dl.name = "mask"}, tensor<?x2xf32> {dl.name = "normal"}) attributes {dl.entry} {
  %yes = dl.constant dense<true> : tensor<i1>
  %bits = dl.random_bits %seed, %step {stream = 3 : i64, dims = ["n", 2]} : (tensor<i64>, tensor<i64>) -> tensor<?x2xi32>
  %uniform = dl.random_uniform %seed, %step {stream = 4 : i64, dims = ["n", 2]} : (tensor<i64>, tensor<i64>) -> tensor<?x2xf32>
  %mask = dl.dropout %x, %yes, %seed, %step {rate = 0.3 : f64, stream = 5 : i64} : (tensor<?x2xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?x2xf32>
  %normal = dl.random_normal %seed, %step {stream = 6 : i64, dims = ["n", 2]} : (tensor<i64>, tensor<i64>) -> tensor<?x2xf32>
  return %bits, %uniform, %mask, %normal : tensor<?x2xi32>, tensor<?x2xf32>, tensor<?x2xf32>, tensor<?x2xf32>
}
