// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --inline-calls --verify-diagnostics
func.func private @sum(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> {
  %r = dl.add %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @entry(%x: tensor<?xf32> {dl.dims = ["a"]}, %y: tensor<?xf32> {dl.dims = ["b"]}) -> tensor<?xf32> attributes {dl.entry} {
  // expected-error @below {{argument 1 has extent b in axis 0, @sum expects n = a}}
  %r = func.call @sum(%x, %y) : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
