// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Verifiers of symbols, regions, kernels.
#include "dialects/dl/Dl.h"

using namespace mlir;
using namespace dlc::dl;

/// Elements have the declared type; random initialisers want floats.
static LogicalResult verifyInitialValue(Operation *op, Attribute value, Type declared) {
  auto type = cast<RankedTensorType>(declared);
  if (!type.hasStaticShape())
    return op->emitOpError() << "has type " << type << ", expected static extents";
  if (auto elements = dyn_cast<ElementsAttr>(value); elements && elements.getType() != type)
    return op->emitOpError() << "is " << type << ", its value is " << elements.getType();
  if (isa<GlorotUniformAttr, HeUniformAttr, HeNormalAttr>(value) && type.getRank() < 2)
    return op->emitOpError() << "has rank " << type.getRank() << ", fan-in needs 2 or more";
  if (!isa<ElementsAttr, ZerosAttr, OnesAttr>(value) && !isa<FloatType>(type.getElementType()))
    return op->emitOpError() << "has element type " << type.getElementType() << ", a random initialiser gives floats";
  return success();
}

LogicalResult ParameterOp::verify() { return verifyInitialValue(*this, getValue(), getType()); }

LogicalResult SlotOp::verify() {
  if (FlatSymbolRefAttr parameter = getParameterAttr())
    if (auto *module = (*this)->getParentOp();
        module && module->hasTrait<OpTrait::SymbolTable>() &&
        !isa_and_nonnull<ParameterOp>(SymbolTable::lookupSymbolIn(module, parameter)))
      return emitOpError("is for unknown parameter ") << parameter;
  return verifyInitialValue(*this, getValue(), getType());
}

/// The symbol is a parameter or slot of the value's type.
static LogicalResult verifyUse(Operation *op, SymbolTableCollection &tables, FlatSymbolRefAttr symbol, Type type) {
  Operation *target = tables.lookupNearestSymbolFrom(op, symbol);
  Type declared;
  if (auto parameter = dyn_cast_or_null<ParameterOp>(target))
    declared = parameter.getType();
  else if (auto slot = dyn_cast_or_null<SlotOp>(target))
    declared = slot.getType();
  else
    return op->emitOpError() << symbol << " is no parameter or slot";
  if (declared != type)
    return op->emitOpError() << symbol << " is " << declared << ", given " << type;
  return success();
}
LogicalResult ReadOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyUse(*this, tables, getSymbolAttr(), getResult().getType());
}
LogicalResult WriteOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyUse(*this, tables, getSymbolAttr(), getValue().getType());
}

LogicalResult SelectOp::verify() {
  if (elementTypeOf(getLhs()) != elementTypeOf(getRhs()))
    return emitOpError("selects between element types ")
           << elementTypeOf(getLhs()) << " and " << elementTypeOf(getRhs());
  return success();
}

LogicalResult CastOp::verify() {
  if (failed(verifyCompatibleShape(getInput().getType(), getResult().getType())))
    return emitOpError("changes the shape from ") << getInput().getType() << " to " << getResult().getType();
  return success();
}

void CastOp::build(OpBuilder &, OperationState &state, Value input, Type elementType) {
  state.addOperands(input);
  state.addTypes(cast<RankedTensorType>(input.getType()).clone(elementType));
}

LogicalResult ExtentOp::verify() {
  if (failed(DimExpr::fromAttr(getDim())))
    return emitOpError() << getDim() << " is neither an integer nor a dimension expression";
  return success();
}

//===-- Control ----------------------------------------------------------===//

void YieldOp::build(OpBuilder &, OperationState &) {}

ParseResult GradientOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<Attribute> symbols;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<Type> operandTypes, resultTypes;
  if (parser.parseKeyword("wrt"))
    return failure();
  auto parseOne = [&]() -> ParseResult {
    FlatSymbolRefAttr symbol;
    OptionalParseResult isSymbol = parser.parseOptionalAttribute(symbol);
    if (isSymbol.has_value()) {
      symbols.push_back(symbol);
      return *isSymbol;
    }
    return failure(parser.parseOperand(operands.emplace_back()) || parser.parseColonType(operandTypes.emplace_back()));
  };
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseOne) ||
      parser.resolveOperands(operands, operandTypes, parser.getCurrentLocation(), result.operands))
    return failure();
  Region *body = result.addRegion();
  if (parser.parseRegion(*body) || parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseColonTypeList(resultTypes))
    return failure();
  result.addAttribute("symbols", parser.getBuilder().getArrayAttr(symbols));
  result.addTypes(resultTypes);
  ensureTerminator(*body, parser.getBuilder(), result.location);
  return success();
}

void GradientOp::print(OpAsmPrinter &printer) {
  printer << " wrt(";
  llvm::interleaveComma(getSymbols(), printer, [&](Attribute symbol) { printer << symbol; });
  if (!getSymbols().empty() && !getInputs().empty())
    printer << ", ";
  llvm::interleaveComma(getInputs(), printer, [&](Value input) { printer << input << " : " << input.getType(); });
  printer << ") ";
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
  printer.printOptionalAttrDict((*this)->getAttrs(), {"symbols"});
  printer << " : " << getResultTypes();
}

