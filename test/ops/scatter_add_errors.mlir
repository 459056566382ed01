// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @beyond(%x: tensor<1xi64>, %y: tensor<1xf32>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[3]> : tensor<1xi64>, dense<[1.0]> : tensor<1xf32>]} {
  // expected-error @below {{index 3 at position 0 is outside [0, 3)}}
  %r = dl.scatter_add %x, %y {axis = 0 : i64, dims = [3]} : (tensor<1xi64>, tensor<1xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}
