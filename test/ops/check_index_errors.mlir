// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @beyond(%x: tensor<2xi64>) -> tensor<2xi64> attributes {dl.entry, dl.inputs = [dense<[0, 3]> : tensor<2xi64>]} {
  // expected-error @below {{index 3 at position 1 is outside [0, 3)}}
  %r = dl.check_index %x {dim = 3 : i64} : (tensor<2xi64>) -> tensor<2xi64>
  return %r : tensor<2xi64>
}

func.func @below(%x: tensor<1xi8>) -> tensor<1xi8> attributes {dl.entry, dl.inputs = [dense<-1> : tensor<1xi8>]} {
  // expected-error @below {{index -1 at position 0 is outside [0, 3)}}
  %r = dl.check_index %x {dim = 3 : i64} : (tensor<1xi8>) -> tensor<1xi8>
  return %r : tensor<1xi8>
}
