// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_DLC_IMPORT_ONNX_TESTDATA_H
#define DLC_TOOLS_DLC_IMPORT_ONNX_TESTDATA_H

#include "mlir/IR/BuiltinOps.h"

/// Runs `@predict` by the reference evaluator on inputs and compares with
/// expected outputs. `path` is a folder in the layout of ONNX's own test suite
/// (input_0.pb, output_0.pb, ...), or an ONNX file whose initialisers in:NAME and
/// out:NAME they are. Floats agree within `tolerance` of the expected value plus
/// a hundredth of that of the largest, integers exactly. Failure is one line on
/// standard error.
mlir::LogicalResult testAgainst(mlir::ModuleOp module, llvm::StringRef path, double tolerance);

#endif // DLC_TOOLS_DLC_IMPORT_ONNX_TESTDATA_H
