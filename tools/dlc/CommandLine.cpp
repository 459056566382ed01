// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Options are read here and not by LLVM's library, which would accept hundreds
// of its own, abbreviate, and speak in its own words.
#include "CommandLine.h"
#include "compiler/Compile.h"
#include "compiler/Nearest.h"
#include "compiler/Pipeline.h"
#include "compiler/RemarkOutput.h"
#include "compiler/link/Names.h"
#include "report/KernelReport.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace dlc {
namespace {

class CommandLine {
public:
  CommandLine(llvm::ArrayRef<char *> arguments, Options &options, std::string &error)
      : rest(arguments), options(options), error(error) {}

  bool parse() {
    bool hasInput = false, onlyFiles = false;
    while (!rest.empty()) {
      StringRef word = rest.front();
      rest = rest.drop_front();
      if (word == "--" && !onlyFiles) {
        onlyFiles = true;
      } else if (!onlyFiles && word.size() > 1 && word.starts_with("-")) {
        if (!option(word))
          return false;
      } else if (hasInput) {
        return fail("two inputs: '" + options.input + "' and '" + word.str() + "'");
      } else {
        options.input = word.str();
        hasInput = true;
      }
    }
    if (!hasInput)
      return fail("no input; dlc --help shows how to call it");
    return check();
  }

private:
  bool fail(const std::string &message) {
    error = message;
    return false;
  }

  bool option(StringRef word) {
    struct Known {
      const char *name;
      bool (CommandLine::*set)(StringRef value);
    };
    static constexpr Known known[] = {
        {"-o", &CommandLine::setOutput},
        {"--header", &CommandLine::setHeader},
        {"--name", &CommandLine::setName},
        {"--cpu", &CommandLine::addCpus},
        {"--device", &CommandLine::setDevices},
        {"--gpu", &CommandLine::addGpus},
        {"--ptxas", &CommandLine::setPtxas},
        {"--dim", &CommandLine::addDim},
        {"--function", &CommandLine::addFunctions},
        {"--fold-limit", &CommandLine::setFoldLimit},
        {"--depfile", &CommandLine::setDepfile},
        {"--emit", &CommandLine::setEmit},
        {"--from", &CommandLine::setFrom},
        {"--save-stages", &CommandLine::setSaveStages},
        {"--loss", &CommandLine::setLoss},
        {"--optimizer", &CommandLine::setOptimizer},
        {"--freeze", &CommandLine::addFreeze},
        {"--report", &CommandLine::setReport},
        {"--self-test-budget", &CommandLine::setSelfTestBudget},
        {"--precision", &CommandLine::setPrecision},
        {"--weights", &CommandLine::setWeights},
        {"--checkpoint", &CommandLine::setCheckpoint},
        {"--threads", &CommandLine::refuseThreads},
        {"--remarks-filter", &CommandLine::setRemarks<&RemarkOptions::all>},
        {"--remarks-filter-passed", &CommandLine::setRemarks<&RemarkOptions::passed>},
        {"--remarks-filter-missed", &CommandLine::setRemarks<&RemarkOptions::missed>},
        {"--remarks-filter-failed", &CommandLine::setRemarks<&RemarkOptions::failed>},
        {"--remarks-filter-analyse", &CommandLine::setRemarks<&RemarkOptions::analysis>},
        {"--remarks-output-file", &CommandLine::setRemarks<&RemarkOptions::output>},
        {"--remark-format", &CommandLine::setRemarkFormat},
    };
    if (word == "--train") {
      options.train = true;
      return true;
    }
    if (word == "--profile") {
      options.profile = true;
      return true;
    }
    if (word == "--self-test") {
      options.selfTest = true;
      return true;
    }
    if (word == "--check") {
      options.checkOnly = true;
      return true;
    }
    if (word.starts_with("--mlir-")) {
      options.mlirOptions.push_back(word.str());
      return true;
    }
    auto [name, value] = word.split('=');
    bool attached = word.contains('=');
    if (name == "--self-test") // alone or with a file, which is never the next word
      return setSelfTest(value);
    if (word.starts_with("-o") && !word.starts_with("--") && word.size() > 2) {
      name = "-o", value = word.drop_front(2), attached = true; // -ox.so
      value.consume_front("=");
    }
    for (const Known &one : known) {
      if (name != one.name)
        continue;
      if (!attached) {
        if (rest.empty())
          return fail(name.str() + ": expected a value");
        value = rest.front();
        rest = rest.drop_front();
      }
      if (value.empty())
        return fail(name.str() + ": expected a value");
      return (this->*one.set)(value);
    }
    std::vector<std::string> names = {"--help", "--version", "--check", "--train", "--profile", "--self-test"};
    for (const Known &one : known)
      names.push_back(one.name);
    std::string hint = suggestNearest(name, names);
    if (StringRef(hint).starts_with("; expected"))
      hint = "; dlc --help lists the options";
    return fail("unknown option '" + name.str() + "'" + hint);
  }

