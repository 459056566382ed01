// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Cases fail: a test that cannot fail proves nothing.
// RUN: dlc-evaluate %s --verify-diagnostics
// expected-error @below {{result 0: element 1 is 2, expected 3}}
func.func @value(%a: tensor<2xf32>) -> tensor<2xf32> attributes {dl.entry, dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>], dl.expect = [dense<[1.0, 3.0]> : tensor<2xf32>]} {
  return %a : tensor<2xf32>
}

// expected-error @below {{result 0: element 0 is 0, expected -0}}
func.func @sign_of_zero(%a: tensor<1xf32>) -> tensor<1xf32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<1xf32>], dl.expect = [dense<-0.0> : tensor<1xf32>]} {
  return %a : tensor<1xf32>
}

// expected-error @below {{result 0: element 0 is nan, expected 1}}
func.func @nan(%a: tensor<1xf32>) -> tensor<1xf32> attributes {dl.entry, dl.inputs = [dense<0x7FC00000> : tensor<1xf32>], dl.expect = [dense<1.0> : tensor<1xf32>], dl.ulps = 1000000 : i64} {
  return %a : tensor<1xf32>
}

// 1 + 2^-22 is two floats above 1.
// expected-error @below {{result 0: element 0 is 1.00000024, expected 1 within 1 ulps}}
func.func @too_far(%a: tensor<1xf32>) -> tensor<1xf32> attributes {dl.entry, dl.inputs = [dense<0x3F800002> : tensor<1xf32>], dl.expect = [dense<1.0> : tensor<1xf32>], dl.ulps = 1 : i64} {
  return %a : tensor<1xf32>
}

func.func @near_enough(%a: tensor<1xf32>) -> tensor<1xf32> attributes {dl.entry, dl.inputs = [dense<0x3F800002> : tensor<1xf32>], dl.expect = [dense<1.0> : tensor<1xf32>], dl.ulps = 2 : i64} {
  return %a : tensor<1xf32>
}

// expected-error @below {{result 0: is tensor<1xf32>, expected tensor<2xf32>}}
func.func @extents(%a: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<1xf32>], dl.expect = [dense<0.0> : tensor<2xf32>]} {
  return %a : tensor<?xf32>
}

// expected-error @below {{has dl.inputs and no dl.expect, and its evaluation reports no error}}
func.func @expects_nothing(%a: tensor<1xf32>) -> tensor<1xf32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<1xf32>]} {
  return %a : tensor<1xf32>
}
