// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/training/Training.h"
#include "compiler/import/training/Optimizers.h"
#include "dialects/dl/DlBuilder.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/GlobPattern.h"

using namespace mlir;
using namespace dlc;
using dl::DimExpr;
using dl::DimVector;

namespace {
/// The parts of a run of addTraining.
class Adder {
public:
  Adder(ModuleOp module, const TrainingOptions &options) : module(module), options(options), symbols(module) {}
  LogicalResult run();

private:
  InFlightDiagnostic error() { return emitError(module.getLoc()); }
  LogicalResult choose();
  LogicalResult chooseOutput(StringRef wanted);
  LogicalResult declareLabel();
  void warnAboutEvaluationMode();
  func::FuncOp makeEntry(StringRef name, bool withRate);
  Value cloneUpTo(OpBuilder &builder, Value wanted, func::FuncOp into, bool training);
  Value loss(dl::DlBuilder &b, Value prediction, Value label, bool sum);
  Value hits(dl::DlBuilder &b, Value prediction, Value label);
  void addTrainStep();
  void addEvaluate();

  ModuleOp module;
  const TrainingOptions &options;
  SymbolTable symbols;
  func::FuncOp predict;
  std::optional<Optimizer> optimizer;
  std::string lossName;
  Value prediction; // in predict: what the loss takes
  DimVector predictionDims;
  RankedTensorType labelType;
  DimVector labelDims;
  SmallVector<dl::ParameterOp> trained;
  /// A batch normalization of the clone: its statistics, and where they are kept.
  struct Statistics {
    Value mean, variance;
    FlatSymbolRefAttr meanSymbol, varianceSymbol;
    double momentum;
  };
  SmallVector<Statistics> statistics;
};
} // namespace

static bool matches(StringRef name, const std::vector<std::string> &globs) {
  return llvm::any_of(globs, [&](const std::string &glob) {
    llvm::Expected<llvm::GlobPattern> pattern = llvm::GlobPattern::create(glob);
    if (pattern)
      return pattern->match(name);
    llvm::consumeError(pattern.takeError());
    return false;
  });
}

static SmallVector<dl::ParameterOp> candidates(ModuleOp module, const std::vector<std::string> &freeze) {
  llvm::StringSet<> read;
  if (auto predict = module.lookupSymbol<func::FuncOp>("predict"))
    predict.walk([&](dl::ReadOp op) { read.insert(op.getSymbol()); });
  SmallVector<dl::ParameterOp> result;
  for (auto parameter : module.getOps<dl::ParameterOp>())
    if (!parameter.getFrozen() && isa<FloatType>(cast<RankedTensorType>(parameter.getType()).getElementType()) &&
        read.contains(parameter.getSymName()) && !matches(parameter.getSymName(), freeze))
      result.push_back(parameter);
  return result;
}

std::vector<std::string> dlc::trainedParameters(ModuleOp module, const std::vector<std::string> &freeze) {
  std::vector<std::string> names;
  for (dl::ParameterOp parameter : candidates(module, freeze))
    names.push_back(parameter.getSymName().str());
  return names;
}

//===-- Choices ----------------------------------------------------------===//

