// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @floats() -> tensor<2x2xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[[1.0, 0x7FC00000], [-0.0, 0x7F800000]]> : tensor<2x2xf32>]} {
  %r = dl.constant dense<[[1.0, 0x7FC00000], [-0.0, 0x7F800000]]> : tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

func.func @splat() -> tensor<3xbf16> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<1.5> : tensor<3xbf16>]} {
  %r = dl.constant dense<1.5> : tensor<3xbf16>
  return %r : tensor<3xbf16>
}

func.func @booleans() -> tensor<3xi1> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[true, false, true]> : tensor<3xi1>]} {
  %r = dl.constant dense<[true, false, true]> : tensor<3xi1>
  return %r : tensor<3xi1>
}

func.func @bytes() -> tensor<2xui8> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[0, 255]> : tensor<2xui8>]} {
  %r = dl.constant dense<[0, 255]> : tensor<2xui8>
  return %r : tensor<2xui8>
}

func.func @half() -> tensor<1xf16> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[0.5]> : tensor<1xf16>]} {
  %r = dl.constant dense<[0.5]> : tensor<1xf16>
  return %r : tensor<1xf16>
}

func.func @scalar() -> tensor<f64> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<2.5> : tensor<f64>]} {
  %r = dl.constant dense<2.5> : tensor<f64>
  return %r : tensor<f64>
}

func.func @integers() -> tensor<2xi64> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<[-9223372036854775808, 7]> : tensor<2xi64>]} {
  %r = dl.constant dense<[-9223372036854775808, 7]> : tensor<2xi64>
  return %r : tensor<2xi64>
}

func.func @empty() -> tensor<0x3xf32> attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.constant dense<> : tensor<0x3xf32>
  return %r : tensor<0x3xf32>
}
