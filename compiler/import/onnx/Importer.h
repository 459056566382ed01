// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inside the importer: the walk over nodes, and what a rule sees of a node.
#ifndef DLC_COMPILER_IMPORT_ONNX_IMPORTER_H
#define DLC_COMPILER_IMPORT_ONNX_IMPORTER_H

#include "compiler/import/onnx/OnnxImport.h"
#include "compiler/import/onnx/Symbolic.h"
#include "compiler/import/onnx/reader/Model.h"
#include "dialects/dl/Dl.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace dlc::onnx {

/// What is known of an ONNX value. At least one of the first three is there,
/// unless a node before was refused.
struct Known {
  mlir::Value value; // null until somebody needs a tensor
  std::shared_ptr<const Symbolic> symbolic;
  std::shared_ptr<const Tensor> constant;
  bool refused = false;
};

/// Names of one graph or function body; branches see the names around them.
struct Scope {
  Scope *outer = nullptr;
  llvm::StringMap<Known> names;
  const std::map<std::string, int64_t> *opsets = nullptr;
  const Node *call = nullptr; // whose attributes a function's body refers to
  Scope *callScope = nullptr;
};

class NodeImport;
/// How nodes of one operator are imported.
struct OpRule {
  const char *op;
  int64_t since;          // the first opset whose meaning `build` knows
  unsigned least, most;   // inputs
  unsigned outputs;       // outputs it can compute, counted from the first
  const char *attributes; // those it understands, separated by spaces
  void (*build)(NodeImport &);
};
/// The one element of `tensor`, whose element type is `type`.
double scalarOf(const Tensor &tensor, mlir::Type type);
/// The rule for `op`; null when there is none.
const OpRule *findRule(llvm::StringRef op);

class Importer {
public:
  Importer(std::shared_ptr<Model> model, const OnnxImportOptions &options, mlir::MLIRContext *context, bool collect);
  /// The module, or null; `problems` says why.
  mlir::OwningOpRef<mlir::ModuleOp> run();
  std::vector<OnnxProblem> problems;

private:
  friend class NodeImport;
  struct Stop {}; // nothing more can be learnt of this file

  bool importGraph();
  bool importNodes(llvm::ArrayRef<Node> nodes, Scope &scope, unsigned depth);
  bool importNode(const Node &node, Scope &scope, unsigned depth, size_t index);
  bool importCall(const Node &node, const Function &function, Scope &scope, unsigned depth, const std::string &where);
  bool addInitializers(const Graph &graph, Scope &scope);
  bool addInput(const ValueInfo &input, mlir::Block &block, llvm::SmallVectorImpl<mlir::DictionaryAttr> &attributes);
  std::string dimensionName(const Dimension &dimension, const std::string &input, size_t axis);
  /// Records a problem; false where the import must end.
  bool problem(const std::string &where, const std::string &what, bool structural = false);

  Known *find(llvm::StringRef name, Scope &scope);
  /// Defines `name`; false when it is defined already.
  bool define(llvm::StringRef name, Scope &scope, Known known);
  mlir::Value materialise(Known &known, llvm::StringRef name, mlir::Location location);
  mlir::Value materialise(const Symbolic &symbolic, mlir::Location location);
  mlir::Value materialise(const dl::DimExpr &expr, mlir::Location location);
  mlir::Value materialise(const std::shared_ptr<const Tensor> &owner, llvm::StringRef name, mlir::Location location);
  mlir::Type elementTypeFor(ElementType type);
  std::string uniqueSymbol(llvm::StringRef name);

  std::shared_ptr<Model> model;
  OnnxImportOptions options;
  mlir::MLIRContext *context;
  bool collect;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::OpBuilder builder;
  dl::DimAnalysis analysis;
  mlir::func::FuncOp entry;
  std::string captured; // the last diagnostic of an op's own rules
  llvm::StringSet<> symbols, dimensions;
  llvm::StringMap<llvm::SmallVector<const Function *>> functions;
  std::map<std::string, std::pair<mlir::Value, int64_t>> dimensionSources;
  std::map<std::string, int64_t> bounds; // dimensions that a constant's extent limits
  uint64_t nodesLeft;
  int64_t streams = 0;
};

/// One node being imported. Errors stick: after the first, values are null,
/// every call on a null value gives null, and the node is refused.
class NodeImport {
public:
  NodeImport(Importer &importer, const Node &node, Scope &scope, int64_t opset, unsigned depth, std::string where,
             mlir::Location location)
      : node(node), opset(opset), depth(depth), where(std::move(where)), location(location), importer(importer),
        scope(scope) {}

  const Node &node;
  int64_t opset;
  unsigned depth;
  std::string where;
  mlir::Location location;

  mlir::MLIRContext *context() { return importer.context; }
  bool failed() const { return !message.empty() || ended; }
  /// Refuses the node. Returns null for any value.
  std::nullptr_t error(const llvm::Twine &what);

