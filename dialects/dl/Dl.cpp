// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Dl.h"
#include "dialects/dl/DlBuilder.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc::dl;

#include "dialects/dl/DlDialect.cpp.inc"
#include "dialects/dl/DlEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/dl/DlAttrs.cpp.inc"
#include "dialects/dl/DlInterfaces.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/dl/DlOps.cpp.inc"

void DlDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/dl/DlAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/dl/DlOps.cpp.inc"
      >();
  addFolding();
}

Operation *DlDialect::materializeConstant(OpBuilder &builder, Attribute value, Type type, Location location) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, location, elements);
}

//===-- Attributes on functions ------------------------------------------===//

/// `dl.dims` on an argument or result of type `type`: one entry per axis, a
/// number where the type has that number, else a dimension expression.
static LogicalResult verifyDims(Operation *op, StringRef what, unsigned index, Attribute value, Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  auto dims = dyn_cast<ArrayAttr>(value);
  if (!tensor || !dims || static_cast<int64_t>(dims.size()) != tensor.getRank())
    return op->emitOpError() << what << " " << index << ": dl.dims needs one entry for each axis of " << type;
  for (auto [entry, extent] : llvm::zip(dims, tensor.getShape())) {
    FailureOr<DimExpr> dim = DimExpr::fromAttr(entry);
    if (failed(dim))
      return op->emitOpError() << what << " " << index << ": " << entry
                               << " is neither an integer nor a dimension expression";
    if (ShapedType::isDynamic(extent) ? dim->isConstant() : *dim != DimExpr(extent))
      return op->emitOpError() << what << " " << index << ": dl.dims says " << dim->str() << " where the type says "
                               << (ShapedType::isDynamic(extent) ? "?" : std::to_string(extent));
  }
  return success();
}

LogicalResult DlDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  if (attribute.getName() == "dl.entry" && !isa<func::FuncOp>(op))
    return op->emitOpError("dl.entry belongs on a function");
  return success();
}

LogicalResult DlDialect::verifyRegionArgAttribute(Operation *op, unsigned, unsigned index, NamedAttribute attribute) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (function && attribute.getName() == "dl.dims")
    return verifyDims(op, "argument", index, attribute.getValue(), function.getArgumentTypes()[index]);
  return success();
}

LogicalResult DlDialect::verifyRegionResultAttribute(Operation *op, unsigned, unsigned index,
                                                     NamedAttribute attribute) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (function && attribute.getName() == "dl.dims")
    return verifyDims(op, "result", index, attribute.getValue(), function.getResultTypes()[index]);
  return success();
}
