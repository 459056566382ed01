// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ADDSELFTESTS_ADDSELFTESTS_TD
#define DLC_PASSES_ADDSELFTESTS_ADDSELFTESTS_TD
include "mlir/Pass/PassBase.td"

def AddSelfTests : Pass<"add-self-tests", "::mlir::ModuleOp"> {
  let summary = "call every entry on chosen inputs and write down what must come of it";
  let description = [{
    Calls each function of `dl.interface` in the reference evaluator, on the
    model's own values and seed 0, and sets the module attribute

    ```mlir
    dl.self_tests = [{function = "predict", calls = 1 : i64, dims = [3 : i64],
                      arguments = [dense<...> : tensor<3x784xui8>, dense<...> : tensor<3x10xf32>],
                      relative = 1.0e-4 : f64, absolute = 2.0e-5 : f64} ]
    ```
    which the last stage turns into `struct dlc_self_test` (dlc/abi.h).

    A function that trains is called three times on the same inputs, so that the
    loss that is compared has seen two updates.

    Inputs are, in this order of preference:
    - those of the module attribute `dl.self_test_inputs`, a dictionary from an
      argument's name (or `function.argument`) to its elements; it is removed;
    - the function's own case, `dl.inputs`; a case that the evaluator refuses is
      left out;
    - random ones that depend on the function's arguments alone: floats in
      [-1, 1) or in `dl.range`, indices below their bound, hyper-parameters as
      they default. Named dimensions are small and, where the function allows
      it, unlike each other.

    Bounds: an output may depart by `relative` of its magnitude and of the
    largest magnitude among the outputs; 1e-4 in f32, 1e-9 in f64, 2^-6 in f16
    and 2^-3 in bf16, after the narrowest float type in the function. Machines
    reassociate sums; a wrong instruction or a wrong table departs by more.

    Must run last in stage dl: after Differentiate, because gradients are
    evaluated as ops, and before variants, because what is expected is the
    same for all.
  }];
  let options = [
    Option<"budget", "budget", "int64_t", /*default=*/"2000000000",
           "elements and products that evaluating one function may take">
  ];
}

#endif // DLC_PASSES_ADDSELFTESTS_ADDSELFTESTS_TD
