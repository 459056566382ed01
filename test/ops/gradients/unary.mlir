// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Every unary op, over a dynamic extent.

func.func @neg(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.neg %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @abs(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.abs %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @sign(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.sign %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @floor(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.floor %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @ceil(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.ceil %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @round(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.round %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @exp(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.exp %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @expm1(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.expm1 %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @log(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [0.2, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.log %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @log1p(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [-0.8, 2.0]}) -> tensor<?x4xf64> {
  %r0 = dl.log1p %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @sqrt(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [0.2, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.sqrt %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @rsqrt(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [0.3, 3.0]}) -> tensor<?x4xf64> {
  %r0 = dl.rsqrt %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @sin(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.sin %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @cos(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.cos %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @tanh(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.tanh %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @erf(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.erf %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @sigmoid(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.sigmoid %x : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}
