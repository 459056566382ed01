// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Reductions over one, several, all and no axes.

func.func @reduce_sum_last(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_sum_first_kept(%x: tensor<3x4xf64>) -> tensor<1x4xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 0>, keep_dims} : (tensor<3x4xf64>) -> tensor<1x4xf64>
  return %r0 : tensor<1x4xf64>
}

func.func @reduce_sum_middle(%x: tensor<2x3x4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<2x3x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @reduce_sum_outer_two(%x: tensor<2x3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 0, 2>} : (tensor<2x3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_sum_unsorted_kept(%x: tensor<2x3x4xf64>) -> tensor<1x3x1xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<2x3x4xf64>) -> tensor<1x3x1xf64>
  return %r0 : tensor<1x3x1xf64>
}

func.func @reduce_sum_all(%x: tensor<2x3xf64>) -> tensor<f64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @reduce_sum_none(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64>} : (tensor<2x3xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @reduce_sum_dynamic(%x: tensor<?x4x?xf64> {dl.dims = ["n", 4, "m"]}) -> tensor<4xf64> {
  %r0 = dl.reduce_sum %x {axes = array<i64: 0, 2>} : (tensor<?x4x?xf64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @reduce_prod_last(%x: tensor<3x4xf64> {dl.range = [0.3, 2.0]}) -> tensor<3xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 1>} : (tensor<3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_prod_first_kept(%x: tensor<3x4xf64> {dl.range = [0.3, 2.0]}) -> tensor<1x4xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 0>, keep_dims} : (tensor<3x4xf64>) -> tensor<1x4xf64>
  return %r0 : tensor<1x4xf64>
}

func.func @reduce_prod_middle(%x: tensor<2x3x4xf64> {dl.range = [0.3, 2.0]}) -> tensor<2x4xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 1>} : (tensor<2x3x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @reduce_prod_outer_two(%x: tensor<2x3x4xf64> {dl.range = [0.3, 2.0]}) -> tensor<3xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 0, 2>} : (tensor<2x3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_prod_unsorted_kept(%x: tensor<2x3x4xf64> {dl.range = [0.3, 2.0]}) -> tensor<1x3x1xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<2x3x4xf64>) -> tensor<1x3x1xf64>
  return %r0 : tensor<1x3x1xf64>
}

