// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_DECOMPOSE_TD
#define DLC_PASSES_DECOMPOSE_TD
include "mlir/Pass/PassBase.td"

def Decompose : Pass<"decompose"> {
  let summary = "replace composites by what they mean";
  let description = [{
    Replaces each composite, and those its decomposition is made of, until only
    primitives and the composites named by `keep` are left: a target keeps those
    it has generators for. `dl.stop_gradient` becomes its operand.

    Runs at the start of stage `kernels`, once per target; until then composites
    stay whole, for their gradients and for rewrites that know them. Follow it by
    CSE: the forward pass and a gradient that decomposed the same op share code.

    ```mlir
    %y = dl.silu %x : (tensor<4xf32>) -> tensor<4xf32>
    // becomes
    %s = dl.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
    %y = dl.mul %x, %s : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    ```
    Example: test/passes/Decompose/example.mlir.
  }];
  let options = [
    ListOption<"keep", "keep", "std::string", "composites that stay, by name without `dl.`">
  ];
  let dependentDialects = ["::dlc::dl::DlDialect"];
}

#endif // DLC_PASSES_DECOMPOSE_TD
