// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @eq(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[false, true, false, false]> : tensor<4xi1>]} {
  %r = dl.compare eq, %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

func.func @ne(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[true, false, true, true]> : tensor<4xi1>]} {
  %r = dl.compare ne, %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

func.func @lt(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[true, false, false, false]> : tensor<4xi1>]} {
  %r = dl.compare lt, %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

func.func @le(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[true, true, false, false]> : tensor<4xi1>]} {
  %r = dl.compare le, %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

func.func @gt(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[false, false, true, false]> : tensor<4xi1>]} {
  %r = dl.compare gt, %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

func.func @ge(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[false, true, true, false]> : tensor<4xi1>]} {
  %r = dl.compare ge, %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

// false < true.
func.func @booleans(%x: tensor<2x1xi1>, %y: tensor<1x2xi1>) -> tensor<2x2xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[[false], [true]]> : tensor<2x1xi1>, dense<[[false, true]]> : tensor<1x2xi1>],
    dl.expect = [dense<[[false, true], [false, false]]> : tensor<2x2xi1>]} {
  %r = dl.compare lt, %x, %y : (tensor<2x1xi1>, tensor<1x2xi1>) -> tensor<2x2xi1>
  return %r : tensor<2x2xi1>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<f32>) -> tensor<?x3xi1> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x3xi1>]} {
  %r = dl.compare lt, %x, %y : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x3xi1>
  return %r : tensor<?x3xi1>
}
