// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc run: one call of a function on files.
#include "data/Failure.h"
#include "data/Read.h"
#include "data/Text.h"
#include "data/Write.h"
#include "dlc-run/Bindings.h"
#include "dlc-run/Call.h"
#include "dlc-run/Commands.h"
#include "dlc-run/Indices.h"
#include "dlc-run/Profile.h"
#include "dlc-run/Summary.h"
#include "dlc-run/Threads.h"
#include <cstdio>
#include <set>

namespace dlc {

namespace {
struct Options {
  std::string model, function = "predict", weights;
  std::vector<std::string> inputs, outputs, hypers;
  Runner runner;
  ProfileOption profile;
  int64_t dataLimit = defaultDataLimit;
  bool json = false;
};
} // namespace

/// Reads every input of the function, and finds the dimensions from their
/// shapes.
static std::vector<Array> readInputs(const Library &library, const dlc_function &function, const Options &options,
                                     Dims &dims) {
  std::vector<Array> inputs(function.argument_count);
  for (const auto &[name, file] : parseBindings(options.inputs, "--input")) {
    int index = argumentIndex(function, name, DLC_INPUT);
    inputs[index] = readArray(file, name, options.dataLimit);
    fitIndices(function.arguments[index], file, inputs[index]);
  }
  for (int i = 0; i < function.argument_count; i++) {
    const dlc_argument &argument = function.arguments[i];
    if (argument.kind != DLC_INPUT)
      continue;
    if (!inputs[i].type)
      throw Failure(printable(function.name) + ": argument '" + printable(argument.name) +
                    "' is missing, expected --input " + printable(argument.name) + "=FILE with " +
                    describe(*library, argument));
    unify(*library, function, argument, inputs[i], dims);
  }
  return inputs;
}

static int run(const Options &options) {
  Library library(options.model);
  int index = functionIndex(*library, options.function);
  const dlc_function &function = library->functions[index];
  Bindings outputs = parseBindings(options.outputs, "--output");
  std::set<std::string> distinct;
  for (const auto &[name, file] : outputs) {
    argumentIndex(function, name, DLC_OUTPUT);
    if (file == "-")
      throw Usage("--output: an array is no text, expected a file (or /dev/stdout) for '" + printable(name) +
                  "', given '-'");
    if (!distinct.insert(file).second)
      throw Usage("--output: two outputs are written to '" + printable(file) + "'");
  }
  Hypers hypers = parseHypers(function, options.hypers);

  Dims dims(library->dim_count, -1);
  std::vector<Array> inputs = readInputs(library, function, options, dims);
  Weights weights(library, 0);
  if (!options.weights.empty())
    weights.load(options.weights);
  std::unique_ptr<Context> context = options.profile.context(library, weights, dims, options.runner);
  Call call(*library, index, dims);
  for (int i = 0; i < function.argument_count; i++)
    if (function.arguments[i].kind == DLC_INPUT)
      call.point(i, inputs[i].bytes.data());
  for (const auto &[name, value] : hypers)
    call.set(findArgument(function, name, DLC_HYPER), value);
  call.run(*context, dims);

  OutputFiles files;
  for (const auto &[name, file] : outputs) {
    Bytes npy = npyOf(call.output(findArgument(function, name, DLC_OUTPUT), dims));
    files.add(file, npy.data(), npy.size());
  }
  files.commit();
  if (outputs.empty())
    for (int i = 0; i < function.argument_count; i++)
      if (function.arguments[i].kind == DLC_OUTPUT)
        std::fputs(summarise(function.arguments[i].name, call.output(i, dims), options.json).c_str(), stdout);
  options.profile.write(*context, options.json);
  return 0;
}

Command addRun(CLI::App &app) {
  auto options = std::make_shared<Options>();
  CLI::App *command = app.add_subcommand("run", "call a function of a compiled model on files");
  option(command, "model", options->model, "MODEL.so", "compiled model")->required();
  option(command, "--function", options->function, "NAME", "function to call")->capture_default_str();
  option(command, "--input", options->inputs, "NAME=FILE", "an input: .npy, IDX, .safetensors[:TENSOR], also .gz");
  option(command, "--output", options->outputs, "NAME=FILE.npy", "an output; without any, all are summarised");
  option(command, "--weights", options->weights, "FILE", "checkpoint to load (.safetensors)");
  option(command, "--hyper", options->hypers, "NAME=VALUE", "a hyper-parameter");
  options->runner.addTo(command);
  options->profile.addTo(command);
  number(command, "--data-limit", options->dataLimit, 1, INT64_MAX, "most bytes of one data file; default: 16 GiB");
  command->add_flag("--json", options->json, "one JSON object per output");
  return {command, [options] { return run(*options); }};
}

} // namespace dlc
