// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
// expected-error @below {{'dl.kernel' op has 1 arguments and extents for 0}}
dl.kernel @k attributes {argument_dims = []} {
^bb0(%x: tensor<2xf32>):
  dl.yield %x : tensor<2xf32>
}

// -----
// expected-error @below {{'dl.kernel' op ends without dl.yield}}
dl.kernel @k attributes {argument_dims = [[2]]} {
^bb0(%x: tensor<2xf32>):
  func.return
}

// -----
func.func @f(%x: tensor<2xf32>) {
  // expected-error @below {{'dl.launch' op calls unknown kernel @k}}
  %y = dl.launch @k(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----
dl.kernel @k attributes {argument_dims = [[2]]} {
^bb0(%x: tensor<2xf32>):
  dl.yield %x : tensor<2xf32>
}
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.launch' op does not fit kernel @k}}
  %y = dl.launch @k(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return
}