  bool setOutput(StringRef value) {
    options.output = value.str();
    return true;
  }
  bool setHeader(StringRef value) {
    options.header = value.str();
    return true;
  }
  bool setDepfile(StringRef value) {
    options.depfile = value.str();
    return true;
  }
  bool setSaveStages(StringRef value) {
    options.saveStages = value.str();
    return true;
  }
  /// A file by its suffix, or a kind for standard output.
  bool setReport(StringRef value) {
    bool page = value == "html" || value.ends_with(".html");
    if (!page && value != "json" && !value.ends_with(".json"))
      return fail("--report: expected json, html or a file that ends in .json "
                  "or .html, given '" +
                  value.str() + "'");
    options.report = value == "json" || value == "html" ? "-" : value.str();
    if (page)
      options.drawReport = drawKernelReport;
    else
      options.drawReport = nullptr;
    return true;
  }
  bool setLoss(StringRef value) {
    options.loss = value.str();
    return true;
  }
  bool setOptimizer(StringRef value) {
    options.optimizer = value.str();
    givesOptimizer = true;
    return true;
  }
  bool setSelfTest(StringRef path) {
    options.selfTest = true;
    options.selfTestFile = path.str();
    return !path.empty() || fail("--self-test=: expected a .npz or .safetensors file");
  }
  bool setSelfTestBudget(StringRef value) {
    if (!value.getAsInteger(10, options.selfTestBudget) && options.selfTestBudget > 0)
      return true;
    return fail("--self-test-budget: expected a number of steps, given '" + value.str() + "'");
  }
  bool setFoldLimit(StringRef value) {
    int64_t bytes;
    if (value.getAsInteger(10, bytes) || bytes < 0)
      return fail("--fold-limit: expected a number of bytes, given '" + value.str() + "'");
    options.foldLimit = bytes;
    return true;
  }
  /// What is not there yet is refused by name, not as a misspelling.
  bool setPrecision(StringRef value) {
    options.tf32 = value == "tf32";
    return options.tf32 || value == "f32" ||
           fail("--precision=" + value.str() +
                " is not supported, expected f32: every operation in the type that the "
                "model gives it; or tf32: dlc help gpu");
  }
  bool setWeights(StringRef value) {
    for (Weights weights : {Weights::Embed, Weights::External, Weights::Constant})
      if (value == nameOf(weights))
        options.weights = weights;
    return options.weights || fail("--weights: expected embed, external or constant, given '" + value.str() + "'");
  }
  bool setCheckpoint(StringRef value) {
    options.checkpoint.path = value.str();
    return true;
  }
  bool refuseThreads(StringRef) {
    return fail("--threads is chosen where a model runs (dlc run --threads=N, dlc_context_options.threads): the "
                "same code serves any number, with equal results");
  }
  bool addFreeze(StringRef value) { return addTo(options.freeze, value); }
  bool addFunctions(StringRef value) { return addTo(options.functions, value); }
  bool setName(StringRef value) {
    if (makeIdentifier(value) != value)
      return fail("--name: '" + value.str() + "' is no C identifier, '" + makeIdentifier(value) + "' would be one");
    options.name = value.str();
    return true;
  }
  bool addCpus(StringRef value) { return addTo(options.cpus, value); }
  /// A list with commas, repeated or not.
  static bool addTo(std::vector<std::string> &list, StringRef value) {
    llvm::SmallVector<StringRef> words;
    value.split(words, ',');
    for (StringRef word : words)
      list.push_back(word.str());
    return true;
  }
  bool setDevices(StringRef value) {
    options.forCpu = options.forGpu = false;
    llvm::SmallVector<StringRef> names;
    value.split(names, ',');
    for (StringRef name : names) {
      if (name != "cpu" && name != "cuda")
        return fail("--device: unknown device '" + name.str() + "'" + suggestNearest(name, {"cpu", "cuda"}));
      (name == "cpu" ? options.forCpu : options.forGpu) = true;
    }
    return true;
  }
  bool addGpus(StringRef value) { return addTo(options.gpus, value); }
  bool addDim(StringRef value) {
    if (!value.contains('='))
      return fail("--dim: expected NAME=LOW..HIGH or NAME=HIGH, given '" + value.str() + "'");
    options.dims.push_back(value.str());
    return true;
  }
  template <std::string RemarkOptions::*Field> bool setRemarks(StringRef value) {
    options.remarks.*Field = value.str();
    return true;
  }
  bool setRemarkFormat(StringRef value) {
    if (!llvm::is_contained({"yaml", "bitstream", "emitRemark"}, value))
      return fail("--remark-format: unknown format '" + value.str() + "'" +
                  suggestNearest(value, {"yaml", "bitstream", "emitRemark"}));
    options.remarks.format = value.str();
    return true;
  }
  bool setStage(StringRef option, StringRef value, std::optional<Stage> &stage) {
    stage = parseStage(value);
    if (stage && *stage != Stage::Source)
      return true;
    std::vector<std::string> names = {"dl", "kernels", "loops", "llvm"};
    if (option == "--emit")
      names.push_back("nvvm");
    return fail((option + ": unknown stage '" + value + "'").str() + suggestNearest(value, names));
  }
  bool setEmit(StringRef value) {
    options.emitDevice = value == "nvvm";
    return setStage("--emit", options.emitDevice ? "llvm" : value, options.emit);
  }
  bool setPtxas(StringRef value) {
    options.ptxas = value.str();
    return true;
  }
  bool setFrom(StringRef value) {
    std::optional<Stage> stage;
    if (!setStage("--from", value, stage))
      return false;
    options.from = *stage;
    return true;
  }

