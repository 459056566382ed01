// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Initial values, by the formulas of State.td over random_uniform and random_normal.
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// RUN: dlc-evaluate %s --function draw_uniform --seed 7 | FileCheck %s --check-prefix=SEED
dl.parameter @zeros : tensor<2xf32> = #dl.zeros
dl.parameter @ones : tensor<2xi32> = #dl.ones
dl.parameter @elements : tensor<2xf64> = dense<[1.0, 2.0]> : tensor<2xf64>
dl.parameter @uniform : tensor<4xf32> = #dl.uniform<stream = 0, low = -1.0 : f64, high = 3.0 : f64>
dl.parameter @normal : tensor<2xf32> = #dl.normal<stream = 0, deviation = 0.5 : f64>
dl.parameter @glorot : tensor<1x5xf32> = #dl.glorot_uniform<stream = 0>
dl.parameter @he_uniform : tensor<1x3x2xf32> = #dl.he_uniform<stream = 0>
dl.parameter @he_normal : tensor<2x1xf32> = #dl.he_normal<stream = 0>

func.func @constants() -> (tensor<2xf32>, tensor<2xi32>, tensor<2xf64>) attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<0.0> : tensor<2xf32>, dense<1> : tensor<2xi32>, dense<[1.0, 2.0]> : tensor<2xf64>]} {
  %a = dl.read @zeros : tensor<2xf32>
  %b = dl.read @ones : tensor<2xi32>
  %c = dl.read @elements : tensor<2xf64>
  return %a, %b, %c : tensor<2xf32>, tensor<2xi32>, tensor<2xf64>
}

// u 4 - 1, u = (bits >> 8) 2^-24 of the generator's known answers at counter and key 0.
// SEED: draw_uniform#0: tensor<4xf32> [
// SEED-NOT: 0.596185684
func.func @draw_uniform() -> tensor<4xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[0.5961856842041016, 2.522080659866333, 1.9428510665893555, 1.4219272136688232]> : tensor<4xf32>]} {
  %r = dl.read @uniform : tensor<4xf32>
  return %r : tensor<4xf32>
}

// n / 2.
func.func @draw_normal() -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[0.49556873757294856, -0.4623313901772166]> : tensor<2xf32>],
    dl.ulps = 8 : i64} {
  %r = dl.read @normal : tensor<2xf32>
  return %r : tensor<2xf32>
}

// A matrix: within sqrt(6 / (1 + 5)) = 1.
func.func @draw_glorot() -> tensor<1x5xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[[-0.20190715789794922, 0.7610403299331665, 0.47142553329467773, 0.21096360683441162, 0.9444823265075684]]> : tensor<1x5xf32>]} {
  %r = dl.read @glorot : tensor<1x5xf32>
  return %r : tensor<1x5xf32>
}

// A filter [1, 3, 2]: fan-in is 3 2, within sqrt(6 / 6) = 1.
func.func @draw_he_uniform() -> tensor<1x3x2xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[[[-0.20190715789794922, 0.7610403299331665], [0.47142553329467773, 0.21096360683441162], [0.9444823265075684, -0.27581787109375]]]> : tensor<1x3x2xf32>]} {
  %r = dl.read @he_uniform : tensor<1x3x2xf32>
  return %r : tensor<1x3x2xf32>
}

// A matrix [2, 1]: fan-in is 2, deviation sqrt(2 / 2) = 1.
func.func @draw_he_normal() -> tensor<2x1xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[[0.9911374751458971], [-0.9246627803544332]]> : tensor<2x1xf32>],
    dl.ulps = 8 : i64} {
  %r = dl.read @he_normal : tensor<2x1xf32>
  return %r : tensor<2x1xf32>
}
