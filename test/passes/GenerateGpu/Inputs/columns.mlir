// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
func.func @columns(%x: tensor<300x20xf32>) -> tensor<20xf32> attributes {dl.entry} {
  %mean = dl.reduce_mean %x {axes = array<i64: 0>, keep_dims} : (tensor<300x20xf32>) -> tensor<1x20xf32>
  %apart = dl.sub %x, %mean : (tensor<300x20xf32>, tensor<1x20xf32>) -> tensor<300x20xf32>
  %squares = dl.mul %apart, %apart : (tensor<300x20xf32>, tensor<300x20xf32>) -> tensor<300x20xf32>
  %y = dl.reduce_sum %squares {axes = array<i64: 0>} : (tensor<300x20xf32>) -> tensor<20xf32>
  return %y : tensor<20xf32>
}