LogicalResult Adder::choose() {
  predict = module.lookupSymbol<func::FuncOp>("predict");
  if (!predict || predict.isExternal() || !predict.getBody().hasOneBlock())
    return error() << "the model has no function 'predict' to train";
  for (StringRef name : {"train_step", "evaluate"})
    if (symbols.lookup(name))
      return error() << "the model has a function '" << name << "' already; --train adds one";
  optimizer = Optimizer::find(options);
  if (!optimizer)
    return error() << "--optimizer is '" << options.optimizer << "', expected sgd, momentum, adam or adamw";
  auto [name, output] = StringRef(options.loss).split(':');
  lossName = name.str();
  if (!llvm::is_contained({"cross_entropy", "cross_entropy_dense", "bce", "mse"}, name))
    return error() << "--loss is '" << name << "', expected cross_entropy, cross_entropy_dense, bce or mse";
  for (const std::string &glob : options.freeze) {
    llvm::Expected<llvm::GlobPattern> pattern = llvm::GlobPattern::create(glob);
    if (!pattern)
      return error() << "--freeze=" << glob << " is no pattern: " << llvm::toString(pattern.takeError());
    bool any = false;
    for (auto parameter : module.getOps<dl::ParameterOp>())
      any |= pattern->match(parameter.getSymName());
    if (!any)
      return error() << "--freeze=" << glob << " matches no parameter";
  }
  for (StringRef taken : {"label", "learning_rate"})
    for (unsigned i = 0; i < predict.getNumArguments(); ++i)
      if (auto own = predict.getArgAttrOfType<StringAttr>(i, "dl.name"); own && own.getValue() == taken)
        return error() << "the model has an input called '" << taken << "', which --train needs as the name of its own";
  if (failed(chooseOutput(output)) || failed(declareLabel()))
    return failure();
  trained = candidates(module, options.freeze);
  for (auto parameter : module.getOps<dl::ParameterOp>())
    if (matches(parameter.getSymName(), options.freeze))
      parameter.setFrozen(true);
  if (trained.empty())
    return error() << "the model has no parameter to train"
                   << (options.freeze.empty() ? "" : " beside those of --freeze");
  return success();
}

LogicalResult Adder::chooseOutput(StringRef wanted) {
  Operation *end = predict.getBody().front().getTerminator();
  std::optional<unsigned> chosen;
  std::string names;
  for (unsigned i = 0; i < end->getNumOperands(); ++i) {
    auto name = predict.getResultAttrOfType<StringAttr>(i, "dl.name");
    names += (i ? ", " : "") + (name ? "'" + name.str() + "'" : "result " + std::to_string(i));
    if (wanted.empty() ? end->getNumOperands() == 1 : name && name.getValue() == wanted)
      chosen = i;
  }
  if (!chosen && wanted.empty())
    return error() << "the model has " << end->getNumOperands()
                   << " outputs; say which one the loss takes: --loss=" << lossName << ":OUTPUT, one of " << names;
  if (!chosen)
    return error() << "the model has no output '" << wanted << "', expected one of " << names;
  prediction = end->getOperand(*chosen);
  Operation *last = prediction.getDefiningOp();
  StringRef skipped;
  if (StringRef(lossName).starts_with("cross_entropy")) {
    int64_t axis = -1;
    if (auto op = dyn_cast_or_null<dl::SoftmaxOp>(last))
      axis = op.getAxis(), skipped = "softmax";
    else if (auto op = dyn_cast_or_null<dl::LogSoftmaxOp>(last))
      axis = op.getAxis(), skipped = "log_softmax";
    if (axis >= 0 && axis != dl::DlBuilder::rank(prediction) - 1)
      return error() << "the model takes the softmax over axis " << axis
                     << "; cross-entropy is supported for classes along the last axis";
  } else if (lossName == "bce" && isa_and_nonnull<dl::SigmoidOp>(last)) {
    skipped = "sigmoid";
  }
  if (!skipped.empty()) {
    auto name = dyn_cast<NameLoc>(last->getLoc());
    emitWarning(module.getLoc()) << "the loss " << lossName << " takes scores before " << skipped << "; the input of "
                                 << (name ? "'" + name.getName().str() + "'" : "it") << " is used";
    prediction = last->getOperand(0);
  }
  auto type = cast<RankedTensorType>(prediction.getType());
  if (!isa<FloatType>(type.getElementType()) || type.getRank() == 0 ||
      (StringRef(lossName).starts_with("cross_entropy") && type.getRank() < 2))
    return error() << "the model computes " << type << ", which the loss " << lossName << " cannot take";
  return success();
}

