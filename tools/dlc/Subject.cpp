// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Probe.h"
#include "compiler/Parse.h"
#include "compiler/Pipeline.h"
#include "compiler/Targets.h"
#include "compiler/import/onnx/OnnxImport.h"
#include "data/Text.h"
#include "passes/AddSelfTests/Inputs.h"
#include "tools/dlc-verify/Compiled.h"
#include "llvm/Support/FileSystem.h"
#include <cmath>
#include <dlfcn.h>

using namespace mlir;

namespace dlc {

Departure departureOf(const dl::Tensor &got, const dl::Tensor &expected, double tolerance) {
  Departure departure;
  if (tolerance < 0)
    tolerance = expected.elementType.isF64()   ? 1e-9
                : expected.elementType.isF32() ? 1e-4
                : expected.elementType.isF16() ? 0x1p-6
                                               : 0x1p-3;
  double scale = 0, worst = 0;
  for (double value : expected.floats)
    if (std::isfinite(value))
      scale = std::max(scale, std::fabs(value));
  for (int64_t i = 0; i < expected.size(); ++i) {
    double have = got.at(i), want = expected.at(i), off = std::fabs(have - want);
    if (have == want || (std::isnan(have) && std::isnan(want)))
      continue;
    if (std::isnan(off))
      off = INFINITY;
    departure.largest = std::max(departure.largest, scale > 0 ? off / scale : off);
    bool departs = !expected.isFloat() || !(off <= tolerance * (std::fabs(want) + scale));
    if (departs && (!departure.departs || off > worst)) {
      worst = off;
      departure = {true, i, have, want, departure.largest};
    }
  }
  return departure;
}

Subject::Subject() {
  DialectRegistry registry;
  registerForPipeline(registry);
  mlir = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  mlir->loadAllAvailableDialects();
  mlir->printOpOnDiagnostic(false);
  mlir->getDiagEngine().registerHandler([](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      llvm::errs() << "dlc: error: compare: " << diagnostic.str() << "\n";
    return success();
  });
}
Subject::~Subject() = default;

const Interface::Argument &Subject::output(size_t index) const {
  for (const Interface::Argument &argument : function->arguments)
    if (argument.kind == Interface::Kind::Output && index-- == 0)
      return argument;
  return function->arguments.back();
}

/// Opens a library in this process; null with `error` set.
static const dlc_model *openLibrary(const std::string &path, std::string &error) {
  // A name without a slash would be looked for elsewhere.
  llvm::SmallString<128> absolute(path);
  llvm::sys::fs::make_absolute(absolute);
  void *library = dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL);
  auto accessor = library ? reinterpret_cast<dlc_model_accessor>(dlsym(library, DLC_MODEL_ACCESSOR)) : nullptr;
  if (!accessor) {
    error = path + (library ? ": holds no model" : ": cannot be opened: " + printable(dlerror()));
    return nullptr;
  }
  dlc_error problem = DLC_ERROR_INIT;
  if (dlc_model_check(accessor(), 0, &problem)) {
    error = path + ": " + problem.message;
    return nullptr;
  }
  return accessor();
}

/// Why the library's function is not the model's; empty where it is.
static std::string mismatch(const Interface::Function &function, const dlc_model &library, MLIRContext *context) {
  int32_t index = dlc_model_find(&library, function.name.c_str());
  if (index < 0)
    return "has no function '" + function.name + "'";
  const dlc_function &compiled = library.functions[index];
  auto isExtent = [&](const dl::DimExpr &extent, const dlc_extent &other) {
    if (other.dim >= 0)
      return extent == dl::DimExpr::symbol(library.dims[other.dim].name);
    return other.dim == DLC_COMPUTED || extent == dl::DimExpr(other.size);
  };
  bool same = compiled.argument_count == static_cast<int32_t>(function.arguments.size());
  for (int32_t i = 0; same && i < compiled.argument_count; ++i)
    same = function.arguments[i].name == compiled.arguments[i].name &&
           function.arguments[i].type == elementTypeOf(context, compiled.arguments[i].type) &&
           static_cast<int32_t>(function.arguments[i].dims.size()) == compiled.arguments[i].rank &&
           llvm::all_of(llvm::seq(compiled.arguments[i].rank), [&](int32_t axis) {
             return isExtent(function.arguments[i].dims[axis], compiled.arguments[i].extents[axis]);
           });
  return same ? "" : "has another function '" + function.name + "': names, types or extents of its arguments differ";
}

