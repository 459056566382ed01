// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s --verify-diagnostics
// The check itself fails where the gradient is not the derivative.

// expected-error-re@below {{gradient along a direction is {{.*}}, differences give {{.*}} (seed 0)}}
func.func @stops_a_gradient(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = dl.stop_gradient %x : (tensor<4xf64>) -> tensor<4xf64>
  %r = dl.mul %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %r : tensor<4xf64>
}

func.func private @identity(%x: tensor<4xf64>) -> tensor<4xf64> {
  return %x : tensor<4xf64>
}
func.func @calls(%x: tensor<4xf64>) -> tensor<4xf64> {
  // expected-error@below {{'func.call' op has no gradient}}
  %y = func.call @identity(%x) : (tensor<4xf64>) -> tensor<4xf64>
  return %y : tensor<4xf64>
}
