// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @beyond(%x: tensor<2xf32>, %y: tensor<3xi64>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<[0, 2, -1]> : tensor<3xi64>]} {
  // expected-error @below {{index 2 at position 1 is outside [0, 2)}}
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<2xf32>, tensor<3xi64>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

func.func @negative(%x: tensor<2xf32>, %y: tensor<1xi8>) -> tensor<1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<[-1]> : tensor<1xi8>]} {
  // expected-error @below {{index -1 at position 0 is outside [0, 2)}}
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<2xf32>, tensor<1xi8>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}
