// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The dl dialect: ops, attributes, interfaces.
#ifndef DLC_DIALECTS_DL_DL_H
#define DLC_DIALECTS_DL_DL_H

#include "dialects/dl/Dims.h"
#include "dialects/dl/evaluate/Tensor.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace dlc::dl {
class DlBuilder;
class Evaluator;
class Shapes;
struct StateResource : mlir::SideEffects::Resource::Base<StateResource> {
  llvm::StringRef getName() final { return "dl state"; }
};

/// The element type of a tensor value.
mlir::Type elementTypeOf(mlir::Value value);
/// Element types equal, and extents equal or `?` on either side.
bool areCompatible(mlir::TypeRange inferred, mlir::TypeRange declared);
/// The type of a pointwise op's result: broadcast extents with `elementType`.
mlir::LogicalResult inferPointwise(std::optional<mlir::Location> location, llvm::StringRef name,
                                   mlir::ValueRange operands, mlir::Type elementType,
                                   llvm::SmallVectorImpl<mlir::Type> &results);
/// Marks pointwise ops, whose operands broadcast.
template <typename Op> class Broadcasting : public mlir::OpTrait::TraitBase<Op, Broadcasting> {};
/// Marks ops that declare `isCompatibleReturnTypes`.
template <typename Op> class CompatibleTypes : public mlir::OpTrait::TraitBase<Op, CompatibleTypes> {};
} // namespace dlc::dl

#include "dialects/dl/DlDialect.h.inc"
#include "dialects/dl/DlEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/dl/DlAttrs.h.inc"
#include "dialects/dl/DlInterfaces.h.inc"
#define GET_OP_CLASSES
#include "dialects/dl/DlOps.h.inc"

#endif // DLC_DIALECTS_DL_DL_H
