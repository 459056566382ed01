// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
dl.kernel @double attributes {argument_dims = [["n", 2]]} {
^bb0(%x: tensor<?x2xf32>):
  %r = dl.add %x, %x : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<?x2xf32>
  dl.yield %r : tensor<?x2xf32>
}

func.func @twice(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 0x7FC00000]]> : tensor<2x2xf32>],
    dl.expect = [dense<[[4.0, 8.0], [12.0, 0x7FC00000]]> : tensor<2x2xf32>]} {
  %a = dl.launch @double(%x) : (tensor<?x2xf32>) -> tensor<?x2xf32>
  %b = dl.launch @double(%a) : (tensor<?x2xf32>) -> tensor<?x2xf32>
  return %b : tensor<?x2xf32>
}
