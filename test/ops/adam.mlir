// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// m'/(1 - 1/2) = 2, v'/(1 - 3/4) = 4: the step is the rate.
func.func @first_step(%x: tensor<1xf64>, %y: tensor<1xf64>, %z: tensor<1xf64>, %w: tensor<1xf64>, %u: tensor<f64>, %v: tensor<i64>) -> (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>) attributes {
    dl.entry,
    dl.inputs = [dense<[1.0]> : tensor<1xf64>, dense<[2.0]> : tensor<1xf64>, dense<[0.0]> : tensor<1xf64>, dense<[0.0]> : tensor<1xf64>, dense<0.5> : tensor<f64>, dense<0> : tensor<i64>],
    dl.expect = [dense<[0.5]> : tensor<1xf64>, dense<[1.0]> : tensor<1xf64>, dense<[1.0]> : tensor<1xf64>],
    dl.ulps = 2 : i64} {
  %r:3 = dl.adam %x, %y, %z, %w, %u, %v {beta1 = 0.5 : f64, beta2 = 0.75 : f64, epsilon = 0.0 : f64} : (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<f64>, tensor<i64>) -> (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>)
  return %r#0, %r#1, %r#2 : tensor<1xf64>, tensor<1xf64>, tensor<1xf64>
}

func.func @later_step(%x: tensor<1xf64>, %y: tensor<1xf64>, %z: tensor<1xf64>, %w: tensor<1xf64>, %u: tensor<f64>, %v: tensor<i64>) -> (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>) attributes {
    dl.entry,
    dl.inputs = [dense<[1.0]> : tensor<1xf64>, dense<[2.0]> : tensor<1xf64>, dense<[0.5]> : tensor<1xf64>, dense<[0.25]> : tensor<1xf64>, dense<0.125> : tensor<f64>, dense<3> : tensor<i64>],
    dl.expect = [dense<[0.9703590297478921]> : tensor<1xf64>, dense<[0.6499999999999999]> : tensor<1xf64>, dense<[0.25375000000000003]> : tensor<1xf64>],
    dl.ulps = 16 : i64} {
  %r:3 = dl.adam %x, %y, %z, %w, %u, %v : (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<f64>, tensor<i64>) -> (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>)
  return %r#0, %r#1, %r#2 : tensor<1xf64>, tensor<1xf64>, tensor<1xf64>
}

// AdamW: 4 (1 - 0.5 0.25) - 0.5.
func.func @decoupled(%x: tensor<1xf64>, %y: tensor<1xf64>, %z: tensor<1xf64>, %w: tensor<1xf64>, %u: tensor<f64>, %v: tensor<i64>) -> (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>) attributes {
    dl.entry,
    dl.inputs = [dense<[4.0]> : tensor<1xf64>, dense<[2.0]> : tensor<1xf64>, dense<[0.0]> : tensor<1xf64>, dense<[0.0]> : tensor<1xf64>, dense<0.5> : tensor<f64>, dense<0> : tensor<i64>],
    dl.expect = [dense<[3.0]> : tensor<1xf64>, dense<[1.0]> : tensor<1xf64>, dense<[1.0]> : tensor<1xf64>],
    dl.ulps = 2 : i64} {
  %r:3 = dl.adam %x, %y, %z, %w, %u, %v {beta1 = 0.5 : f64, beta2 = 0.75 : f64, epsilon = 0.0 : f64, weight_decay = 0.25 : f64, decoupled} : (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<f64>, tensor<i64>) -> (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>)
  return %r#0, %r#1, %r#2 : tensor<1xf64>, tensor<1xf64>, tensor<1xf64>
}
