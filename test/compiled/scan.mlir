// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops whose carries, slices and stacked values share memory in every way there is.
// RUN: dlc-verify %s

// Each carry becomes what the other was.
func.func @swap(%a: tensor<5xf32>, %b: tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>) attributes {dl.entry} {
  %x, %y = dl.scan init(%a, %b) length 3 {
  ^bb0(%p: tensor<5xf32>, %q: tensor<5xf32>):
    dl.yield %q, %p : tensor<5xf32>, tensor<5xf32>
  } : (tensor<5xf32>, tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  return %x, %y : tensor<5xf32>, tensor<5xf32>
}

// Fibonacci's numbers: one carry is handed on, the other computed from both; the old one is stacked.
func.func @hand_on(%a: tensor<?xi64> {dl.dims = ["n"]}, %b: tensor<?xi64> {dl.dims = ["n"]})
    -> (tensor<?xi64> {dl.dims = ["n"]}, tensor<?xi64> {dl.dims = ["n"]}, tensor<6x?xi64> {dl.dims = [6, "n"]}) attributes {dl.entry} {
  %x, %y, %all = dl.scan init(%a, %b) length 6 {
  ^bb0(%p: tensor<?xi64>, %q: tensor<?xi64>):
    %s = dl.add %p, %q : (tensor<?xi64>, tensor<?xi64>) -> tensor<?xi64>
    dl.yield %q, %s, %p : tensor<?xi64>, tensor<?xi64>, tensor<?xi64>
  } : (tensor<?xi64>, tensor<?xi64>) -> (tensor<?xi64>, tensor<?xi64>, tensor<6x?xi64>)
  return %x, %y, %all : tensor<?xi64>, tensor<?xi64>, tensor<6x?xi64>
}

// Three carries turn; one sequence is a constant, another runs backwards.
func.func @turn(%a: tensor<2xf64>, %b: tensor<2xf64>, %c: tensor<2xf64>, %xs: tensor<4x2xf64>)
    -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<4x2xf64>) attributes {dl.entry} {
  %k = dl.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf64>
  %x, %y, %z, %all = dl.scan init(%a, %b, %c) over(%xs, %k) length 4 {
  ^bb0(%p: tensor<2xf64>, %q: tensor<2xf64>, %r: tensor<2xf64>, %s: tensor<2xf64>, %t: tensor<2xf64>):
    %u = dl.mul %s, %t : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    %v = dl.add %u, %p : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    dl.yield %q, %r, %p, %v : tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>
  } {reverse} : (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<4x2xf64>, tensor<4x2xf64>) -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<4x2xf64>)
  return %x, %y, %z, %all : tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<4x2xf64>
}

// A loop within a loop, over the rows of a slice.
func.func @nested(%h: tensor<3xf32>, %xs: tensor<?x?x3xf32> {dl.dims = ["t", "u", 3]})
    -> (tensor<3xf32>, tensor<?x?x3xf32> {dl.dims = ["t", "u", 3]}) attributes {dl.entry} {
  %last, %all = dl.scan init(%h) over(%xs) length "t" {
  ^bb0(%c: tensor<3xf32>, %rows: tensor<?x3xf32>):
    %inner, %stack = dl.scan init(%c) over(%rows) length "u" {
    ^bb0(%d: tensor<3xf32>, %row: tensor<3xf32>):
      %half = dl.constant dense<0.5> : tensor<f32>
      %e = dl.mul %d, %half : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
      %f = dl.add %e, %row : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      dl.yield %f, %d : tensor<3xf32>, tensor<3xf32>
    } {reverse} : (tensor<3xf32>, tensor<?x3xf32>) -> (tensor<3xf32>, tensor<?x3xf32>)
    dl.yield %inner, %stack : tensor<3xf32>, tensor<?x3xf32>
  } : (tensor<3xf32>, tensor<?x?x3xf32>) -> (tensor<3xf32>, tensor<?x?x3xf32>)
  return %last, %all : tensor<3xf32>, tensor<?x?x3xf32>
}

// A carry replaced by a slice, another by what every step sees alike, a third kept.
func.func @replaced(%a: tensor<2xf32>, %b: tensor<2xf32>, %c: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<2xf32>)
    -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3x2xf32>) attributes {dl.entry} {
  %x, %y, %z, %all = dl.scan init(%a, %b, %c) over(%xs) with(%k) length 3 {
  ^bb0(%p: tensor<2xf32>, %q: tensor<2xf32>, %r: tensor<2xf32>, %s: tensor<2xf32>, %w: tensor<2xf32>):
    dl.yield %s, %w, %r, %p : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  } : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3x2xf32>)
  return %x, %y, %z, %all : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3x2xf32>
}
