// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// h' = h + u x; every h is stacked.
func.func @running_sum(%h: tensor<f32>, %xs: tensor<?xf32> {dl.dims = ["time"]}, %u: tensor<f32>) -> (tensor<f32>, tensor<?xf32>) attributes {
    dl.entry,
    dl.inputs = [dense<1.0> : tensor<f32>, dense<[1.0, 2.0, 3.0]> : tensor<3xf32>, dense<2.0> : tensor<f32>],
    dl.expect = [dense<13.0> : tensor<f32>, dense<[3.0, 7.0, 13.0]> : tensor<3xf32>]} {
  %last, %all = dl.scan init(%h) over(%xs) with(%u) length "time" {
  ^bb0(%c: tensor<f32>, %x: tensor<f32>, %k: tensor<f32>):
    %m = dl.mul %x, %k : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %s = dl.add %c, %m : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %s, %s : tensor<f32>, tensor<f32>
  } : (tensor<f32>, tensor<?xf32>, tensor<f32>) -> (tensor<f32>, tensor<?xf32>)
  return %last, %all : tensor<f32>, tensor<?xf32>
}

// Step 0 takes the last slice and stacks at the end.
func.func @reversed(%h: tensor<i32>, %xs: tensor<3xi32>) -> (tensor<i32>, tensor<3xi32>) attributes {
    dl.entry,
    dl.inputs = [dense<0> : tensor<i32>, dense<[1, 2, 3]> : tensor<3xi32>],
    dl.expect = [dense<6> : tensor<i32>, dense<[6, 5, 3]> : tensor<3xi32>]} {
  %last, %all = dl.scan init(%h) over(%xs) length 3 {
  ^bb0(%c: tensor<i32>, %x: tensor<i32>):
    %s = dl.add %c, %x : (tensor<i32>, tensor<i32>) -> tensor<i32>
    dl.yield %s, %s : tensor<i32>, tensor<i32>
  } {reverse} : (tensor<i32>, tensor<3xi32>) -> (tensor<i32>, tensor<3xi32>)
  return %last, %all : tensor<i32>, tensor<3xi32>
}

// No step: the carry comes out as it went in, nothing is stacked, and the
// extents of a step are known all the same.
func.func @no_steps(%h: tensor<?xf32> {dl.dims = ["n"]}, %xs: tensor<?x?xf32> {dl.dims = ["time", "n"]}) -> (tensor<?xf32>, tensor<?x?xf32>) attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<> : tensor<0x2xf32>],
    dl.expect = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<> : tensor<0x2xf32>]} {
  %last, %all = dl.scan init(%h) over(%xs) length "time" {
  ^bb0(%c: tensor<?xf32>, %x: tensor<?xf32>):
    %s = dl.add %c, %x : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    dl.yield %s, %s : tensor<?xf32>, tensor<?xf32>
  } : (tensor<?xf32>, tensor<?x?xf32>) -> (tensor<?xf32>, tensor<?x?xf32>)
  return %last, %all : tensor<?xf32>, tensor<?x?xf32>
}

// A composite inside, and steps without sequences: 8 is halved three times by
// relu(c / 2), which composites see with the extents of the carry.
func.func @composite_inside(%h: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[8.0, -8.0]> : tensor<2xf32>],
    dl.expect = [dense<[1.0, 0.0]> : tensor<2xf32>]} {
  %two = dl.constant dense<2.0> : tensor<f32>
  %last = dl.scan init(%h) with(%two) length 3 {
  ^bb0(%c: tensor<?xf32>, %k: tensor<f32>):
    %half = dl.div %c, %k : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
    %r = dl.relu %half : (tensor<?xf32>) -> tensor<?xf32>
    dl.yield %r : tensor<?xf32>
  } : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %last : tensor<?xf32>
}
