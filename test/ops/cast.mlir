// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// Toward zero, saturating, NaN 0.
func.func @float_to_int(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[1.9, -1.9, 0x7FC00000, 0x7F800000, 0xFF800000, 300.0]> : tensor<6xf32>],
    dl.expect = [dense<[1, -1, 0, 127, -128, 127]> : tensor<6xi8>]} {
  %r = dl.cast %x : (tensor<?xf32>) -> tensor<?xi8>
  return %r : tensor<?xi8>
}

func.func @float_to_i64(%x: tensor<?xf64> {dl.dims = ["n"]}) -> tensor<?xi64> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0e+30, -1.0e+30, -2.5]> : tensor<3xf64>],
    dl.expect = [dense<[9223372036854775807, -9223372036854775808, -2]> : tensor<3xi64>]} {
  %r = dl.cast %x : (tensor<?xf64>) -> tensor<?xi64>
  return %r : tensor<?xi64>
}

func.func @float_to_ui8(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xui8> attributes {
    dl.entry,
    dl.inputs = [dense<[-1.0, 254.5, 256.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[0, 254, 255, 0]> : tensor<4xui8>]} {
  %r = dl.cast %x : (tensor<?xf32>) -> tensor<?xui8>
  return %r : tensor<?xui8>
}

func.func @float_to_bool(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, -0.0, 0.5, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[false, false, true, true]> : tensor<4xi1>]} {
  %r = dl.cast %x : (tensor<?xf32>) -> tensor<?xi1>
  return %r : tensor<?xi1>
}

func.func @int_wraps(%x: tensor<?xi32> {dl.dims = ["n"]}) -> tensor<?xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[300, -1]> : tensor<2xi32>],
    dl.expect = [dense<[44, -1]> : tensor<2xi8>]} {
  %r = dl.cast %x : (tensor<?xi32>) -> tensor<?xi8>
  return %r : tensor<?xi8>
}

func.func @ui8_to_i8(%x: tensor<?xui8> {dl.dims = ["n"]}) -> tensor<?xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[200, 5]> : tensor<2xui8>],
    dl.expect = [dense<[-56, 5]> : tensor<2xi8>]} {
  %r = dl.cast %x : (tensor<?xui8>) -> tensor<?xi8>
  return %r : tensor<?xi8>
}

func.func @int_to_bool(%x: tensor<?xi32> {dl.dims = ["n"]}) -> tensor<?xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[0, -7]> : tensor<2xi32>],
    dl.expect = [dense<[false, true]> : tensor<2xi1>]} {
  %r = dl.cast %x : (tensor<?xi32>) -> tensor<?xi1>
  return %r : tensor<?xi1>
}

func.func @bool_to_float(%x: tensor<?xi1> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[false, true]> : tensor<2xi1>],
    dl.expect = [dense<[0.0, 1.0]> : tensor<2xf32>]} {
  %r = dl.cast %x : (tensor<?xi1>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @pixels(%x: tensor<?xui8> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0, 255]> : tensor<2xui8>],
    dl.expect = [dense<[0.0, 255.0]> : tensor<2xf32>]} {
  %r = dl.cast %x : (tensor<?xui8>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// Going through f64 would round twice.
func.func @i64_rounds_once(%x: tensor<?xi64> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[18014398509481987, 16777217]> : tensor<2xi64>],
    dl.expect = [dense<[1.8014398509481984e+16, 16777216.0]> : tensor<2xf32>]} {
  %r = dl.cast %x : (tensor<?xi64>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// Ties to even; beyond the largest is infinite.
func.func @to_bf16(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xbf16> attributes {
    dl.entry,
    dl.inputs = [dense<[1.00390625, 1.01171875, 3.4e+38]> : tensor<3xf32>],
    dl.expect = [dense<[1.0, 1.015625, 0x7F80]> : tensor<3xbf16>]} {
  %r = dl.cast %x : (tensor<?xf32>) -> tensor<?xbf16>
  return %r : tensor<?xbf16>
}

// 65520 is half a step above the largest f16; 2^-24 is the smallest.
func.func @to_f16(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf16> attributes {
    dl.entry,
    dl.inputs = [dense<[65519.0, 65520.0, 1.0e-08, 5.9604645e-08]> : tensor<4xf32>],
    dl.expect = [dense<[65504.0, 0x7C00, 0.0, 5.9604645e-08]> : tensor<4xf16>]} {
  %r = dl.cast %x : (tensor<?xf32>) -> tensor<?xf16>
  return %r : tensor<?xf16>
}

func.func @empty(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xi1> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xf32>],
    dl.expect = [dense<> : tensor<0xi1>]} {
  %r = dl.cast %x : (tensor<?xf32>) -> tensor<?xi1>
  return %r : tensor<?xi1>
}
