// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// rem is exact however large the quotient; no library computes it.
// RUN: dlc-verify %s
// RUN: dlc-verify --special --seed 5 %s --dim n=64,7
func.func @f32(%x: tensor<?xf32> {dl.dims = ["n"], dl.range = [-1.0e30, 1.0e30]}, %y: tensor<?xf32> {dl.dims = ["n"]}) -> (tensor<?xf32> {dl.dims = ["n"]}) attributes {dl.entry} {
  %r = dl.rem %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @f64(%x: tensor<?xf64> {dl.dims = ["n"], dl.range = [-1.0e300, 1.0e300]}, %y: tensor<?xf64> {dl.dims = ["n"], dl.range = [-1.0e-300, 1.0e-300]}) -> (tensor<?xf64> {dl.dims = ["n"]}) attributes {dl.entry} {
  %r = dl.rem %x, %y : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  return %r : tensor<?xf64>
}
func.func @subnormal(%x: tensor<?xf64> {dl.dims = ["n"], dl.range = [-1.0e-307, 1.0e-307]}, %y: tensor<?xf64> {dl.dims = ["n"], dl.range = [-1.0e-310, 1.0e-310]}) -> (tensor<?xf64> {dl.dims = ["n"]}) attributes {dl.entry} {
  %r = dl.rem %x, %y : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  return %r : tensor<?xf64>
}
func.func @f16(%x: tensor<?xf16> {dl.dims = ["n"], dl.range = [-60000.0, 60000.0]}, %y: tensor<f16>) -> (tensor<?xf16> {dl.dims = ["n"]}) attributes {dl.entry} {
  %r = dl.rem %x, %y : (tensor<?xf16>, tensor<f16>) -> tensor<?xf16>
  return %r : tensor<?xf16>
}
func.func @bf16(%x: tensor<bf16>, %y: tensor<bf16>) -> tensor<bf16> attributes {dl.entry} {
  %r = dl.rem %x, %y : (tensor<bf16>, tensor<bf16>) -> tensor<bf16>
  return %r : tensor<bf16>
}
