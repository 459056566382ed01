// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0], [1000.0, 0.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<[[-0.69314718, -0.69314718], [0.0, -1000.0]]> : tensor<2x2xf32>],
    dl.ulps = 4 : i64} {
  %r = dl.log_softmax %x {axis = 1 : i64} : (tensor<?x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