LogicalResult GradientOp::verify() {
  auto yield = cast<YieldOp>(getBody().front().getTerminator());
  size_t values = yield.getValues().size(), expected = values + getSymbols().size() + getInputs().size();
  if (values == 0)
    return emitOpError("yields nothing; the first value is the scalar that is differentiated");
  auto loss = cast<RankedTensorType>(yield.getValues()[0].getType());
  if (loss.getRank() != 0 || !isa<FloatType>(loss.getElementType()))
    return emitOpError("differentiates a value of type ") << loss << ", expected a scalar of floats";
  if (getNumResults() != expected)
    return emitOpError("has ") << getNumResults() << " results, expected " << values << " values and "
                               << expected - values << " gradients";
  for (auto [value, result] : llvm::zip(yield.getValues(), getResults()))
    if (value.getType() != result.getType())
      return emitOpError("yields ") << value.getType() << " as " << result.getType();
  for (auto [input, result] : llvm::zip(getInputs(), getResults().take_back(getInputs().size())))
    if (input.getType() != result.getType())
      return emitOpError("gradient of ") << input.getType() << " has type " << result.getType();
  return success();
}

LogicalResult ScanOp::verify() {
  Block &body = getBody().front();
  size_t carries = getInits().size(), sequences = getSequences().size(), constants = getConstants().size();
  if (body.getNumArguments() != carries + sequences + constants)
    return emitOpError("body takes ") << body.getNumArguments() << " arguments, expected "
                                      << carries + sequences + constants;
  auto yield = dyn_cast<YieldOp>(body.getTerminator());
  if (!yield || yield.getValues().size() != getNumResults() || getNumResults() < carries)
    return emitOpError("body must yield ") << carries << " carries and one value for each stacked result";
  if (failed(DimExpr::fromAttr(getLength())))
    return emitOpError("length ") << getLength() << " is no dimension expression";
  for (size_t i = 0; i < carries; ++i) // C2
    if (!areCompatible(getInits()[i].getType(), yield.getValues()[i].getType()) ||
        !areCompatible(getInits()[i].getType(), body.getArgument(i).getType()) ||
        !areCompatible(getInits()[i].getType(), getResult(i).getType()))
      return emitOpError("carry ") << i << " changes type: " << getInits()[i].getType() << ", yields "
                                   << yield.getValues()[i].getType();
  auto sliceOf = [](Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return tensor.getRank() ? Type(RankedTensorType::get(tensor.getShape().drop_front(), tensor.getElementType()))
                            : Type();
  };
  FailureOr<DimExpr> length = DimExpr::fromAttr(getLength());
  for (size_t i = 0; i < sequences; ++i) {
    auto type = cast<RankedTensorType>(getSequences()[i].getType());
    Type slice = sliceOf(type);
    if (!slice || !areCompatible(slice, body.getArgument(carries + i).getType()))
      return emitOpError("sequence ") << i << " is " << type << ", its slice is "
                                      << body.getArgument(carries + i).getType();
    if (length->isConstant() && !type.isDynamicDim(0) && type.getDimSize(0) != length->constant()) // C1
      return emitOpError("sequence ") << i << " has " << type.getDimSize(0) << " steps, length is " << length->str();
  }
  for (size_t i = 0; i < constants; ++i)
    if (!areCompatible(getConstants()[i].getType(), body.getArgument(carries + sequences + i).getType()))
      return emitOpError("constant ") << i << " changes type";
  for (size_t i = carries; i < getNumResults(); ++i) {
    Type slice = sliceOf(getResult(i).getType());
    if (!slice || !areCompatible(slice, yield.getValues()[i].getType()))
      return emitOpError("stacked result ") << i - carries << " is " << getResult(i).getType() << ", the body yields "
                                            << yield.getValues()[i].getType();
    int64_t steps = cast<RankedTensorType>(getResult(i).getType()).getDimSize(0);
    if (length->isConstant() && !ShapedType::isDynamic(steps) && steps != length->constant())
      return emitOpError("stacked result ") << i - carries << " has " << steps << " steps, length is " << length->str();
  }
  return success();
}

//===-- Kernels ----------------------------------------------------------===//

LogicalResult KernelOp::verify() {
  if (getBody().front().getNumArguments() != getArgumentDims().size())
    return emitOpError("has ") << getBody().front().getNumArguments() << " arguments and extents for "
                               << getArgumentDims().size();
  if (!isa<YieldOp>(getBody().front().getTerminator()))
    return emitOpError("ends without dl.yield");
  return success();
}

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &tables) {
  // Once generated, a kernel is a function that says its results' extents.
  if (auto code = tables.lookupNearestSymbolFrom<func::FuncOp>(*this, getKernelAttr())) {
    auto dims = code->getAttrOfType<ArrayAttr>("dl.result_dims");
    if (!dims || dims.size() != getNumResults())
      return emitOpError("does not fit generated kernel ") << getKernelAttr();
    return success();
  }
  auto kernel = tables.lookupNearestSymbolFrom<KernelOp>(*this, getKernelAttr());
  if (!kernel)
    return emitOpError("calls unknown kernel ") << getKernelAttr();
  Block &body = kernel.getBody().front();
  if (!areCompatible(getInputs().getTypes(), body.getArgumentTypes()) ||
      !areCompatible(getResultTypes(), body.getTerminator()->getOperandTypes()))
    return emitOpError("does not fit kernel ") << getKernelAttr();
  return success();
}
