// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// 16-bit floats are loaded, stored and passed on without a library.
// RUN: dlc-verify %s
// RUN: dlc-verify %s --special --seed 3 --dim n=40,5
dl.parameter @w : tensor<9xbf16> = #dl.uniform<stream = 1, low = -1.0 : f64, high = 1.0 : f64>

func.func @bf16(%x: tensor<?x9xbf16> {dl.dims = ["n", 9]}) -> (tensor<?x9xbf16> {dl.dims = ["n", 9]}, tensor<9xbf16>, tensor<?x9xf32> {dl.dims = ["n", 9]}) attributes {dl.entry} {
  %w = dl.read @w : tensor<9xbf16>
  %r = dl.mul %x, %w : (tensor<?x9xbf16>, tensor<9xbf16>) -> tensor<?x9xbf16>
  %k = dl.constant dense<[1.0, 2.0, 3.0, -4.0, 5.0, 6.0, 7.0, 8.0, 1.0e30]> : tensor<9xbf16>
  %s = dl.add %w, %k : (tensor<9xbf16>, tensor<9xbf16>) -> tensor<9xbf16>
  %f = dl.cast %x : (tensor<?x9xbf16>) -> tensor<?x9xf32>
  return %r, %s, %f : tensor<?x9xbf16>, tensor<9xbf16>, tensor<?x9xf32>
}

func.func @f16(%x: tensor<?x9xf16> {dl.dims = ["n", 9]}, %y: tensor<9xf16>) -> (tensor<?x9xf16> {dl.dims = ["n", 9]}, tensor<?x9xf64> {dl.dims = ["n", 9]}, tensor<?x9xi8> {dl.dims = ["n", 9]}) attributes {dl.entry} {
  %r = dl.div %x, %y : (tensor<?x9xf16>, tensor<9xf16>) -> tensor<?x9xf16>
  %d = dl.cast %x : (tensor<?x9xf16>) -> tensor<?x9xf64>
  %i = dl.cast %x : (tensor<?x9xf16>) -> tensor<?x9xi8>
  return %r, %d, %i : tensor<?x9xf16>, tensor<?x9xf64>, tensor<?x9xi8>
}

func.func @slices(%x: tensor<5x4xbf16>) -> (tensor<4xbf16>, tensor<5x4xbf16>) attributes {dl.entry} {
  %z = dl.constant dense<0.0> : tensor<4xbf16>
  %l, %all = dl.scan init(%z) over(%x) length 5 {
  ^bb0(%c: tensor<4xbf16>, %s: tensor<4xbf16>):
    %n = dl.max %c, %s : (tensor<4xbf16>, tensor<4xbf16>) -> tensor<4xbf16>
    dl.yield %n, %n : tensor<4xbf16>, tensor<4xbf16>
  } : (tensor<4xbf16>, tensor<5x4xbf16>) -> (tensor<4xbf16>, tensor<5x4xbf16>)
  return %l, %all : tensor<4xbf16>, tensor<5x4xbf16>
}
