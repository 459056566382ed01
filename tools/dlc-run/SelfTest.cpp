// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc test: calls whose results --self-test embedded, made on this machine in
// every variant that it can run, not in the best alone.
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Call.h"
#include "dlc-run/Commands.h"
#include "dlc-run/Json.h"
#include "dlc-run/Threads.h"
#include <cstdio>
#include <cstring>

namespace dlc {

namespace {
struct Options {
  std::string model, weights;
  Runner runner;
  bool json = false;
};

/// The value that departs most from what was expected, in units of what is
/// allowed.
struct Departure {
  double excess = 0;
  std::string where;
};
} // namespace

/// 0 where two values agree, 1 at the edge of what is allowed.
static double departure(double got, double expected, const dlc_self_test &test, bool exact) {
  if (got == expected || (std::isnan(got) && std::isnan(expected)))
    return 0;
  double allowed = test.absolute + test.relative * std::fabs(expected);
  double off = std::fabs(got - expected);
  return exact || !(allowed > 0) || std::isnan(off) ? INFINITY : off / allowed;
}

static void compare(const dlc_argument &argument, const Array &got, const void *expected, const dlc_self_test &test,
                    Departure &worst) {
  auto wanted = static_cast<const uint8_t *>(expected);
  for (int64_t i = 0, n = got.elements(); i < n; i++) {
    double value = element(got.bytes.data(), got.type, i);
    double right = element(wanted, got.type, i);
    double excess = departure(value, right, test, !isFloat(got.type));
    if (excess > worst.excess)
      worst = {excess, format("output '%s' is %.9g at position %lld, expected %.9g", printable(argument.name).c_str(),
                              value, (long long)i, right)};
  }
}

/// Runs one test in one variant on weights of its own: a test may train.
static Departure runTest(const Library &library, const dlc_self_test &test, const Options &options,
                         const Runner &runner) {
  const dlc_function &function = library->functions[test.function];
  Dims dims(test.dims, test.dims + library->dim_count);
  Weights weights(library, 0);
  if (!options.weights.empty())
    weights.load(options.weights);
  Context context(weights, dims, runner);
  Call call(*library, test.function, dims);
  for (int i = 0; i < function.argument_count; i++) {
    const dlc_argument &argument = function.arguments[i];
    if (argument.kind != DLC_OUTPUT && test.arguments[i])
      call.point(i, static_cast<const uint8_t *>(test.arguments[i]));
  }
  for (int32_t n = 0; n < std::max(test.calls, 1); n++)
    call.run(context, dims);
  Departure worst;
  for (int i = 0; i < function.argument_count; i++)
    if (function.arguments[i].kind == DLC_OUTPUT)
      compare(function.arguments[i], call.output(i, dims), test.arguments[i], test, worst);
  return worst;
}

static int selfTest(const Options &options) {
  Library library(options.model);
  if (library->self_test_count < 1)
    throw Failure(printable(options.model) + ": the library holds no self-test, expected one compiled "
                                             "with --self-test");
  Error error;
  int best = options.runner.choose(*library, &error);
  if (best < 0)
    throw Failure(printable(error.message));
  int failures = 0;
  for (const dlc_variant &variant : variants(*library)) {
    Runner runner = options.runner;
    runner.variant = variant.name;
    bool isKind = !variant.device == !library->variants[best].device;
    if (!isKind || runner.choose(*library, nullptr) < 0)
      continue; // this processor lacks what it needs
    for (int i = 0; i < library->self_test_count; i++) {
      const dlc_self_test &test = library->self_tests[i];
      Departure worst = runTest(library, test, options, runner);
      bool good = worst.excess <= 1;
      failures += !good;
      std::string name = printable(test.name), code = printable(variant.name);
      if (options.json)
        std::fputs(line({{"test", jsonText(test.name)},
                         {"variant", jsonText(variant.name)},
                         {"passed", good},
                         {"departure", std::isfinite(worst.excess) ? Json(worst.excess) : Json(nullptr)}})
                       .c_str(),
                   stdout);
      else
        std::printf("%s  %s on %s%s\n", good ? "pass" : "FAIL", name.c_str(), code.c_str(),
                    good ? "" : (": " + worst.where).c_str());
    }
  }
  if (failures)
    throw Failure(printable(options.model) + ": " + std::to_string(failures) +
                  (failures == 1 ? " self-test" : " self-tests") + " failed");
  return 0;
}

Command addTest(CLI::App &app) {
  auto options = std::make_shared<Options>();
  CLI::App *command = app.add_subcommand("test", "run the self-tests a library was compiled with");
  option(command, "model", options->model, "MODEL.so", "compiled model")->required();
  option(command, "--weights", options->weights, "FILE", "the model's own weights, where --weights=external left them");
  options->runner.addTo(command, /*oneVariant=*/false);
  command->add_flag("--json", options->json, "one JSON object per test");
  return {command, [options] { return selfTest(*options); }};
}

} // namespace dlc
