// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Compile.h"
#include "compiler/Checkpoint.h"
#include "compiler/ElementTypes.h"
#include "compiler/Object.h"
#include "compiler/Outputs.h"
#include "compiler/Parse.h"
#include "compiler/Pipeline.h"
#include "compiler/RemarkOutput.h"
#include "compiler/Subset.h"
#include "compiler/Targets.h"
#include "compiler/Version.h"
#include "compiler/codegen/Ptx.h"
#include "compiler/import/onnx/OnnxImport.h"
#include "compiler/import/training/Training.h"
#include "compiler/link/Names.h"
#include "compiler/report/Report.h"
#include "dialects/dl/Fold.h"
#include "dialects/dl/evaluate/Tensor.h"
#include "mlir/Debug/CLOptionsSetup.h"
#include "mlir/IR/Diagnostics.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/PlanMemory/Profile.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace dlc {

std::string versionText() { return "dlc " DLC_VERSION_TEXT " (LLVM " LLVM_VERSION_STRING ")"; }

std::optional<OutputKind> kindOf(const std::string &path) {
  static constexpr std::pair<llvm::StringLiteral, OutputKind> suffixes[] = {
      {".so", OutputKind::SharedLibrary}, {".o", OutputKind::Object},  {".a", OutputKind::Archive},
      {".s", OutputKind::Assembly},       {".ll", OutputKind::LlvmIr}, {".ptx", OutputKind::Ptx},
      {".mlir", OutputKind::Mlir}};
  for (auto [suffix, kind] : suffixes)
    if (StringRef(path).ends_with(suffix))
      return kind;
  return std::nullopt;
}

namespace {

class Compilation {
public:
  explicit Compilation(Options asked)
      : options(std::move(asked)),
        // MLIR's own options print and count, in an order that threads would mix.
        context(registry(options.from),
                options.mlirOptions.empty() ? MLIRContext::Threading::ENABLED : MLIRContext::Threading::DISABLED) {
    if (options.name.empty())
      options.name = makeIdentifier(
          options.output == "-" ? "model"
                                : llvm::sys::path::stem(options.output.empty() ? options.input : options.output));
    if (options.kind == OutputKind::Mlir && !options.emit)
      options.emit = Stage::Dl;
  }

  int run() {
    if (!options.mlirOptions.empty())
      debugging.emplace(context, tracing::DebugConfig::createFromCLOptions());
    if (!remarks.start(context, options.remarks, error))
      return complain();
    // Attributes of ours are made for models that use nothing of ours.
    context.loadAllAvailableDialects();
    context.printOpOnDiagnostic(false); // messages are for the model's author
    if (isOnnx())
      return runOnnx();
    llvm::SourceMgr sources;
    if (!readSource(options.input, sources, error))
      return complain();
    SourceMgrDiagnosticHandler diagnostics(sources, &context, llvm::errs());
    // MLIR repeats in its own words what inference has just explained.
    bool explained = false;
    ScopedDiagnosticHandler once(&context, [&](Diagnostic &diagnostic) {
      bool repeats = (explained && StringRef(diagnostic.str()).ends_with("failed to infer returned types")) ||
                     isRepeated(diagnostic);
      explained |= diagnostic.getSeverity() == DiagnosticSeverity::Error;
      bool isOfNoPlace = isa<UnknownLoc>(diagnostic.getLocation());
      if (!repeats && isOfNoPlace)
        llvm::errs() << "dlc: " << prefixOf(diagnostic.getSeverity()) << diagnostic.str() << "\n";
      return success(repeats || isOfNoPlace); // success: handled, nothing more is printed
    });
    return finish(parseModel(sources, &context, options.from));
  }

private:
  /// Variants are compiled side by side, and what is wrong with one is mostly
  /// wrong with all: it is said once.
  bool isRepeated(Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Remark)
      return false; // EmitRemarks has seen to it
    std::string text;
    llvm::raw_string_ostream stream(text);
    stream << diagnostic.getLocation() << diagnostic.str();
    return !said.insert(text).second;
  }

  /// How a message begins; notes of imported models say nothing to their authors.
  static StringRef prefixOf(DiagnosticSeverity severity) {
    switch (severity) {
    case DiagnosticSeverity::Error:
      return "error: ";
    case DiagnosticSeverity::Warning:
      return "warning: ";
    case DiagnosticSeverity::Remark:
      return "remark: ";
    case DiagnosticSeverity::Note:
      return "";
    }
    return "";
  }

  bool isOnnx() const { return options.from == Stage::Source && StringRef(options.input).ends_with(".onnx"); }

