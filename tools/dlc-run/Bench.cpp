// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc bench: how long one function takes on random inputs.
#include "data/Failure.h"
#include "data/Text.h"
#include "data/Write.h"
#include "dlc-run/Call.h"
#include "dlc-run/Commands.h"
#include "dlc-run/Json.h"
#include "dlc-run/Profile.h"
#include "dlc-run/Threads.h"
#include "report/KernelReport.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <random>
#include <utility>

namespace dlc {

namespace {
struct Options {
  std::string model, function = "predict", weights, report;
  std::vector<std::string> dims;
  Runner runner;
  ProfileOption profile;
  int rounds = 20;
  bool json = false;
};
} // namespace

/// Values a model may meet: floats in [-1, 1), bytes over their range, checked
/// integers below their bound, other integers 0 or 1. The same in every run.
static void fillInputs(Call &call, const Dims &dims) {
  std::mt19937_64 random(1);
  for (int i = 0; i < call.signature().argument_count; i++) {
    const dlc_argument &argument = call.signature().arguments[i];
    if (argument.kind != DLC_INPUT)
      continue;
    int64_t count = checkedBytes(call.shape(i, dims), 1);
    int64_t range = argument.checked ? std::max<int64_t>(argument.bound, 1) : argument.type == DLC_U8 ? 256 : 2;
    for (int64_t k = 0; k < count; k++) {
      uint64_t bits = random();
      double unit = static_cast<double>(bits >> 11) * 0x1p-53;
      store(call.data(i), argument.type, k, isFloat(argument.type) ? 2 * unit - 1 : static_cast<double>(bits % range));
    }
  }
}

using Clock = std::chrono::steady_clock;

/// What it took from nothing to the first result, in seconds.
struct Start {
  double library, weights, context, call;
};

/// Seconds since the last question.
class Stopwatch {
public:
  double lap() {
    Clock::time_point before = std::exchange(last, Clock::now());
    return std::chrono::duration<double>(last - before).count();
  }

private:
  Clock::time_point last = Clock::now();
};

static std::vector<double> measure(Call &call, Context &context, const Dims &dims, int rounds) {
  std::vector<double> seconds;
  for (int round = 0; round < rounds; round++) {
    // A round lasts 20 ms or one call, so that the clock's own cost disappears.
    int calls = 0;
    Clock::time_point start = Clock::now();
    double elapsed = 0;
    do {
      call.run(context, dims);
      calls++;
      elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    } while (elapsed < 0.02);
    seconds.push_back(elapsed / calls);
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

static std::string milliseconds(double seconds) { return format("%.4g ms", seconds * 1e3); }

/// As many calls again, for --profile and --report.
static void callForProfile(TimedContext &context, Call &call, const Dims &dims, int rounds) {
  context.restart();
  for (int round = 0; round < rounds; round++)
    call.run(context, dims);
}

static void writeReport(const Json &report, const std::string &path) {
  std::string text = line(report);
  writeFile(path, path.ends_with(".html") ? drawKernelReport(text) : text);
}

static int bench(const Options &options) {
  Stopwatch watch;
  Start start = {};
  Library library(options.model);
  start.library = watch.lap();
  int index = functionIndex(*library, options.function);
  const dlc_function &function = library->functions[index];
  Dims dims(library->dim_count, -1);
  parseDims(*library, options.dims, dims);
  completeDims(*library, dims);
  watch.lap();
  Weights weights(library, 0);
  if (!options.weights.empty())
    weights.load(options.weights);
  start.weights = watch.lap();
  std::unique_ptr<TimedContext> timed;
  if (options.profile.wanted() || !options.report.empty())
    timed = std::make_unique<TimedContext>(library, weights, dims, options.runner);
  std::optional<Context> plain;
  if (!timed)
    plain.emplace(weights, dims, options.runner);
  Context &context = timed ? *timed : *plain;
  start.context = watch.lap();
  Call call(*library, index, dims);
  fillInputs(call, dims);
  watch.lap();
  call.run(context, dims); // pages, caches, prepared weights
  start.call = watch.lap();
  std::vector<double> seconds = measure(call, context, dims, options.rounds);
  if (timed)
    callForProfile(*timed, call, dims, options.rounds);
  if (!options.report.empty())
    writeReport(measuredReport(library, *timed, index, dims, options.runner), options.report);

  // Quartiles say more than extremes where other programs share the machine.
  auto at = [&](double part) { return seconds[static_cast<size_t>(part * static_cast<double>(seconds.size() - 1))]; };
  double median = at(0.5);
  int row = -1;
  for (const dlc_argument &argument : arguments(function))
    if (argument.kind == DLC_INPUT && row < 0)
      row = rowDimension(argument);
  double samples = row >= 0 ? static_cast<double>(dims[row]) / median : 0;
  const dlc_variant &variant = library->variants[context.variant()];
  if (options.json) {
    Json shapes = Json::object();
    for (size_t i = 0; i < dims.size(); i++)
      shapes[library->dims[i].name] = dims[i];
    Json out = {{"model", jsonText(library->name)},
                {"function", jsonText(function.name)},
                {"variant", jsonText(variant.name)},
                {"threads", options.runner.threads},
                {"dims", shapes},
                {"rounds", options.rounds},
                {"median_s", median},
                {"lower_quartile_s", at(0.25)},
                {"upper_quartile_s", at(0.75)},
                {"fastest_s", seconds.front()},
                {"slowest_s", seconds.back()},
                {"start_s",
                 {{"library", start.library},
                  {"weights", start.weights},
                  {"context", start.context},
                  {"first_call", start.call}}}};
    if (row >= 0)
      out["samples_per_second"] = samples;
    std::fputs(line(out).c_str(), stdout);
    options.profile.write(context, /*json=*/true);
    return 0;
  }
  std::string where;
  for (size_t i = 0; i < dims.size(); i++)
    where += printable(library->dims[i].name) + " = " + std::to_string(dims[i]) + ", ";
  std::printf("%s  %s%s  median %s  quartiles %s .. %s  fastest %s%s\n", printable(function.name).c_str(),
              where.c_str(), options.runner.describe(variant).c_str(), milliseconds(median).c_str(),
              milliseconds(at(0.25)).c_str(), milliseconds(at(0.75)).c_str(), milliseconds(seconds.front()).c_str(),
              row >= 0 ? ("  " + grouped(static_cast<int64_t>(samples)) + " samples/s").c_str() : "");
  std::printf("start  library %s, weights %s, context %s, first call %s\n", milliseconds(start.library).c_str(),
              milliseconds(start.weights).c_str(), milliseconds(start.context).c_str(),
              milliseconds(start.call).c_str());
  options.profile.write(context, /*json=*/false);
  return 0;
}

Command addBench(CLI::App &app) {
  auto options = std::make_shared<Options>();
  CLI::App *command = app.add_subcommand("bench", "measure a function of a compiled model on random inputs");
  option(command, "model", options->model, "MODEL.so", "compiled model")->required();
  option(command, "--function", options->function, "NAME", "function to call")->capture_default_str();
  option(command, "--dim", options->dims, "NAME=SIZE", "size of a dimension; default: the model's");
  option(command, "--weights", options->weights, "FILE", "checkpoint to load (.safetensors)");
  number(command, "--rounds", options->rounds, 1, 100000, "measurements of at least 20 ms each")->capture_default_str();
  options->runner.addTo(command);
  options->profile.addTo(command);
  option(command, "--report", options->report, "FILE",
         "write each launch's time and share of the machine, .json or .html")
      ->check(CLI::Validator(
          [](const std::string &given) {
            bool known = given.ends_with(".json") || given.ends_with(".html");
            return known ? "" : "expected a file that ends in .json or .html, given '" + printable(given) + "'";
          },
          ""));
  command->add_flag("--json", options->json, "one JSON object");
  return {command, [options] { return bench(*options); }};
}

} // namespace dlc