  // Inputs
  size_t inputs() const { return node.inputs.size(); }
  bool has(size_t i) const { return i < node.inputs.size() && !node.inputs[i].empty(); }
  /// Input i as a tensor; an error when it is left out.
  mlir::Value in(size_t i);
  /// The same, when it is something training may change: its parameter is then not frozen.
  mlir::Value weight(size_t i);
  /// Elements as expressions, when the input is a small integer tensor that does not depend on data.
  const Symbolic *symbolic(size_t i);
  /// Its elements; an error that names `what` when they depend on data.
  std::optional<dl::DimVector> extents(size_t i, llvm::StringRef what);
  std::optional<llvm::SmallVector<int64_t>> ints(size_t i, llvm::StringRef what);
  /// The one element of a constant, of any number type.
  std::optional<double> scalar(size_t i);
  const Tensor *constant(size_t i);

  // Attributes
  const Attribute *attribute(llvm::StringRef name);
  int64_t intAttr(llvm::StringRef name, int64_t otherwise);
  double floatAttr(llvm::StringRef name, double otherwise);
  std::string stringAttr(llvm::StringRef name, llvm::StringRef otherwise);
  std::optional<llvm::SmallVector<int64_t>> intsAttr(llvm::StringRef name);
  /// `value` in [0, rank), negative ones counted from the end; 0 and an error otherwise.
  int64_t axis(int64_t value, int64_t rank);
  std::optional<llvm::SmallVector<int64_t>> axes(llvm::ArrayRef<int64_t> values, int64_t rank);
  /// Axes of an attribute up to opset `inputSince` - 1, of input `i` from then on.
  std::optional<llvm::SmallVector<int64_t>> axesOf(size_t i, int64_t inputSince);

  // Values
  dl::DimVector dims(mlir::Value value);
  static int64_t rank(mlir::Value value) {
    return value ? llvm::cast<mlir::RankedTensorType>(value.getType()).getRank() : 0;
  }
  static mlir::Type elementType(mlir::Value value) { return value ? dl::elementTypeOf(value) : mlir::Type(); }
  mlir::Type elementTypeFor(ElementType type);

  // Building
  template <typename Op>
  mlir::Value emit(mlir::ValueRange operands, llvm::ArrayRef<mlir::NamedAttribute> attributes = {},
                   mlir::Type type = {}) {
    return emit(Op::getOperationName(), operands, attributes, type);
  }
  mlir::Value emit(llvm::StringRef op, mlir::ValueRange operands, llvm::ArrayRef<mlir::NamedAttribute> attributes,
                   mlir::Type type);
  mlir::NamedAttribute i64(llvm::StringRef name, int64_t value);
  mlir::NamedAttribute f64(llvm::StringRef name, double value);
  mlir::NamedAttribute unit(llvm::StringRef name);
  mlir::NamedAttribute array(llvm::StringRef name, llvm::ArrayRef<int64_t> values);
  mlir::NamedAttribute extentsAttr(llvm::StringRef name, llvm::ArrayRef<dl::DimExpr> values);
  mlir::Value constantOf(double value, mlir::Type elementType);
  mlir::Value like(double value, mlir::Value other) {
    return other ? constantOf(value, elementType(other)) : mlir::Value();
  }
  mlir::Value cast(mlir::Value value, mlir::Type elementType);
  mlir::Value reshape(mlir::Value value, llvm::ArrayRef<dl::DimExpr> dims);
  mlir::Value broadcast(mlir::Value value, llvm::ArrayRef<dl::DimExpr> dims);
  mlir::Value transpose(mlir::Value value, llvm::ArrayRef<int64_t> permutation);
  mlir::Value slice(mlir::Value value, int64_t axis, dl::DimExpr start, dl::DimExpr extent, int64_t stride = 1);
  mlir::Value compare(dl::Predicate predicate, mlir::Value lhs, mlir::Value rhs);
  mlir::Value iota(llvm::ArrayRef<dl::DimExpr> dims, int64_t axis, mlir::Type elementType);
  mlir::Value emitDropout(mlir::Value input, double rate);
  /// Says that named dimension `name` is at most `bound` wherever the model works.
  void bound(const dl::DimExpr &name, int64_t bound);

  // Outputs
  void result(mlir::Value value, size_t i = 0);
  void result(Symbolic symbolic, size_t i = 0);
  void resultConstant(std::shared_ptr<const Tensor> tensor);
  /// Output i is whatever input j is.
  void forward(size_t j, size_t i = 0);
  /// The output of the node takes the values of a branch's outputs.
  void importBranch(const Graph &graph);

private:
  friend class Importer;
  Known *known(size_t i);
  Importer &importer;
  Scope &scope;
  std::string message;
  bool ended = false; // the whole import ended inside a branch
  llvm::SmallVector<Known> outputs;
};

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_IMPORTER_H