LogicalResult Adder::declareLabel() {
  dl::DimAnalysis analysis;
  auto type = cast<RankedTensorType>(prediction.getType());
  labelDims = DimVector(analysis.of(prediction));
  SmallVector<int64_t> shape(type.getShape());
  Type element = type.getElementType();
  if (lossName == "cross_entropy") {
    labelDims.pop_back();
    shape.pop_back();
    element = IntegerType::get(module.getContext(), 64);
  }
  for (auto [extent, dim] : llvm::zip(shape, labelDims)) {
    if (dim.isConstant())
      extent = dim.constant();
    else if (std::vector<std::string> names = dim.symbols(); names.size() != 1 || dim != DimExpr::symbol(names[0]))
      return error() << "the model computes an extent of " << dim.str()
                     << " where the label needs a number or one name";
  }
  labelType = RankedTensorType::get(shape, element);
  return success();
}

void Adder::warnAboutEvaluationMode() {
  bool found = false;
  predict.walk([&](Operation *op) { found |= isa<dl::DropoutOp, dl::BatchNormOp>(op); });
  if (!found)
    emitWarning(module.getLoc())
        << "the model has neither dropout nor batch normalization; if it was exported in evaluation mode, "
           "they are gone and training does without them";
}

//===-- Entries ----------------------------------------------------------===//

/// An entry with the arguments of predict, the label and perhaps the rate.
func::FuncOp Adder::makeEntry(StringRef name, bool withRate) {
  OpBuilder builder(module.getContext());
  builder.setInsertionPointToEnd(module.getBody());
  auto entry = func::FuncOp::create(builder, module.getLoc(), name, builder.getFunctionType({}, {}));
  entry->setAttr("dl.entry", builder.getUnitAttr());
  if (Attribute bounds = predict->getAttr("dl.bounds"))
    entry->setAttr("dl.bounds", bounds);
  Block &block = entry.getBody().emplaceBlock();
  SmallVector<DictionaryAttr> attributes;
  for (unsigned i = 0; i < predict.getNumArguments(); ++i) {
    block.addArgument(predict.getArgument(i).getType(), predict.getArgument(i).getLoc());
    DictionaryAttr own = predict.getArgAttrDict(i);
    attributes.push_back(own ? own : builder.getDictionaryAttr({}));
  }
  auto named = [&](StringRef argument) { return builder.getNamedAttr("dl.name", builder.getStringAttr(argument)); };
  block.addArgument(labelType, module.getLoc());
  attributes.push_back(builder.getDictionaryAttr(
      {named("label"), builder.getNamedAttr("dl.dims", dl::toAttr(module.getContext(), labelDims))}));
  if (withRate) {
    Type rate = cast<RankedTensorType>(trained[0].getType()).getElementType();
    rate = rate.isF64() ? rate : Type(builder.getF32Type());
    block.addArgument(RankedTensorType::get({}, rate), module.getLoc());
    attributes.push_back(builder.getDictionaryAttr(
        {named("learning_rate"), builder.getNamedAttr("dl.hyper", builder.getUnitAttr()),
         builder.getNamedAttr("dl.default", builder.getFloatAttr(rate, optimizer->learningRate))}));
  }
  entry.setFunctionType(builder.getFunctionType(block.getArgumentTypes(), {}));
  entry.setAllArgAttrs(attributes);
  symbols.insert(entry);
  return entry;
}

