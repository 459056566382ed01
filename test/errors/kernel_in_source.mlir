// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: rm -f %t.so && not dlc %s -o %t.so 2>&1 | FileCheck %s
// RUN: not ls %t.so
// CHECK: error: 'dl.launch' op runs kernel @double; the compiler forms kernels itself, from functions
dl.kernel @double attributes {argument_dims = [["n", 2]]} {
^bb0(%x: tensor<?x2xf32>):
  %r = dl.add %x, %x : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<?x2xf32>
  dl.yield %r : tensor<?x2xf32>
}
func.func @f(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x2xf32> attributes {dl.entry} {
  %a = dl.launch @double(%x) : (tensor<?x2xf32>) -> tensor<?x2xf32>
  return %a : tensor<?x2xf32>
}
