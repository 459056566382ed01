// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One shape rule per op serves both type inference (extents are numbers or
// unknown) and dimension analysis (extents are expressions over names).
#ifndef DLC_DIALECTS_DL_SHAPES_H
#define DLC_DIALECTS_DL_SHAPES_H

#include "dialects/dl/Dl.h"

namespace dlc::dl {

/// What a shape rule sees: the operands' extents, and how to complain.
class Shapes {
public:
  Shapes(std::optional<mlir::Location> location, llvm::StringRef name) : location(location), name(name) {}
  llvm::SmallVector<DimVector> operands;
  /// What the rule asks of extents that only a call tells, in its order.
  std::vector<Requirement> requirements;
  /// The values of names, during a call; null while compiling.
  const std::map<std::string, int64_t> *values = nullptr;

  /// An unknown extent agrees with everything.
  static bool isUnknown(const DimExpr &dim) {
    return !dim.isConstant() && llvm::any_of(dim.symbols(), [](const std::string &s) { return s[0] == '?'; });
  }
  static bool agree(const DimExpr &a, const DimExpr &b) { return isUnknown(a) || isUnknown(b) || a == b; }
  /// The better known of two extents that agree.
  static DimExpr better(const DimExpr &a, const DimExpr &b) { return isUnknown(a) ? b : a; }
  template <typename... Args> mlir::LogicalResult error(Args &&...args) {
    return mlir::emitOptionalError(location, "'dl.", name, "' op ", std::forward<Args>(args)...);
  }
  /// `given` is at least `expected`, or equal to it: an error where numbers say
  /// otherwise, a requirement where names decide. `what` is "extent of axis 0".
  mlir::LogicalResult requireAtLeast(const llvm::Twine &what, const DimExpr &given, const DimExpr &expected) {
    return require(what, given, expected, /*exact=*/false);
  }
  mlir::LogicalResult requireEqual(const llvm::Twine &what, const DimExpr &given, const DimExpr &expected) {
    return require(what, given, expected, /*exact=*/true);
  }
  /// Axes in [0, rank), none twice.
  mlir::LogicalResult checkAxes(llvm::StringRef what, llvm::ArrayRef<int64_t> axes, int64_t rank);
  /// Extents in `dims` attributes, none negative; failure is reported.
  mlir::FailureOr<DimVector> parse(mlir::ArrayAttr dims);
  mlir::FailureOr<DimVector> broadcast(llvm::ArrayRef<DimVector> shapes);

  std::optional<mlir::Location> location;
  llvm::StringRef name;

private:
  mlir::LogicalResult require(const llvm::Twine &what, const DimExpr &given, const DimExpr &expected, bool exact);
};

/// Extents of a type: unknown ones get names that start with `?`.
DimVector extentsOf(mlir::Type type, unsigned &fresh);
/// The type for extents: expressions become `?`.
mlir::RankedTensorType typeFor(llvm::ArrayRef<DimExpr> dims, mlir::Type elementType);

using ShapeList = llvm::SmallVector<DimVector, 1>;

#define DL_CHECK_EXTENTS(OP)                                                                                           \
  ::mlir::LogicalResult OP::checkExtents(Shapes &shapes) {                                                             \
    return ::mlir::LogicalResult(shapeRule(Adaptor(*this), shapes));                                                   \
  }

/// Defines the methods of `Op` that infer and check extents from
/// `static FailureOr<ShapeList> shapeRule(Op::Adaptor, Shapes &)`, one shape per
/// result; `ELEMENT` is the element type of every result, given `operands` and `context`.
#define DL_SHAPE_RULE(OP, ELEMENT)                                                                                     \
  ::mlir::LogicalResult OP::inferReturnTypes(::mlir::MLIRContext *context, std::optional<::mlir::Location> location,   \
                                             ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,           \
                                             ::mlir::OpaqueProperties properties, ::mlir::RegionRange regions,         \
                                             ::llvm::SmallVectorImpl<::mlir::Type> &results) {                         \
    Shapes shapes(location, getOperationName().drop_front(3));                                                         \
    unsigned fresh = 0;                                                                                                \
    for (::mlir::Value operand : operands)                                                                             \
      shapes.operands.push_back(extentsOf(operand.getType(), fresh));                                                  \
    ::mlir::FailureOr<ShapeList> list = shapeRule(Adaptor(operands, attributes, properties, regions), shapes);         \
    if (::mlir::failed(list))                                                                                          \
      return ::mlir::failure();                                                                                        \
    for (const DimVector &dims : *list)                                                                                \
      results.push_back(typeFor(dims, ELEMENT));                                                                       \
    return ::mlir::success();                                                                                          \
  }                                                                                                                    \
  bool OP::isCompatibleReturnTypes(::mlir::TypeRange inferred, ::mlir::TypeRange declared) {                           \
    return areCompatible(inferred, declared);                                                                          \
  }                                                                                                                    \
  ::mlir::FailureOr<DimVector> OP::inferDims(unsigned result, DimAnalysis &dims) {                                     \
    Shapes shapes(getLoc(), getOperationName().drop_front(3));                                                         \
    for (::mlir::Value operand : getOperation()->getOperands())                                                        \
      shapes.operands.push_back(DimVector(dims.of(operand)));                                                          \
    ::mlir::FailureOr<ShapeList> list = shapeRule(Adaptor(*this), shapes);                                             \
    if (::mlir::failed(list))                                                                                          \
      return ::mlir::failure();                                                                                        \
    return (*list)[result];                                                                                            \
  }                                                                                                                    \
  DL_CHECK_EXTENTS(OP)

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_SHAPES_H