/// Clones what `wanted` needs of predict. While training, dropout is on and
/// batch normalization takes the batch's statistics where its scale is trained.
Value Adder::cloneUpTo(OpBuilder &builder, Value wanted, func::FuncOp into, bool training) {
  llvm::SetVector<Operation *> needed;
  SmallVector<Value> stack{wanted};
  while (!stack.empty())
    if (Operation *op = stack.pop_back_val().getDefiningOp(); op && needed.insert(op))
      llvm::append_range(stack, op->getOperands());
  IRMapping mapping;
  for (auto [from, to] : llvm::zip(predict.getArguments(), into.getArguments()))
    mapping.map(from, to);
  Value on;
  if (training)
    on = dl::ConstantOp::create(builder, module.getLoc(),
                                DenseElementsAttr::get(RankedTensorType::get({}, builder.getI1Type()), true));
  auto readOf = [](Value value) { return value.getDefiningOp<dl::ReadOp>(); };
  for (Operation &op : predict.getBody().front()) {
    if (!needed.contains(&op))
      continue;
    auto norm = dyn_cast<dl::BatchNormOp>(op);
    dl::ReadOp scale = norm ? readOf(norm.getScale()) : dl::ReadOp(),
               mean = norm ? readOf(norm.getMean()) : dl::ReadOp(),
               variance = norm ? readOf(norm.getVariance()) : dl::ReadOp();
    if (training && scale && mean && variance &&
        llvm::any_of(trained, [&](dl::ParameterOp p) { return p.getSymName() == scale.getSymbol(); })) {
      auto live = dl::BatchNormTrainOp::create(builder, op.getLoc(), mapping.lookup(norm.getInput()),
                                               mapping.lookup(norm.getScale()), mapping.lookup(norm.getBias()),
                                               norm.getEpsilonAttr());
      mapping.map(norm.getResult(), live.getResult());
      auto kept = op.getAttrOfType<FloatAttr>("onnx.momentum");
      statistics.push_back({live.getMean(), live.getVariance(), mean.getSymbolAttr(), variance.getSymbolAttr(),
                            kept ? kept.getValueAsDouble() : 0.9});
      continue;
    }
    Operation *copy = builder.clone(op, mapping);
    if (auto dropout = dyn_cast<dl::DropoutOp>(copy); dropout && training)
      dropout.getTrainingMutable().assign(on);
  }
  return mapping.lookup(wanted);
}

Value Adder::loss(dl::DlBuilder &b, Value z, Value label, bool sum) {
  UnitAttr unit = sum ? b.builder.getUnitAttr() : UnitAttr();
  if (lossName == "cross_entropy")
    return b.create<dl::CrossEntropyOp>(z, label, unit);
  if (lossName == "cross_entropy_dense")
    return b.create<dl::CrossEntropyDenseOp>(z, label, unit);
  if (lossName == "bce")
    return b.create<dl::BceWithLogitsOp>(z, label, unit);
  return b.create<dl::MseOp>(z, label, unit);
}

/// How many predictions are right; null for a loss without that notion.
Value Adder::hits(dl::DlBuilder &b, Value z, Value label) {
  Value right;
  IntegerAttr last = b.builder.getI64IntegerAttr(dl::DlBuilder::rank(z) - 1);
  if (lossName == "cross_entropy")
    right = b.compare(dl::Predicate::eq, b.create<dl::ArgmaxOp>(z, last), label);
  else if (lossName == "cross_entropy_dense")
    right = b.compare(dl::Predicate::eq, b.create<dl::ArgmaxOp>(z, last), b.create<dl::ArgmaxOp>(label, last));
  else if (lossName == "bce")
    right = b.compare(dl::Predicate::eq, b.compare(dl::Predicate::gt, z, b.like(0, z)),
                      b.compare(dl::Predicate::gt, label, b.like(0.5, label)));
  else
    return {};
  Value ones = b.cast(right, b.builder.getI64Type());
  return b.reduceSum(ones, llvm::to_vector(llvm::seq<int64_t>(0, dl::DlBuilder::rank(ones))));
}

static void finish(func::FuncOp entry, ValueRange values, ArrayRef<StringRef> names) {
  OpBuilder builder = OpBuilder::atBlockEnd(&entry.getBody().front());
  func::ReturnOp::create(builder, entry.getLoc(), values);
  entry.setFunctionType(builder.getFunctionType(entry.getArgumentTypes(), values.getTypes()));
  SmallVector<DictionaryAttr> attributes;
  for (StringRef name : names)
    attributes.push_back(builder.getDictionaryAttr(builder.getNamedAttr("dl.name", builder.getStringAttr(name))));
  entry.setAllResultAttrs(attributes);
}

