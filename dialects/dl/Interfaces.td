// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the passes ask of an op. Declaring one and not defining it does not link.
#ifndef DL_INTERFACES
#define DL_INTERFACES

include "mlir/IR/OpBase.td"

def Dl_DimsOpInterface : OpInterface<"DimsOpInterface"> {
  let cppNamespace = "::dlc::dl";
  let description = "Extents of the results as expressions over named dimensions, and what the op asks of those of its operands.";
  let methods = [InterfaceMethod<[{
      The extents of result `result`, given those of the operands (`dims.of`).
      Failure is reported on the op: extents that must agree and do not.
    }], "::mlir::FailureOr<::dlc::dl::DimVector>", "inferDims",
    (ins "unsigned":$result, "::dlc::dl::DimAnalysis &":$dims)>,
  InterfaceMethod<[{
      Applies the op's shape rule to the extents in `shapes.operands`: numbers
      during a call, expressions while compiling. Failure is reported; what
      only a call can tell is added to `shapes.requirements`.
    }], "::mlir::LogicalResult", "checkExtents", (ins "::dlc::dl::Shapes &":$shapes)>];
}

def Dl_DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let cppNamespace = "::dlc::dl";
  let description = "Reverse-mode gradient.";
  let methods = [InterfaceMethod<[{
      Builds the cotangents of the operands from those of the results
      (`cotangents[i]` is null when nothing depends on result i). Returns one
      value per operand; null where the gradient is zero, the operand is not
      differentiable, or `needed[i]` is false. A cotangent may still have the
      broadcast shape of the result: the caller sums it back to the operand's.
    }], "::llvm::SmallVector<::mlir::Value>", "buildVjp",
    (ins "::dlc::dl::DlBuilder &":$b, "::mlir::ValueRange":$cotangents, "::llvm::ArrayRef<bool>":$needed)>];
}

def Dl_EvaluableOpInterface : OpInterface<"EvaluableOpInterface"> {
  let cppNamespace = "::dlc::dl";
  let description = "Reference semantics: the op executed on host tensors.";
  let methods = [InterfaceMethod<[{
      The results for these operands. Values are held in double (floats, rounded
      to the element type after the op; sums accumulate wider) or int64.
    }], "::mlir::FailureOr<::llvm::SmallVector<::dlc::dl::Tensor>>", "evaluate",
    (ins "::llvm::ArrayRef<const ::dlc::dl::Tensor *>":$operands, "::dlc::dl::Evaluator &":$evaluator)>];
}

def Dl_CompositeOpInterface : OpInterface<"CompositeOpInterface"> {
  let cppNamespace = "::dlc::dl";
  let description = "An op that means what it decomposes into.";
  let methods = [InterfaceMethod<[{
      Builds the decomposition before the op and returns one value per result.
    }], "::llvm::SmallVector<::mlir::Value>", "decompose", (ins "::dlc::dl::DlBuilder &":$b)>];
}

#endif // DL_INTERFACES
