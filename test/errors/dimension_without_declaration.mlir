// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --inline-calls --verify-diagnostics
func.func private @flat(%x: tensor<?x2x2xf32>) -> tensor<?x4xf32> {
  %y = dl.reshape %x {dims = ["rows", 4]} : (tensor<?x2x2xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
func.func @entry(%x: tensor<?x2x2xf32> {dl.dims = ["batch", 2, 2]}) -> tensor<?x4xf32> attributes {dl.entry} {
  // expected-error @below {{inlines @flat, which names dimension 'rows'; no argument of @flat or @entry declares it}}
  %y = func.call @flat(%x) : (tensor<?x2x2xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