void Adder::addTrainStep() {
  func::FuncOp entry = makeEntry("train_step", /*withRate=*/true);
  Block &block = entry.getBody().front();
  Value label = block.getArgument(block.getNumArguments() - 2), rate = block.getArgument(block.getNumArguments() - 1);
  Location location = module.getLoc();

  // The region first, apart: its types say what the op's results are.
  Region body;
  Block &inner = body.emplaceBlock();
  OpBuilder builder(module.getContext()); // the block hangs nowhere yet: it knows no context
  builder.setInsertionPointToEnd(&inner);
  Value z = cloneUpTo(builder, prediction, entry, /*training=*/true);
  dl::DimAnalysis analysis;
  dl::DlBuilder b(builder, location, analysis);
  SmallVector<Value> yielded{loss(b, z, label, /*sum=*/false)};
  for (Statistics &norm : statistics)
    yielded.append({norm.mean, norm.variance});
  dl::YieldOp::create(builder, location, yielded);

  SmallVector<Type> types(ValueRange(yielded).getTypes());
  SmallVector<Attribute> wrt;
  for (dl::ParameterOp parameter : trained) {
    types.push_back(parameter.getType());
    wrt.push_back(FlatSymbolRefAttr::get(parameter.getSymNameAttr()));
  }
  builder.setInsertionPointToEnd(&block);
  OperationState state(location, dl::GradientOp::getOperationName());
  state.addTypes(types);
  state.addAttribute("symbols", builder.getArrayAttr(wrt));
  state.addRegion()->takeBody(body);
  Operation *gradient = builder.create(state);

  Value step = dl::StepOp::create(builder, location, RankedTensorType::get({}, builder.getI64Type()));
  for (auto [i, parameter] : llvm::enumerate(trained))
    optimizer->update(builder, parameter, gradient->getResult(yielded.size() + i), rate, step, symbols);
  // Running statistics move by 1 - momentum towards the batch's.
  dl::DlBuilder outer(builder, location, analysis);
  for (auto [i, norm] : llvm::enumerate(statistics))
    for (auto [symbol, now] : {std::pair(norm.meanSymbol, gradient->getResult(1 + 2 * i)),
                               std::pair(norm.varianceSymbol, gradient->getResult(2 + 2 * i))}) {
      Value old = dl::ReadOp::create(builder, location, now.getType(), symbol);
      Value next =
          outer.add(outer.mul(old, outer.like(norm.momentum, old)), outer.mul(now, outer.like(1 - norm.momentum, now)));
      dl::WriteOp::create(builder, location, symbol, next);
      if (auto parameter = dyn_cast_or_null<dl::ParameterOp>(symbols.lookup(symbol.getValue())))
        parameter.setFrozen(false); // what is written is never folded
    }
  finish(entry, gradient->getResult(0), {"loss"});
}

void Adder::addEvaluate() {
  func::FuncOp entry = makeEntry("evaluate", /*withRate=*/false);
  OpBuilder builder = OpBuilder::atBlockEnd(&entry.getBody().front());
  Value z = cloneUpTo(builder, prediction, entry, /*training=*/false);
  Value label = entry.getArguments().back();
  dl::DimAnalysis analysis;
  dl::DlBuilder b(builder, module.getLoc(), analysis);
  SmallVector<Value> results{loss(b, z, label, /*sum=*/true)};
  if (Value right = hits(b, z, label))
    results.push_back(right);
  finish(entry, results, ArrayRef<StringRef>{"loss", "hits"}.take_front(results.size()));
}

LogicalResult Adder::run() {
  if (failed(choose()))
    return failure();
  warnAboutEvaluationMode();
  addTrainStep();
  addEvaluate();
  return success();
}

LogicalResult dlc::addTraining(ModuleOp module, const TrainingOptions &options) { return Adder(module, options).run(); }