/// The library says what it was compiled for; of that, what runs here.
bool Subject::chooseTargets(std::string &error) {
  std::vector<std::string> cpus, gpus;
  bool hasCpu = true, allowsTf32 = false;
  SmallVector<StringRef> words;
  StringRef(library->options).split(words, ' ');
  for (StringRef word : words)
    if (word.consume_front("--cpu="))
      cpus.push_back(word.str());
    else if (word.consume_front("--gpu="))
      gpus.push_back(word.str());
    else if (word == "--device=cuda")
      hasCpu = false;
    else if (word == "--precision=tf32")
      allowsTf32 = true;
  if (options.device_type == kDLCUDA || (!options.device_type && !hasCpu)) {
    FailureOr<std::vector<std::string>> ordered = orderedGpus(gpus, error);
    if (succeeded(ordered))
      targets = gpuTargetFor(mlir.get(), ordered->front(), allowsTf32);
  } else if (FailureOr<DictionaryAttr> found = targetsFor(mlir.get(), cpus, error); succeeded(found)) {
    targets = *found;
  }
  if (targets)
    (*source)->setAttr("dl.targets", targets);
  return static_cast<bool>(targets);
}

bool Subject::open(const std::string &model, const std::string &path, const std::string &name, std::string &error) {
  llvm::SourceMgr sources;
  if (StringRef(model).ends_with(".onnx")) {
    source = importOnnx(model, {}, mlir.get());
  } else {
    if (!readSource(model, sources, error))
      return false;
    SourceMgrDiagnosticHandler diagnostics(sources, mlir.get(), llvm::errs());
    source = parseModel(sources, mlir.get(), Stage::Source);
  }
  if (!source)
    return false;
  library = openLibrary(path, error);
  if (!library)
    return false;
  if (!chooseTargets(error))
    return false;
  if (failed(runPipeline(*source, Options(), Stage::Dl, [](Stage) { return success(); })))
    return false;
  FailureOr<Interface> described = Interface::of(*source);
  if (failed(described))
    return false;
  interface = std::move(*described);
  for (const Interface::Function &one : interface.functions)
    if (name.empty() ? !function || (function->trains && !one.trains) : one.name == name)
      function = &one;
  if (!function) {
    error = "the model has no function '" + name + "'";
    return false;
  }
  if (std::string why = mismatch(*function, *library, mlir.get()); !why.empty()) {
    error = path + ": " + why;
    return false;
  }
  return true;
}

bool Subject::chooseInputs(const std::string &path, const std::string &weights, std::string &error) {
  dl::Evaluator evaluator(*source);
  if (failed(evaluator.initialise()))
    return false;
  checkpoint = weights;
  if (!weights.empty()) {
    NamedArrays arrays;
    if (!readArchive(weights, arrays, error))
      return false;
    for (const Interface::State &one : interface.state)
      if (auto found = arrays.find(one.name); found != arrays.end() &&
                                              ArrayRef<int64_t>(found->second.shape) == one.type.getShape() &&
                                              static_cast<int64_t>(found->second.bytes.size()) == one.bytes())
        evaluator.state[one.symbol] =
            dl::Tensor::fromBytes(one.type.getElementType(), one.type.getShape(), found->second.bytes.data());
  }
  state = evaluator.state;
  auto entry = source->lookupSymbol<func::FuncOp>(function->name);
  std::vector<Dims> candidates = dimsToTry(interface);
  std::optional<std::vector<dl::Tensor>> given;
  if (!path.empty()) {
    NamedArrays arrays;
    if (!readArchive(path, arrays, error))
      return false;
    NamedAttrList attributes;
    for (auto &[name, array] : arrays)
      attributes.set(
          name, dl::Tensor::fromBytes(elementTypeOf(mlir.get(), array.type), array.shape, array.bytes.data()).toAttr());
    FailureOr<std::vector<dl::Tensor>> read =
        givenInputs(entry, *function, interface, attributes.getDictionary(mlir.get()), candidates.front());
    if (failed(read))
      return false;
    if (read->empty()) {
      error = path + " holds no argument of '" + function->name + "'";
      return false;
    }
    given = std::move(*read);
  }
  std::string refusal;
  for (const Dims &one : candidates) {
    ScopedDiagnosticHandler keep(mlir.get(), [&](Diagnostic &diagnostic) {
      refusal = diagnostic.str();
      return success();
    });
    inputs = given ? *given : randomInputs(entry, *function, interface, one);
    evaluator.state = state;
    FailureOr<std::vector<dl::Tensor>> results = evaluator.call(function->name, inputs);
    if (succeeded(results)) {
      expected = std::move(*results);
      dims = one;
      return true;
    }
    if (given)
      break;
  }
  error = "the evaluator refuses the inputs of '" + function->name + "': " + refusal;
  return false;
}