func.func @reduce_prod_all(%x: tensor<2x3xf64> {dl.range = [0.3, 2.0]}) -> tensor<f64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @reduce_prod_none(%x: tensor<2x3xf64> {dl.range = [0.3, 2.0]}) -> tensor<2x3xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64>} : (tensor<2x3xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @reduce_prod_dynamic(%x: tensor<?x4x?xf64> {dl.dims = ["n", 4, "m"], dl.range = [0.3, 2.0]}) -> tensor<4xf64> {
  %r0 = dl.reduce_prod %x {axes = array<i64: 0, 2>} : (tensor<?x4x?xf64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @reduce_max_last(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 1>} : (tensor<3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_max_first_kept(%x: tensor<3x4xf64>) -> tensor<1x4xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 0>, keep_dims} : (tensor<3x4xf64>) -> tensor<1x4xf64>
  return %r0 : tensor<1x4xf64>
}

func.func @reduce_max_middle(%x: tensor<2x3x4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 1>} : (tensor<2x3x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @reduce_max_outer_two(%x: tensor<2x3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 0, 2>} : (tensor<2x3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_max_unsorted_kept(%x: tensor<2x3x4xf64>) -> tensor<1x3x1xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<2x3x4xf64>) -> tensor<1x3x1xf64>
  return %r0 : tensor<1x3x1xf64>
}

func.func @reduce_max_all(%x: tensor<2x3xf64>) -> tensor<f64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @reduce_max_none(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64>} : (tensor<2x3xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @reduce_max_dynamic(%x: tensor<?x4x?xf64> {dl.dims = ["n", 4, "m"]}) -> tensor<4xf64> {
  %r0 = dl.reduce_max %x {axes = array<i64: 0, 2>} : (tensor<?x4x?xf64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @reduce_min_last(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 1>} : (tensor<3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_min_first_kept(%x: tensor<3x4xf64>) -> tensor<1x4xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 0>, keep_dims} : (tensor<3x4xf64>) -> tensor<1x4xf64>
  return %r0 : tensor<1x4xf64>
}

func.func @reduce_min_middle(%x: tensor<2x3x4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 1>} : (tensor<2x3x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @reduce_min_outer_two(%x: tensor<2x3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 0, 2>} : (tensor<2x3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_min_unsorted_kept(%x: tensor<2x3x4xf64>) -> tensor<1x3x1xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<2x3x4xf64>) -> tensor<1x3x1xf64>
  return %r0 : tensor<1x3x1xf64>
}

func.func @reduce_min_all(%x: tensor<2x3xf64>) -> tensor<f64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @reduce_min_none(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64>} : (tensor<2x3xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @reduce_min_dynamic(%x: tensor<?x4x?xf64> {dl.dims = ["n", 4, "m"]}) -> tensor<4xf64> {
  %r0 = dl.reduce_min %x {axes = array<i64: 0, 2>} : (tensor<?x4x?xf64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @reduce_mean_last(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 1>} : (tensor<3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_mean_first_kept(%x: tensor<3x4xf64>) -> tensor<1x4xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 0>, keep_dims} : (tensor<3x4xf64>) -> tensor<1x4xf64>
  return %r0 : tensor<1x4xf64>
}

func.func @reduce_mean_middle(%x: tensor<2x3x4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 1>} : (tensor<2x3x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @reduce_mean_outer_two(%x: tensor<2x3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 0, 2>} : (tensor<2x3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @reduce_mean_unsorted_kept(%x: tensor<2x3x4xf64>) -> tensor<1x3x1xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<2x3x4xf64>) -> tensor<1x3x1xf64>
  return %r0 : tensor<1x3x1xf64>
}

func.func @reduce_mean_all(%x: tensor<2x3xf64>) -> tensor<f64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @reduce_mean_none(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64>} : (tensor<2x3xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @reduce_mean_dynamic(%x: tensor<?x4x?xf64> {dl.dims = ["n", 4, "m"]}) -> tensor<4xf64> {
  %r0 = dl.reduce_mean %x {axes = array<i64: 0, 2>} : (tensor<?x4x?xf64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}

func.func @log_sum_exp_last(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 1>} : (tensor<3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @log_sum_exp_first_kept(%x: tensor<3x4xf64>) -> tensor<1x4xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 0>, keep_dims} : (tensor<3x4xf64>) -> tensor<1x4xf64>
  return %r0 : tensor<1x4xf64>
}

func.func @log_sum_exp_middle(%x: tensor<2x3x4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 1>} : (tensor<2x3x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @log_sum_exp_outer_two(%x: tensor<2x3x4xf64>) -> tensor<3xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 0, 2>} : (tensor<2x3x4xf64>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @log_sum_exp_unsorted_kept(%x: tensor<2x3x4xf64>) -> tensor<1x3x1xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 2, 0>, keep_dims} : (tensor<2x3x4xf64>) -> tensor<1x3x1xf64>
  return %r0 : tensor<1x3x1xf64>
}

func.func @log_sum_exp_all(%x: tensor<2x3xf64>) -> tensor<f64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @log_sum_exp_none(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64>} : (tensor<2x3xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @log_sum_exp_dynamic(%x: tensor<?x4x?xf64> {dl.dims = ["n", 4, "m"]}) -> tensor<4xf64> {
  %r0 = dl.log_sum_exp %x {axes = array<i64: 0, 2>} : (tensor<?x4x?xf64>) -> tensor<4xf64>
  return %r0 : tensor<4xf64>
}
