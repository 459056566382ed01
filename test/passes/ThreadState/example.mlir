// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: split-file %s %t
// RUN: dlc-opt %t/before.mlir --thread-state -o %t/out.mlir
// RUN: diff %t/after.mlir %t/out.mlir

//--- before.mlir
dl.parameter @w : tensor<4xf32> = #dl.ones
dl.slot @seen : tensor<i64> = #dl.zeros
func.func @step(%x: tensor<4xf32>, %rate: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  %loss, %g = dl.gradient wrt(@w) {
    %w = dl.read @w : tensor<4xf32>
    %e = dl.sub %w, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %zero = dl.constant dense<0.0> : tensor<4xf32>
    %l = dl.mse %e, %zero : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<4xf32>
  %old = dl.read @w : tensor<4xf32>
  %next = dl.sgd %old, %g, %rate : (tensor<4xf32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  dl.write @w, %next : tensor<4xf32>
  %n = dl.read @seen : tensor<i64>
  %one = dl.constant dense<1> : tensor<i64>
  %m = dl.add %n, %one : (tensor<i64>, tensor<i64>) -> tensor<i64>
  dl.write @seen, %m : tensor<i64>
  return %loss : tensor<f32>
}

//--- after.mlir
module {
  dl.parameter @w : tensor<4xf32> = #dl.ones
  dl.slot @seen : tensor<i64> = #dl.zeros
  func.func @step(%arg0: tensor<4xf32>, %arg1: tensor<f32>, %arg2: tensor<4xf32> {dl.state = @w}, %arg3: tensor<i64> {dl.state = @seen}, %arg4: tensor<i64> {dl.state = @dl.step}) -> (tensor<f32>, tensor<4xf32> {dl.state = @w}, tensor<i64> {dl.state = @seen}, tensor<i64> {dl.state = @dl.step}) attributes {dl.entry} {
    %0:2 = dl.gradient wrt(%arg2 : tensor<4xf32>) {
      %6 = dl.sub %arg2, %arg0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      %7 = dl.constant dense<0.000000e+00> : tensor<4xf32>
      %8 = dl.mse %6, %7 : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
      dl.yield %8 : tensor<f32>
    } : tensor<f32>, tensor<4xf32>
    %1 = dl.sgd %arg2, %0#1, %arg1 : (tensor<4xf32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
    %2 = dl.constant dense<1> : tensor<i64>
    %3 = dl.add %arg3, %2 : (tensor<i64>, tensor<i64>) -> tensor<i64>
    %4 = dl.constant dense<1> : tensor<i64>
    %5 = dl.add %arg4, %4 : (tensor<i64>, tensor<i64>) -> tensor<i64>
    return %0#0, %1, %3, %5 : tensor<f32>, tensor<4xf32>, tensor<i64>, tensor<i64>
  }
}

