// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// The gradient of a loop is a loop the other way: carries, sequences, constants and stacked results.

func.func @carry_and_stack(%h0: tensor<?x3xf64> {dl.dims = ["n", 3]}, %xs: tensor<?x?x3xf64> {dl.dims = ["t", "n", 3]}, %w: tensor<3x3xf64>)
    -> (tensor<?x3xf64>, tensor<?x?x3xf64>) {
  %h, %ys = dl.scan init(%h0) over(%xs) with(%w) length "t" {
  ^bb0(%c: tensor<?x3xf64>, %x: tensor<?x3xf64>, %u: tensor<3x3xf64>):
    %p = dl.matmul %c, %u : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
    %s = dl.add %p, %x : (tensor<?x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
    %next = dl.tanh %s : (tensor<?x3xf64>) -> tensor<?x3xf64>
    %y = dl.mul %next, %c : (tensor<?x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
    dl.yield %next, %y : tensor<?x3xf64>, tensor<?x3xf64>
  } : (tensor<?x3xf64>, tensor<?x?x3xf64>, tensor<3x3xf64>) -> (tensor<?x3xf64>, tensor<?x?x3xf64>)
  return %h, %ys : tensor<?x3xf64>, tensor<?x?x3xf64>
}

func.func @reversed(%h0: tensor<3xf64>, %xs: tensor<5x3xf64>, %k: tensor<f64>) -> (tensor<3xf64>, tensor<5x3xf64>) {
  %h, %ys = dl.scan init(%h0) over(%xs) with(%k) length 5 {
  ^bb0(%c: tensor<3xf64>, %x: tensor<3xf64>, %u: tensor<f64>):
    %p = dl.mul %c, %u : (tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
    %s = dl.sin %p : (tensor<3xf64>) -> tensor<3xf64>
    %next = dl.add %s, %x : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %y = dl.mul %x, %next : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    dl.yield %next, %y : tensor<3xf64>, tensor<3xf64>
  } {reverse} : (tensor<3xf64>, tensor<5x3xf64>, tensor<f64>) -> (tensor<3xf64>, tensor<5x3xf64>)
  return %h, %ys : tensor<3xf64>, tensor<5x3xf64>
}

// No carry at all: a map over the first axis.
func.func @map(%xs: tensor<4x3xf64>, %k: tensor<3xf64>) -> tensor<4xf64> {
  %ys = dl.scan over(%xs) with(%k) length 4 {
  ^bb0(%x: tensor<3xf64>, %u: tensor<3xf64>):
    %p = dl.mul %x, %u : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %y = dl.log_sum_exp %p {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %y : tensor<f64>
  } : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4xf64>
  return %ys : tensor<4xf64>
}

// The integer carry counts; the second float carry becomes active through the first.
func.func @mixed_carries(%a: tensor<3xf64>, %xs: tensor<4x3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %zero = dl.constant dense<0.0> : tensor<3xf64>
  %start = dl.constant dense<1> : tensor<i64>
  %n, %h, %g = dl.scan init(%start, %a, %zero) over(%xs) length 4 {
  ^bb0(%i: tensor<i64>, %c: tensor<3xf64>, %d: tensor<3xf64>, %x: tensor<3xf64>):
    %f = dl.cast %i : (tensor<i64>) -> tensor<f64>
    %p = dl.mul %c, %x : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %q = dl.div %p, %f : (tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
    %r = dl.sin %q : (tensor<3xf64>) -> tensor<3xf64>
    %e = dl.mul %d, %d : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %s = dl.add %e, %c : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %t = dl.tanh %s : (tensor<3xf64>) -> tensor<3xf64>
    %one = dl.constant dense<1> : tensor<i64>
    %j = dl.add %i, %one : (tensor<i64>, tensor<i64>) -> tensor<i64>
    dl.yield %j, %r, %t : tensor<i64>, tensor<3xf64>, tensor<3xf64>
  } : (tensor<i64>, tensor<3xf64>, tensor<3xf64>, tensor<4x3xf64>) -> (tensor<i64>, tensor<3xf64>, tensor<3xf64>)
  return %h, %g : tensor<3xf64>, tensor<3xf64>
}

func.func @nested(%a: tensor<2xf64>, %xs: tensor<3x4x2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %h = dl.scan init(%a) over(%xs) with(%w) length 3 {
  ^bb0(%c: tensor<2xf64>, %x: tensor<4x2xf64>, %u: tensor<2xf64>):
    %inner = dl.scan init(%c) over(%x) with(%u) length 4 {
    ^bb1(%d: tensor<2xf64>, %y: tensor<2xf64>, %v: tensor<2xf64>):
      %p = dl.mul %d, %v : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
      %q = dl.add %p, %y : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
      %r = dl.tanh %q : (tensor<2xf64>) -> tensor<2xf64>
      dl.yield %r : tensor<2xf64>
    } : (tensor<2xf64>, tensor<4x2xf64>, tensor<2xf64>) -> tensor<2xf64>
    %s = dl.sin %inner : (tensor<2xf64>) -> tensor<2xf64>
    dl.yield %s : tensor<2xf64>
  } : (tensor<2xf64>, tensor<3x4x2xf64>, tensor<2xf64>) -> tensor<2xf64>
  return %h : tensor<2xf64>
}
