// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --describe-interface --thread-state --add-self-tests | FileCheck %s
// Each entry is called once, one that trains three times; a case gives its own inputs, and a case
// that is an error gives no test.

// CHECK: dl.self_tests = [
// CHECK-SAME: arguments = [dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>, dense<[3.000000e+00, 5.000000e+00]> : tensor<2xf32>]
// CHECK-SAME: calls = 1
// CHECK-SAME: function = "predict"
// CHECK-SAME: relative = 1.000000e-04
// The gradient is 1, so the bias is 0 before the first step and -0.5 before the third.
// CHECK-SAME: arguments = [dense<2.500000e-01> : tensor<f64>, dense<-5.000000e-01> : tensor<f64>]
// CHECK-SAME: calls = 3
// CHECK-SAME: function = "step"
// CHECK-SAME: relative = 1.000000e-09
// CHECK-NOT: function = "refused"
dl.parameter @bias : tensor<f64> = #dl.zeros

func.func @predict(%x: tensor<?xf32> {dl.dims = ["n"], dl.name = "x"}) -> tensor<?xf32> attributes {
    dl.entry, dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>]} {
  %two = dl.constant dense<2.0> : tensor<f32>
  %one = dl.constant dense<1.0> : tensor<f32>
  %y = dl.mul %x, %two : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %z = dl.add %y, %one : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %z : tensor<?xf32>
}

func.func @step(%rate: tensor<f64> {dl.hyper, dl.default = 0.25 : f64, dl.name = "rate"}) -> tensor<f64> attributes {dl.entry} {
  %b = dl.read @bias : tensor<f64>
  %next = dl.sub %b, %rate : (tensor<f64>, tensor<f64>) -> tensor<f64>
  dl.write @bias, %next : tensor<f64>
  return %b : tensor<f64>
}

func.func @refused(%x: tensor<2xf32> {dl.name = "x"}, %i: tensor<1xi64> {dl.name = "i"}) -> tensor<1xf32> attributes {
    dl.entry, dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<[2]> : tensor<1xi64>]} {
  %y = dl.gather %x, %i {axis = 0 : i64} : (tensor<2xf32>, tensor<1xi64>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}