  /// An ONNX model has no text to point at: messages name its nodes.
  int runOnnx() {
    ScopedDiagnosticHandler diagnostics(&context, [&](Diagnostic &diagnostic) {
      if (isRepeated(diagnostic))
        return success();
      StringRef kind = prefixOf(diagnostic.getSeverity());
      if (!kind.empty()) {
        llvm::errs() << "dlc: " << kind;
        // A message about the file as a whole names it already.
        if (auto node = dyn_cast<NameLoc>(diagnostic.getLocation()); node && node.getName() != options.input)
          llvm::errs() << "node '" << node.getName().getValue() << "': ";
        llvm::errs() << diagnostic.str() << "\n";
      }
      return success();
    });
    if (options.checkOnly) {
      std::vector<OnnxProblem> problems = checkOnnx(options.input, {}, &context);
      for (const OnnxProblem &problem : problems)
        llvm::outs() << (problem.where.empty() ? options.input + ": " : "") << problem.str() << "\n";
      if (!problems.empty())
        return 1;
    }
    return finish(importOnnx(options.input, {}, &context, &inputFiles));
  }

  TrainingOptions training() const {
    TrainingOptions training;
    training.loss = options.loss;
    training.optimizer = options.optimizer;
    training.freeze = options.freeze;
    return training;
  }

  int finish(OwningOpRef<ModuleOp> module) {
    if (!module || !setOptions(*module))
      return complain();
    if (options.train && failed(addTraining(*module, training())))
      return complain();
    if (options.checkOnly) { // it parsed and verified
      if (options.train)
        for (const std::string &name : trainedParameters(*module, options.freeze))
          llvm::outs() << "trains " << name << "\n";
      return 0;
    }
    DialectRegistry all;
    registerForPipeline(all);
    context.appendDialectRegistry(all);

    Stage last = options.emit.value_or(options.output.empty() ? Stage::Loops : Stage::Llvm);
    auto afterStage = [&](Stage stage) { return success(options.saveStages.empty() || save(*module, stage)); };
    if (failed(runPipeline(*module, options, last, afterStage)))
      return complain();
    FailureOr<std::string> report = std::string();
    if (last >= Stage::Loops && (*module)->hasAttr(reportAttribute))
      report = writeReport(*module, options.name, versionText());
    if (failed(report))
      return complain();
    if (!options.report.empty() &&
        !outputs.add(options.report, options.drawReport ? options.drawReport(*report) : *report, false, error))
      return complain();
    if (options.emit) {
      FailureOr<std::string> text = options.emitDevice ? printDeviceCode(*module) : print(*module);
      if (failed(text) || !outputs.add(options.output, *text, false, error))
        return complain();
    } else if (!options.output.empty() && options.kind == OutputKind::Ptx) {
      FailureOr<std::string> ptx = makePtx(*module);
      if (failed(ptx) || !outputs.add(options.output, *ptx, false, error))
        return complain();
    } else if (!options.output.empty()) {
      FailureOr<Product> product =
          makeObject(*module, options, {versionText(), "", (*module)->hasAttr(profileAttribute) ? *report : ""});
      if (failed(product))
        return complain();
      if (!outputs.add(options.output, product->bytes, options.kind == OutputKind::SharedLibrary, error) ||
          !addHeader(product->header) || !addWeights(product->weights))
        return complain();
    }
    if (!options.remarks.output.empty() && !outputs.add(options.remarks.output, remarks.take(), false, error))
      return complain();
    if (!addDepfile() || !outputs.commit(error))
      return complain();
    return 0;
  }

  static DialectRegistry registry(Stage from) {
    DialectRegistry result;
    registerDialectsOf(from, result);
    return result;
  }

