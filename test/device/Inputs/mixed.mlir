// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arguments of all sizes: `edge` has 64 KB a row, `large` more.
func.func @mix(%small: tensor<?x3xf32> {dl.dims = ["n", 3], dl.name = "small"},
               %large: tensor<?x20000xf32> {dl.dims = ["n", 20000], dl.name = "large"},
               %edge: tensor<?x16384xf32> {dl.dims = ["n", 16384], dl.name = "edge"},
               %scale: tensor<f32> {dl.name = "scale"},
               %other: tensor<?x4xf32> {dl.dims = ["m", 4], dl.name = "other"})
    -> (tensor<?x3xf32> {dl.dims = ["n", 3], dl.name = "a"}, tensor<?x20000xf32> {dl.dims = ["n", 20000], dl.name = "b"},
        tensor<?x16384xf32> {dl.dims = ["n", 16384], dl.name = "c"}, tensor<?x4xf32> {dl.dims = ["m", 4], dl.name = "d"})
    attributes {dl.entry} {
  %a = dl.mul %small, %scale : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x3xf32>
  %b = dl.add %large, %scale : (tensor<?x20000xf32>, tensor<f32>) -> tensor<?x20000xf32>
  %c = dl.sub %edge, %scale : (tensor<?x16384xf32>, tensor<f32>) -> tensor<?x16384xf32>
  %d = dl.mul %other, %scale : (tensor<?x4xf32>, tensor<f32>) -> tensor<?x4xf32>
  return %a, %b, %c, %d : tensor<?x3xf32>, tensor<?x20000xf32>, tensor<?x16384xf32>, tensor<?x4xf32>
}
