// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
func.func @product(%a: tensor<64x80xf32>, %b: tensor<80x64xf32>) -> tensor<64x64xf32> attributes {dl.entry} {
  %c = dl.matmul %a, %b : (tensor<64x80xf32>, tensor<80x64xf32>) -> tensor<64x64xf32>
  return %c : tensor<64x64xf32>
}
