// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The walk: inputs, initialisers, nodes in order, functions and taken branches
// in place, outputs.
#include "compiler/import/onnx/Importer.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

static std::string quoted(StringRef name) { return "'" + printable(name.str()) + "'"; }

static std::string describe(const Node &node) {
  StringRef name = !node.name.empty()     ? StringRef(node.name)
                   : node.outputs.empty() ? StringRef()
                                          : StringRef(node.outputs[0]);
  return "node " + quoted(name) + " (" + printable(node.op) + ")";
}

Importer::Importer(std::shared_ptr<Model> model, const OnnxImportOptions &options, MLIRContext *context, bool collect)
    : model(std::move(model)), options(options), context(context), collect(collect), builder(context),
      nodesLeft(options.maxNodes) {
  context->loadDialect<dl::DlDialect, func::FuncDialect>();
}

bool Importer::problem(const std::string &where, const std::string &what, bool structural) {
  problems.push_back({where, what});
  return collect && !structural;
}

OwningOpRef<ModuleOp> Importer::run() {
  // What an op's own rules say of a node goes into that node's problem.
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && captured.empty())
      captured = diagnostic.str();
    return success();
  });
  module = ModuleOp::create(builder.getUnknownLoc());
  if (!importGraph() || !problems.empty())
    return nullptr;
  captured.clear();
  if (failed(verify(*module))) { // a rule of ours is wrong: still an error, never a crash
    problem("", "the imported module is not valid: " + captured);
    return nullptr;
  }
  return std::move(module);
}

//===-- Names and inputs -------------------------------------------------===//

std::string Importer::uniqueSymbol(StringRef name) {
  std::string base = name.empty() ? "constant" : name.str(), unique = base;
  for (unsigned i = 1; !symbols.insert(unique).second; ++i)
    unique = base + "_" + std::to_string(i);
  return unique;
}

