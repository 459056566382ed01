// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a call is refused for before anything runs.
// RUN: dlc-evaluate %s --verify-diagnostics
// expected-error @below {{argument 1 'b' has 3 in axis 0, but 'n' is 2 in argument 0 'a'}}
func.func @names_disagree(%a: tensor<?xf32> {dl.dims = ["n"], dl.name = "a"}, %b: tensor<?x1xf32> {dl.dims = ["n", 1], dl.name = "b"}) -> tensor<?xf32> attributes {
    dl.entry, dl.inputs = [dense<0.0> : tensor<2xf32>, dense<0.0> : tensor<3x1xf32>]} {
  return %a : tensor<?xf32>
}

// expected-error @below {{argument 0 has 5 in axis 0, expected "2*n" = 4}}
func.func @expression_disagrees(%a: tensor<?xf32> {dl.dims = ["2*n"]}, %b: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry, dl.inputs = [dense<0.0> : tensor<5xf32>, dense<0.0> : tensor<2xf32>]} {
  return %a : tensor<?xf32>
}

// expected-error @below {{argument 0 is 'tensor<3xf32>', expected 'tensor<2xf32>'}}
func.func @wrong_extent(%a: tensor<2xf32>) -> tensor<2xf32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<3xf32>]} {
  return %a : tensor<2xf32>
}

// expected-error @below {{argument 0 is 'tensor<2xi32>', expected 'tensor<2xf32>'}}
func.func @wrong_type(%a: tensor<2xf32>) -> tensor<2xf32> attributes {dl.entry, dl.inputs = [dense<0> : tensor<2xi32>]} {
  return %a : tensor<2xf32>
}

// expected-error @below {{takes 1 arguments, given 0}}
func.func @too_few(%a: tensor<2xf32>) -> tensor<2xf32> attributes {dl.entry, dl.inputs = []} {
  return %a : tensor<2xf32>
}

// expected-error @below {{dl.inputs holds 3 : i32, expected elements}}
func.func @no_elements(%a: tensor<2xf32>) -> tensor<2xf32> attributes {dl.entry, dl.inputs = [3 : i32]} {
  return %a : tensor<2xf32>
}

// expected-error @below {{dl.expect has 2 entries for 1 results}}
func.func @too_many_expected(%a: tensor<f32>) -> tensor<f32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<f32>], dl.expect = [dense<0.0> : tensor<f32>, dense<0.0> : tensor<f32>]} {
  return %a : tensor<f32>
}