/// What values are called: an ONNX node's first output by the node as well, in
/// a text what `loc("name")` says. Where several ops bear a name, the last is
/// the value that it means.
std::map<std::string, Point> Subject::valueNames() {
  std::map<std::string, Point> names;
  auto entry = source->lookupSymbol<func::FuncOp>(function->name);
  for (auto [place, op] : llvm::enumerate(entry.getBody().front().without_terminator()))
    if (op.getNumResults() && !op.hasTrait<OpTrait::ConstantLike>())
      op.getLoc()->walk([&, place = place](Location location) {
        if (auto name = dyn_cast<NameLoc>(location))
          names[name.getName().str()] = {static_cast<unsigned>(place), 0};
        return WalkResult::advance();
      });
  return names;
}

bool Subject::setExpected(const std::string &name, const Array &array, std::string &error) {
  for (size_t i = 0; i < expected.size(); ++i) {
    if (output(i).name != name)
      continue;
    if (ArrayRef<int64_t>(array.shape) != ArrayRef<int64_t>(expected[i].shape) ||
        elementTypeOf(mlir.get(), array.type) != expected[i].elementType) {
      error = "the reference of '" + name + "' is " + array.describe() + ", expected " + dlc::describe(output(i));
      return false;
    }
    expected[i] = dl::Tensor::fromBytes(expected[i].elementType, array.shape, array.bytes.data());
    return true;
  }
  auto names = valueNames();
  auto found = names.find(name);
  if (found == names.end())
    return false;
  Reference &reference = references[found->second];
  reference.name = name;
  reference.value = dl::Tensor::fromBytes(elementTypeOf(mlir.get(), array.type), array.shape, array.bytes.data());
  return true;
}

FailureOr<std::vector<dl::Tensor>> Subject::callLibrary(std::string &error) {
  return call(*library, dlc_model_find(library, function->name.c_str()), error);
}

FailureOr<std::vector<dl::Tensor>> Subject::call(const dlc_model &model, int32_t index, std::string &error) {
  const dlc_function &called = model.functions[index];
  std::vector<int64_t> actual, extents(1 + 8 * called.argument_count);
  for (int32_t d = 0; d < model.dim_count; ++d)
    for (auto [dim, value] : llvm::zip(interface.dims, dims))
      if (dim.name == model.dims[d].name)
        actual.push_back(value);
  std::vector<int64_t> bounds(actual);
  for (int64_t &bound : bounds)
    bound = std::max<int64_t>(bound, 1);
  dlc_error problem = DLC_ERROR_INIT;
  dlc_weights *weights = nullptr;
  dlc_context *context = nullptr;
  std::vector<std::vector<char>> buffers;
  std::vector<void *> addresses;
  std::vector<dl::Tensor> results;
  bool good = !dlc_shapes_of(&model, index, actual.data(), extents.data(), &problem) &&
              !dlc_weights_create(&model, 0, nullptr, 0, &weights, &problem) &&
              (checkpoint.empty() || !dlc_weights_load(weights, checkpoint.c_str(), &problem)) &&
              !dlc_context_create(weights, bounds.data(), &options, &context, &problem);
  const int64_t *next = extents.data();
  for (int32_t i = 0; good && i < called.argument_count; ++i) {
    const dlc_argument &argument = called.arguments[i];
    dl::Tensor tensor(elementTypeOf(mlir.get(), argument.type), ArrayRef(next, argument.rank));
    next += argument.rank;
    buffers.emplace_back(tensor.size() * elementBytes(tensor.elementType) + 8);
    addresses.push_back(buffers.back().data());
    if (argument.kind == DLC_OUTPUT)
      results.push_back(std::move(tensor));
    else
      inputs[i].toBytes(buffers.back().data());
  }
  good = good && !dlc_call(context, index, actual.data(), addresses.data(), &problem);
  for (auto [i, result] : llvm::enumerate(results))
    if (good)
      result =
          dl::Tensor::fromBytes(result.elementType, result.shape, addresses[addresses.size() - results.size() + i]);
  dlc_context_destroy(context);
  dlc_weights_destroy(weights);
  if (good)
    return results;
  error = problem.message;
  return failure();
}

} // namespace dlc