  /// What depends on several options.
  bool check() {
    if (std::string wrong = checkRemarkOptions(options.remarks); !wrong.empty())
      return fail(wrong);
    if (options.train && options.loss.empty())
      return fail("--train: expected a loss, as --loss=cross_entropy");
    if (!options.train && (!options.loss.empty() || givesOptimizer || !options.freeze.empty()))
      return fail("--loss, --optimizer and --freeze need --train");
    if (options.train && options.from != Stage::Source)
      return fail("--train needs a model no stage has touched");
    if (options.train && !options.functions.empty())
      return fail("--train adds functions, --function leaves some out");
    if (options.train && options.weights == Weights::Constant)
      return fail("--train changes weights, --weights=constant makes constants of them");
    if (options.checkOnly) {
      if (!options.output.empty())
        return fail("--check writes no output, -o gives one");
      options.output = "-";
      options.kind = OutputKind::Mlir;
      return true;
    }
    if (!options.report.empty() && options.emit && *options.emit < Stage::Loops)
      return fail("--report tells of stage loops, --emit=" + stageName(*options.emit).str() + " stops before");
    if (!options.report.empty() && options.report == options.output)
      return fail("--report and -o both write " + options.output);
    if (options.output.empty()) { // a report alone will do
      if (options.report.empty() || options.emit || !options.header.empty() || !options.depfile.empty())
        return fail("no output: give one with -o");
      return true;
    }
    if (options.emit && *options.emit <= options.from)
      return fail("--emit=" + stageName(*options.emit).str() + " lies before --from=" + stageName(options.from).str());
    std::optional<OutputKind> kind = kindOf(options.output);
    if (options.emit) {
      if (kind && *kind != OutputKind::Mlir)
        return fail("--emit writes .mlir, the output is '" + options.output + "'");
      kind = OutputKind::Mlir;
    } else if (!kind && options.output == "-") {
      kind = OutputKind::Mlir;
    }
    // What exists and is no file has the name it has.
    if (!kind && StringRef(options.output).starts_with("/dev/"))
      kind = OutputKind::SharedLibrary;
    if (!kind)
      return fail("-o: the suffix of '" + options.output +
                  "' says what to write; expected .so, .o, .a, .s, .ll, "
                  ".ptx or .mlir");
    options.kind = *kind;
    if (!checkDevice())
      return false;
    if (options.kind == OutputKind::Mlir && !options.header.empty())
      return fail("--header: a .mlir output has no header");
    if (options.input != "-" && options.input == options.output)
      return fail("the output '" + options.output + "' is the input");
    return true;
  }

  /// What is written, and for whom.
  bool checkDevice() {
    if (!options.gpus.empty() && !options.forGpu)
      return fail("--gpu names a GPU to generate code for: add --device=cuda");
    if (options.tf32 && !options.forGpu)
      return fail("--precision=tf32 rounds what a GPU multiplies: add --device=cuda");
    if (!options.cpus.empty() && !options.forCpu)
      return fail("--cpu names processors, and --device=cuda has none");
    bool goesOn = options.from != Stage::Source; // the module says for whom it is
    if (options.emitDevice && !options.forGpu && !goesOn)
      return fail("--emit=nvvm shows code for a GPU: add --device=cuda");
    if (!options.ptxas.empty() && options.ptxas != "none" && !options.forGpu && !goesOn)
      return fail("--ptxas assembles code for a GPU: add --device=cuda");
    if (!options.ptxas.empty() && options.ptxas != "none" &&
        (options.kind == OutputKind::Ptx || options.kind == OutputKind::Mlir))
      return fail("--ptxas puts machine code beside PTX, and the output '" + options.output + "' holds none");
    if (options.kind == OutputKind::Ptx && !options.forGpu && !goesOn)
      return fail("-o: a .ptx holds code for a GPU: add --device=cuda");
    if (options.kind == OutputKind::Ptx && options.forGpu && options.forCpu)
      return fail("-o: a .ptx holds no code for a CPU: give --device=cuda alone");
    if (options.kind == OutputKind::Ptx && options.profile)
      return fail("--profile times launches, and a .ptx holds none");
    return true;
  }

  llvm::ArrayRef<char *> rest;
  bool givesOptimizer = false;
  Options &options;
  std::string &error;
};
} // namespace

bool parseCommandLine(llvm::ArrayRef<char *> arguments, Options &options, std::string &error) {
  return CommandLine(arguments, options, error).parse();
}

} // namespace dlc
