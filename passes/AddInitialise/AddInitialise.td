// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ADDINITIALISE_ADDINITIALISE_TD
#define DLC_PASSES_ADDINITIALISE_ADDINITIALISE_TD
include "mlir/Pass/PassBase.td"

def AddInitialise : Pass<"add-initialise", "::mlir::ModuleOp"> {
  let summary = "add the function that computes initial parameters";
  let description = [{
    Adds the entry `@dl.initialise`, which computes every parameter and slot
    that `dl.interface` gives no embedded data from its initialiser and the
    weights' seed, so that initialising is compiled like any other function and
    gives the same bits on every machine. A model whose state is all data, or
    that has none, gets no such function.

    Must run after DescribeInterface, which decides what is data, and after
    ThreadState: the function is written in the form that pass leaves, with
    state as arguments and results, and does not count as a training step.

    ```mlir
    dl.parameter @b : tensor<4xf32> = #dl.zeros
    ```
    gives
    ```mlir
    func.func @dl.initialise(%seed: tensor<i64> {dl.state = @dl.seed}) -> (tensor<4xf32> {dl.state = @b}) attributes {dl.entry} {
      %0 = dl.constant dense<0.0> : tensor<f32>
      %1 = dl.broadcast %0 {dims = [4]} : (tensor<f32>) -> tensor<4xf32>
      return %1 : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
}

#endif // DLC_PASSES_ADDINITIALISE_ADDINITIALISE_TD
