// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @unbound(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<i64> attributes {
    dl.entry,
    dl.inputs = [dense<0.0> : tensor<1xf32>]} {
  // expected-error @below {{extent m has no value: a name is not bound by any argument, or the value overflows}}
  %n = dl.extent {dim = "m"} : () -> tensor<i64>
  return %n : tensor<i64>
}

func.func @negative(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<0.0> : tensor<1xf32>]} {
  // expected-error @below {{'dl.iota' op extent is -1, expected at least 0}}
  %r = dl.iota {axis = 0 : i64, dims = ["n - 2"]} : () -> tensor<?xf32>
  return %r : tensor<?xf32>
}
