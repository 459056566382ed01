// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values of a checkpoint as the values that a model is declared with.
#ifndef DLC_COMPILER_CHECKPOINT_H
#define DLC_COMPILER_CHECKPOINT_H

#include "compiler/Options.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Gives every parameter of `module`, which no stage has touched, the value of
/// `checkpoint.tensors` that has its name, and slots too where there is one.
/// The tensors' bytes become the module's: they are not copied. False with
/// `error` set when a parameter has no tensor or one of another type or shape,
/// or a tensor belongs to nothing in the model; slots of an optimizer that the
/// model does not have are left out.
bool applyCheckpoint(mlir::ModuleOp module, Checkpoint &&checkpoint, std::string &error);

} // namespace dlc
#endif // DLC_COMPILER_CHECKPOINT_H