  /// The exit code; `error` is empty after a diagnostic.
  int complain() {
    if (!error.empty())
      llvm::errs() << "dlc: error: " << error << "\n";
    return 1;
  }
  /// What the user asked for becomes part of the module, so that every stage's
  /// file says all that later stages need. A module that has been through a
  /// stage has it already.
  bool setOptions(ModuleOp module) {
    Builder builder(&context);
    if (options.from != Stage::Source) {
      bool known = (options.report.empty() || module->hasAttr(reportAttribute)) &&
                   (!options.profile || module->hasAttr(profileAttribute));
      if (options.cpus.empty() && options.dims.empty() && !options.forGpu && !options.selfTest && !options.weights &&
          options.checkpoint.path.empty() && options.functions.empty() && !options.foldLimit && known)
        return true;
      error = "--cpu, --device, --dim, --function, --weights, --checkpoint, --fold-limit, --self-test, --report and "
              "--profile are part of a module after stage 'dl': give them where the model is first compiled";
      return false;
    }
    if (!options.functions.empty() && !keepFunctions(module, options.functions, error))
      return false;
    if (!options.selfTestFile.empty())
      inputFiles.push_back(options.selfTestFile);
    if (!options.checkpoint.path.empty()) {
      inputFiles.push_back(options.checkpoint.path);
      if (!applyCheckpoint(module, std::move(options.checkpoint), error))
        return false;
    }
    NamedAttrList all;
    if (options.forCpu) {
      FailureOr<DictionaryAttr> targets = targetsFor(&context, options.cpus, error);
      if (failed(targets))
        return false;
      all.append(targets->getValue());
    }
    if (options.forGpu) {
      FailureOr<std::vector<std::string>> gpus = orderedGpus(options.gpus, error);
      if (failed(gpus))
        return false;
      all.append(gpuTargetFor(&context, gpus->front(), options.tf32).getValue());
      module->setAttr(machineCodeAttribute,
                      builder.getStrArrayAttr(SmallVector<StringRef>(gpus->begin(), gpus->end())));
    }
    module->setAttr("dl.targets", all.getDictionary(&context));
    std::string text;
    auto append = [&](StringRef option, ArrayRef<std::string> values) {
      for (const std::string &value : values)
        text += (text.empty() ? "" : " ") + option.str() + value;
    };
    append("--cpu=", options.cpus);
    if (options.forGpu) {
      append("--device=", {options.forCpu ? "cpu,cuda" : "cuda"});
      append("--gpu=", options.gpus);
      if (options.tf32)
        append("--precision=", {"tf32"});
    }
    append("--dim=", options.dims);
    append("--function=", options.functions);
    if (options.foldLimit) {
      append("--fold-limit=", {std::to_string(*options.foldLimit)});
      module->setAttr(dl::foldLimitName, builder.getI64IntegerAttr(*options.foldLimit));
    }
    if (options.profile) {
      append("--profile", {""});
      module->setAttr(profileAttribute, builder.getUnitAttr());
    }
    if (options.profile || !options.report.empty())
      module->setAttr(reportAttribute, builder.getUnitAttr());
    if (options.weights)
      append("--weights=", {nameOf(*options.weights)});
    // Nobody trains or replaces the weights of an imported model that predicts.
    bool predicts = isOnnx() && !options.train;
    Weights weights = options.weights.value_or(predicts ? Weights::Constant : Weights::Embed);
    if (weights == Weights::External)
      module->setAttr("dl.external_weights", builder.getUnitAttr());
    else if (weights == Weights::Constant)
      module->setAttr("dl.constant_weights", builder.getUnitAttr());
    module->setAttr("dl.options", builder.getStringAttr(text));
    if (!options.selfTestInputs.empty()) {
      NamedAttrList inputs;
      for (const NamedTensor &input : options.selfTestInputs)
        inputs.set(
            input.name,
            dl::Tensor::fromBytes(elementTypeOf(&context, input.type), input.shape, input.bytes.data()).toAttr());
      module->setAttr("dl.self_test_inputs", inputs.getDictionary(&context));
    }
    return true;
  }

  static std::string print(ModuleOp module) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    module->print(stream, OpPrintingFlags().useLocalScope(false));
    stream << "\n";
    return text;
  }

  bool save(ModuleOp module, Stage stage) {
    llvm::SmallString<128> path(options.saveStages);
    if (std::error_code code = llvm::sys::fs::create_directories(path)) {
      error = "cannot make folder " + options.saveStages + ": " + StringRef(code.message()).lower();
      return false;
    }
    llvm::sys::path::append(path, stageName(stage) + ".mlir");
    return outputs.add(path, print(module), false, error);
  }

  /// `--header`, or beside a shared library.
  bool addHeader(const std::string &text) {
    std::string path = options.header;
    if (path.empty() && options.kind == OutputKind::SharedLibrary && StringRef(options.output).ends_with(".so")) {
      llvm::SmallString<128> beside(options.output);
      llvm::sys::path::replace_extension(beside, "h");
      path = beside.str().str();
    }
    return path.empty() || outputs.add(path, text, false, error);
  }

  /// What --weights=external leaves beside the library.
  bool addWeights(const std::string &bytes) {
    if (bytes.empty())
      return true;
    if (kindOf(options.output) != options.kind) {
      error =
          "--weights=external writes a file beside the output, and '" + options.output + "' has no name to make one of";
      return false;
    }
    llvm::SmallString<128> beside(options.output);
    llvm::sys::path::replace_extension(beside, "safetensors");
    return outputs.add(beside, bytes, false, error);
  }

  /// For make and ninja: the output depends on the input and its weight files.
  bool addDepfile() {
    if (options.depfile.empty())
      return true;
    auto escape = [](StringRef path) {
      std::string result;
      for (char c : path) {
        if (c == ' ' || c == '#')
          result += '\\';
        if (c == '$')
          result += '$';
        result += c;
      }
      return result;
    };
    std::string text = escape(options.output) + ": " + escape(options.input);
    for (const std::string &file : inputFiles)
      text += " " + escape(file);
    return outputs.add(options.depfile, text + "\n", false, error);
  }

  Options options;
  RemarkOutput remarks; // outlives the context, whose engine writes to it
  MLIRContext context;
  std::optional<tracing::InstallDebugHandler> debugging; // --mlir-debug-counter
  Outputs outputs;
  llvm::StringSet<> said;              // diagnostics so far
  std::vector<std::string> inputFiles; // read besides the input
  std::string error;
};
} // namespace

int compile(Options options) { return Compilation(std::move(options)).run(); }

} // namespace dlc
