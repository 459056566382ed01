// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A place of the library's data is the value of every argument prepared there.
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
dl.embedded 0 = dense<[1.0, 2.0]> : tensor<2xf32>
dl.embedded 64 = dense<7> : tensor<3xi8>
func.func @reads(%x: tensor<2xf32>, %w: tensor<2xf32> {dl.prepared = 0 : i64}, %k: tensor<3xi8> {dl.prepared = 64 : i64}) -> (tensor<2xf32>, tensor<3xi8>) attributes {
    dl.entry,
    dl.inputs = [dense<[3.0, 4.0]> : tensor<2xf32>],
    dl.expect = [dense<[4.0, 6.0]> : tensor<2xf32>, dense<7> : tensor<3xi8>]} {
  %y = dl.add %x, %w : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y, %k : tensor<2xf32>, tensor<3xi8>
}