static bool isIdentifier(StringRef text) {
  return !text.empty() && !llvm::isDigit(text[0]) &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

/// The dimension's own name if it can stand in an expression; a name made from
/// its text or its place otherwise. Equal texts give equal names.
std::string Importer::dimensionName(const Dimension &dimension, const std::string &input, size_t axis) {
  if (isIdentifier(dimension.name))
    return dimension.name;
  std::string base = dimension.name.empty() ? input + "_" + std::to_string(axis) : dimension.name;
  for (char &c : base)
    if (!llvm::isAlnum(c) && c != '_')
      c = '_';
  if (base.empty() || llvm::isDigit(base[0]))
    base = "d_" + base;
  if (!dimension.name.empty())
    return base;
  while (dimensions.contains(base))
    base += "_";
  return base;
}

Type Importer::elementTypeFor(ElementType type) {
  switch (type) {
  case ElementType::Float:
    return builder.getF32Type();
  case ElementType::Double:
    return builder.getF64Type();
  case ElementType::Float16:
    return builder.getF16Type();
  case ElementType::BFloat16:
    return builder.getBF16Type();
  case ElementType::Int64:
    return builder.getI64Type();
  case ElementType::Int32:
    return builder.getI32Type();
  case ElementType::Int8:
    return builder.getIntegerType(8);
  case ElementType::UInt8:
    return builder.getIntegerType(8, false);
  case ElementType::Bool:
    return builder.getI1Type();
  default:
    return {};
  }
}

bool Importer::addInput(const ValueInfo &input, Block &block, SmallVectorImpl<DictionaryAttr> &attributes) {
  std::string where = "input " + quoted(input.name);
  Type elementType = input.isTensor ? elementTypeFor(input.type) : Type();
  std::string refusal;
  if (!input.isTensor)
    refusal = "is no dense tensor; sequences, maps, optional and sparse values are not supported";
  else if (!elementType)
    refusal = "element type " + nameOf(input.type) + " is not supported";
  else if (!input.hasShape)
    refusal = "has no shape; its rank must be known";
  if (!refusal.empty())
    return problem(where, refusal);
  SmallVector<int64_t> extents;
  DimVector dims;
  for (auto [axis, dimension] : llvm::enumerate(input.shape)) {
    bool isStatic = dimension.value >= 0 && dimension.name.empty();
    extents.push_back(isStatic ? dimension.value : ShapedType::kDynamic);
    dims.push_back(isStatic ? DimExpr(dimension.value) : DimExpr::symbol(dimensionName(dimension, input.name, axis)));
    if (!isStatic)
      dimensions.insert(dims.back().str());
  }
  BlockArgument argument =
      block.addArgument(RankedTensorType::get(extents, elementType), NameLoc::get(builder.getStringAttr(input.name)));
  for (auto [axis, dim] : llvm::enumerate(dims))
    if (!dim.isConstant())
      dimensionSources.try_emplace(dim.str(), argument, static_cast<int64_t>(axis));
  analysis.set(argument, dims);
  attributes.push_back(builder.getDictionaryAttr({builder.getNamedAttr("dl.name", builder.getStringAttr(input.name)),
                                                  builder.getNamedAttr("dl.dims", toAttr(context, dims))}));
  return true;
}

bool Importer::addInitializers(const Graph &graph, Scope &scope) {
  for (const std::string &name : graph.sparseInitializers)
    if (!problem("initializer " + quoted(name), "is sparse, which is not supported"))
      return false;
  for (const Tensor &tensor : graph.initializers) {
    Known known;
    known.constant = std::shared_ptr<const Tensor>(model, &tensor);
    if (tensor.name.empty())
      return problem("", "an initializer has no name", true);
    if (!define(tensor.name, scope, known))
      return problem("initializer " + quoted(tensor.name), "is defined twice", true);
  }
  return true;
}

bool Importer::importGraph() {
  auto opset = model->opsets.find("");
  if (opset == model->opsets.end())
    return problem("", "imports no version of the operator set ai.onnx", true);
  if (opset->second < oldestOnnxOpset || opset->second > newestOnnxOpset)
    if (!problem("", "imports operator set ai.onnx " + std::to_string(opset->second) + ", expected " +
                         std::to_string(oldestOnnxOpset) + " to " + std::to_string(newestOnnxOpset)))
      return false;
  for (const Function &function : model->functions)
    functions[function.domain + ":" + function.name].push_back(&function);

  const Graph &graph = model->graph;
  symbols.insert("predict");
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(module->getBody());
  entry = func::FuncOp::create(builder, NameLoc::get(builder.getStringAttr("predict")), "predict",
                               builder.getFunctionType({}, {}));
  entry->setAttr("dl.entry", builder.getUnitAttr());
  Block &block = entry.getBody().emplaceBlock();
  builder.setInsertionPointToEnd(&block);

  Scope scope;
  scope.opsets = &model->opsets;
  if (!addInitializers(graph, scope))
    return false;
  for (const ValueInfo &input : graph.inputs) // names first, so that names made up for others differ
    for (const Dimension &dimension : input.shape)
      if (isIdentifier(dimension.name))
        dimensions.insert(dimension.name);
  SmallVector<DictionaryAttr> argumentAttributes, resultAttributes;
  llvm::StringSet<> inputNames;
  for (const ValueInfo &input : graph.inputs) {
    if (input.name.empty() || !inputNames.insert(input.name).second)
      return problem("input " + quoted(input.name), input.name.empty() ? "has no name" : "is defined twice", true);
    if (Known *known = find(input.name, scope); known && known->constant)
      continue; // before IR version 4 initialisers are inputs too
    size_t before = block.getNumArguments();
    if (!addInput(input, block, argumentAttributes))
      return false;
    Known known;
    known.refused = block.getNumArguments() == before;
    known.value = known.refused ? Value() : Value(block.getArgument(before));
    define(input.name, scope, known);
  }

  if (!importNodes(graph.nodes, scope, 0))
    return false;

  SmallVector<Value> results;
  llvm::StringSet<> outputNames;
  if (graph.outputs.empty())
    return problem("", "has no output", true);
  for (const ValueInfo &output : graph.outputs) {
    std::string where = "output " + quoted(output.name);
    if (!outputNames.insert(output.name).second)
      return problem(where, "is listed twice", true);
    Known *known = find(output.name, scope);
    if (!known)
      return problem(where, "is computed by no node", true);
    if (known->refused)
      continue;
    Value value = materialise(*known, output.name, builder.getUnknownLoc());
    if (!value) {
      if (!problem(where, captured))
        return false;
      continue;
    }
    if (output.isTensor && output.type != ElementType::Undefined &&
        elementTypeFor(output.type) != dl::elementTypeOf(value))
      if (!problem(where, "is declared as " + nameOf(output.type) + ", its node computes another element type"))
        return false;
    results.push_back(value);
    resultAttributes.push_back(
        builder.getDictionaryAttr({builder.getNamedAttr("dl.name", builder.getStringAttr(output.name)),
                                   builder.getNamedAttr("dl.dims", toAttr(context, analysis.of(value)))}));
  }
  if (!problems.empty())
    return false;
  func::ReturnOp::create(builder, builder.getUnknownLoc(), results);
  entry.setFunctionType(builder.getFunctionType(block.getArgumentTypes(), ValueRange(results).getTypes()));
  entry.setAllArgAttrs(argumentAttributes);
  entry.setAllResultAttrs(resultAttributes);
  if (!bounds.empty()) {
    SmallVector<NamedAttribute> list;
    for (auto &[name, bound] : bounds)
      list.push_back(builder.getNamedAttr(name, builder.getI64IntegerAttr(bound)));
    entry->setAttr("dl.bounds", builder.getDictionaryAttr(list));
  }
  return true;
}

//===-- Scopes -----------------------------------------------------------===//

Known *Importer::find(StringRef name, Scope &scope) {
  for (Scope *at = &scope; at; at = at->outer)
    if (auto it = at->names.find(name); it != at->names.end())
      return &it->second;
  return nullptr;
}

bool Importer::define(StringRef name, Scope &scope, Known known) {
  return scope.names.try_emplace(name, std::move(known)).second;
}

//===-- Nodes ------------------------------------------------------------===//

bool Importer::importNodes(ArrayRef<Node> nodes, Scope &scope, unsigned depth) {
  for (auto [index, node] : llvm::enumerate(nodes))
    if (!importNode(node, scope, depth, index))
      return false;
  return true;
}

bool Importer::importNode(const Node &node, Scope &scope, unsigned depth, size_t index) {
  std::string where = describe(node);
  if (nodesLeft-- == 0)
    return problem("", "has more than " + std::to_string(options.maxNodes) + " nodes, counted where they are reached",
                   true);
  bool refused = false;
  for (const std::string &input : node.inputs) {
    if (input.empty())
      continue;
    Known *known = find(input, scope);
    if (!known)
      return problem(where, "uses " + quoted(input) + ", which nothing before it defines", true);
    refused |= known->refused;
  }
  for (const std::string &output : node.outputs)
    if (!output.empty() && scope.names.contains(output))
      return problem(where, "defines " + quoted(output) + ", which is defined already", true);
  auto refuse = [&](const std::string &what) {
    for (const std::string &output : node.outputs)
      if (!output.empty()) {
        Known known;
        known.refused = true;
        define(output, scope, known);
      }
    return what.empty() || problem(where, what);
  };

  if (auto it = functions.find(node.domain + ":" + node.op); it != functions.end()) {
    if (it->second.size() > 1)
      return refuse("calls function " + quoted(node.op) + ", which is defined " + std::to_string(it->second.size()) +
                    " times");
    if (refused)
      return refuse("");
    return importCall(node, *it->second[0], scope, depth, where);
  }
  if (!node.domain.empty())
    return refuse("operator domain " + quoted(node.domain) + " is not supported");
  const OpRule *rule = findRule(node.op);
  if (!rule)
    return refuse("operator " + quoted(node.op) + " is not supported");
  auto found = scope.opsets->find("");
  int64_t opset = found == scope.opsets->end() ? model->opsets.find("")->second : found->second;
  std::string refusals;
  auto add = [&](const std::string &what) { refusals += (refusals.empty() ? "" : "; ") + what; };
  if (opset < rule->since)
    add("in operator set " + std::to_string(opset) + " is not supported, expected " + std::to_string(rule->since) +
        " or newer");
  for (const onnx::Attribute &attribute : node.attributes) {
    SmallVector<StringRef> understood;
    StringRef(rule->attributes).split(understood, ' ', -1, false);
    if (!llvm::is_contained(understood, attribute.name))
      add("attribute " + quoted(attribute.name) + " is not supported");
  }
  if (node.inputs.size() < rule->least || node.inputs.size() > rule->most)
    add("has " + std::to_string(node.inputs.size()) + " inputs, expected " + std::to_string(rule->least) +
        (rule->most == rule->least ? ""
         : rule->most == ~0u       ? " or more"
                                   : " to " + std::to_string(rule->most)));
  if (node.outputs.empty())
    add("has no output");
  for (size_t i = rule->outputs; i < node.outputs.size(); ++i)
    if (!node.outputs[i].empty())
      add("output " + std::to_string(i) + " (" + quoted(node.outputs[i]) + ") is not supported");
  if (!refusals.empty() || refused)
    return refuse(refusals);

  StringRef name = !node.name.empty()         ? StringRef(node.name)
                   : !node.outputs[0].empty() ? StringRef(node.outputs[0])
                                              : StringRef(node.op);
  NodeImport import(*this, node, scope, opset, depth, where, NameLoc::get(builder.getStringAttr(name)));
  import.outputs.resize(node.outputs.size());
  captured.clear();
  rule->build(import);
  if (import.ended)
    return false;
  if (import.message.empty())
    for (auto [i, output] : llvm::enumerate(node.outputs))
      if (!output.empty() && !import.outputs[i].value && !import.outputs[i].symbolic && !import.outputs[i].constant &&
          !import.outputs[i].refused)
        import.message = "output " + quoted(output) + " is not supported";
  if (!import.message.empty())
    return refuse(import.message);
  for (auto [i, output] : llvm::enumerate(node.outputs)) {
    if (output.empty())
      continue;
    // The op that makes it bears its name below the node's.
    if (Value value = import.outputs[i].value; value && value.getLoc() == import.location && output != name)
      value.setLoc(NameLoc::get(builder.getStringAttr(name), NameLoc::get(builder.getStringAttr(output))));
    if (!define(output, scope, import.outputs[i]))
      return problem(where, "defines " + quoted(output) + " twice", true);
  }
  return true;
}

/// A model's own function, imported in place: names inside it are its own.
bool Importer::importCall(const Node &node, const Function &function, Scope &scope, unsigned depth,
                          const std::string &where) {
  if (depth >= options.maxDepth)
    return problem(where, "calls nest deeper than " + std::to_string(options.maxDepth), true);
  if (node.inputs.size() > function.inputs.size() || node.outputs.size() > function.outputs.size())
    return problem(where,
                   "gives " + std::to_string(node.inputs.size()) + " inputs and takes " +
                       std::to_string(node.outputs.size()) + " outputs, its function has " +
                       std::to_string(function.inputs.size()) + " and " + std::to_string(function.outputs.size()),
                   true);
  Scope body;
  body.opsets = &function.opsets;
  body.call = &node;
  body.callScope = &scope;
  for (auto [formal, actual] : llvm::zip(function.inputs, node.inputs))
    if (!actual.empty() && !define(formal, body, *find(actual, scope)))
      return problem(where, "its function has two inputs " + quoted(formal), true);
  if (!importNodes(function.nodes, body, depth + 1))
    return false;
  for (auto [formal, actual] : llvm::zip(function.outputs, node.outputs)) {
    if (actual.empty())
      continue;
    Known *known = find(formal, body);
    if (!known)
      return problem(where, "its function does not compute " + quoted(formal), true);
    if (!define(actual, scope, *known))
      return problem(where, "defines " + quoted(actual) + " twice", true);
  }
  return true;
}

//===-- The front door ---------------------------------------------------===//

static std::shared_ptr<Model> readChecked(StringRef path, std::string &error) {
  return readModel(path.str(), Limits(), error);
}

OwningOpRef<ModuleOp> dlc::importOnnx(StringRef path, const OnnxImportOptions &options, MLIRContext *context,
                                      std::vector<std::string> *files) {
  std::string error;
  Location location = NameLoc::get(StringAttr::get(context, path));
  std::shared_ptr<Model> model = readChecked(path, error);
  if (!model) {
    emitError(location) << printable(path.str()) << " " << error;
    return nullptr;
  }
  for (const std::string &file : model->externalFiles)
    if (files)
      files->push_back((path.take_front(path.rfind('/') + 1) + file).str()); // rfind: 0 for a path without folder
  Importer importer(model, options, context, /*collect=*/false);
  OwningOpRef<ModuleOp> module = importer.run();
  if (!module)
    emitError(location) << printable(path.str()) << ": " << importer.problems.front().str();
  return module;
}

std::vector<OnnxProblem> dlc::checkOnnx(StringRef path, const OnnxImportOptions &options, MLIRContext *context) {
  std::string error;
  std::shared_ptr<Model> model = readChecked(path, error);
  if (!model)
    return {{"", error}};
  Importer importer(model, options, context, /*collect=*/true);
  importer.run();
  return importer.problems;
}
