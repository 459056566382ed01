// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
// expected-error @below {{'func.func' op argument 0: dl.dims needs one entry for each axis of 'tensor<?x2xf32>'}}
func.func @f(%x: tensor<?x2xf32> {dl.dims = ["n"]}) {
  return
}

// -----
// expected-error @below {{'func.func' op argument 0: dl.dims needs one entry for each axis of 'tensor<?xf32>'}}
func.func @f(%x: tensor<?xf32> {dl.dims = "n"}) {
  return
}

// -----
// expected-error @below {{'func.func' op argument 0: "n n" is neither an integer nor a dimension expression}}
func.func @f(%x: tensor<?xf32> {dl.dims = ["n n"]}) {
  return
}

// -----
// expected-error @below {{'func.func' op argument 1: dl.dims says 3 where the type says 2}}
func.func @f(%x: tensor<f32>, %y: tensor<2xf32> {dl.dims = [3]}) {
  return
}

// -----
// expected-error @below {{'func.func' op argument 0: dl.dims says 3 where the type says ?}}
func.func @f(%x: tensor<?xf32> {dl.dims = [3]}) {
  return
}

// -----
// expected-error @below {{'func.func' op result 0: dl.dims says n where the type says 2}}
func.func @f(%x: tensor<2xf32>) -> (tensor<2xf32> {dl.dims = ["n"]}) {
  return %x : tensor<2xf32>
}

// -----
// expected-error @below {{'builtin.module' op dl.entry belongs on a function}}
module attributes {dl.entry} {
}
