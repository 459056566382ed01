// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Profile.h"
#include "data/Failure.h"
#include "data/Write.h"
#include "dlc-run/Limits.h"
#include "report/Expression.h"
#include <algorithm>
#include <cstdio>
#include <optional>

namespace dlc {

/// Every {"expression", "value"} below `json` for these dimensions.
static void revalue(Json &json, const std::map<std::string, int64_t> &values) {
  if (json.is_object() && json.contains("expression") && json.contains("value"))
    json["value"] = evaluate(json["expression"].get<std::string>(), values);
  else if (json.is_structured())
    for (Json &part : json)
      revalue(part, values);
}

Json measuredReport(const Library &library, const TimedContext &context, int function, const Dims &dims,
                    const Runner &runner) {
  const TimedContext::Function &timed = context.function(function);
  if (!timed.timed)
    throw Failure("'" + printable(library.path) + "' does not tell where the timers of " +
                  printable(library->functions[function].name) + " are");
  const auto &launches = timed.launches;
  const auto &rounds = timed.kept;
  double secondsPerTick = context.secondsPerTick();
  Json report = context.report();
  report["variants"][0]["functions"].push_back(timed.described);
  std::map<std::string, int64_t> values;
  bool same = true; // the arena's figures are for the dimensions compiled for
  for (Json &dim : report["dims"])
    for (size_t i = 0; i < dims.size(); i++)
      if (dim["name"] == library->dims[i].name) {
        values[library->dims[i].name] = dims[i];
        same &= dim["value"] == dims[i];
        dim["value"] = dims[i];
      }
  Json &variant = report["variants"][0], &entry = variant["functions"][0];
  if (!same)
    entry.erase("arena");
  revalue(variant, values);

  // There is no way to measure a device's limits but by its kernels.
  std::optional<Limits> limits;
  if (!context.isOnDevice())
    limits = measureLimits(runner.threads, library->variants[context.variant()].features);
  double flops = 0, read = 0, written = 0, total = 0;
  for (size_t i = 0; i < launches.size(); i++) {
    std::vector<int64_t> sums;
    for (const std::vector<TimedContext::Record> &round : rounds)
      sums.push_back(round[i].sum);
    std::nth_element(sums.begin(), sums.begin() + sums.size() / 2, sums.end());
    double seconds = static_cast<double>(sums[sums.size() / 2]) * secondsPerTick;
    Json &launch = entry["launches"][i];
    for (Json &kernel : variant["kernels"]) {
      if (kernel["name"] != launch["kernel"])
        continue;
      auto amount = [&](const char *what) { return kernel[what]["value"].get<double>(); };
      double times = launch["times"]["value"], bytes = amount("read") + amount("written");
      kernel["flops_per_byte"] = bytes > 0 ? amount("flops") / bytes : 0;
      Json measured = {{"seconds", seconds},
                       {"runs", rounds.back()[i].runs},
                       {"flops_per_second", seconds > 0 ? times * amount("flops") / seconds : 0},
                       {"bytes_per_second", seconds > 0 ? times * bytes / seconds : 0}};
      if (limits) {
        double compute = amount("flops") / limits->flopsPerSecond, memory = bytes / limits->bytesPerSecond(bytes);
        kernel["bound"] = compute >= memory ? "compute" : "memory";
        measured["share"] = seconds > 0 ? times * std::max(compute, memory) / seconds : 0;
      }
      launch["measured"] = measured;
      flops += times * amount("flops");
      read += times * amount("read");
      written += times * amount("written");
    }
    total += seconds;
  }
  entry["flops"] = flops;
  entry["read"] = read;
  entry["written"] = written;
  Json &measured = report["measured"] = {{"function", entry["name"]}, {"seconds_in_kernels", total}};
  if (!limits)
    return report;
  measured["threads"] = runner.threads;
  measured["flops_per_second"] = limits->flopsPerSecond;
  measured["bytes_per_second"] = limits->bandwidths.back().perSecond;
  measured["bandwidths"] = Json::array();
  for (const Limits::Bandwidth &one : limits->bandwidths)
    measured["bandwidths"].push_back({{"bytes", one.bytes}, {"bytes_per_second", one.perSecond}});
  return report;
}

/// Chrome's trace format: the calls that were kept, one after the other.
static Json traceOf(const TimedContext &context) {
  int64_t origin = INT64_MAX;
  for (size_t f = 0; f < context.functionCount(); f++)
    for (const std::vector<TimedContext::Record> &call : context.function(f).kept)
      for (const TimedContext::Record &record : call)
        origin = record.runs ? std::min(origin, record.began) : origin;
  double perTick = context.secondsPerTick() * 1e6;
  Json events = Json::array();
  for (size_t f = 0; f < context.functionCount(); f++) {
    const TimedContext::Function &function = context.function(f);
    for (const std::vector<TimedContext::Record> &call : function.kept)
      for (size_t i = 0; i < call.size(); i++)
        if (call[i].runs)
          events.push_back({{"name", function.launches[i].kernel},
                            {"cat", "kernel"},
                            {"ph", "X"},
                            {"ts", static_cast<double>(call[i].began - origin) * perTick},
                            {"dur", static_cast<double>(call[i].ended - call[i].began) * perTick},
                            {"pid", 1},
                            {"tid", 1},
                            {"args",
                             {{"function", function.described["name"]},
                              {"runs", call[i].runs},
                              {"all_runs_us", static_cast<double>(call[i].sum) * perTick}}}});
  }
  return {{"displayTimeUnit", "ns"}, {"traceEvents", events}};
}

/// "contract, add, max of mlp.mlir:31": what a kernel holds and where its first op is from.
static std::string contentsOf(const Json &report, const std::string &kernel) {
  std::string ops, node;
  for (const Json &one : report["variants"][0]["kernels"]) {
    if (one.at("name") != kernel)
      continue;
    for (const Json &op : one.at("ops")) {
      ops += (ops.empty() ? "" : ", ") + op.at("op").get<std::string>();
      if (node.empty())
        node = op.at("node");
    }
  }
  return node.empty() ? ops : ops + " of " + node;
}

/// One function's kernels, the longest first; a kernel's launches are one row.
static Json summaryOf(const TimedContext &context, const TimedContext::Function &function) {
  double perTick = context.secondsPerTick(), total = 0;
  std::map<std::string, TimedContext::Launch> kernels;
  for (const TimedContext::Launch &launch : function.launches) {
    TimedContext::Launch &kernel = kernels[launch.kernel];
    kernel.kernel = launch.kernel;
    kernel.ticks += launch.ticks;
    kernel.runs += launch.runs;
    total += launch.ticks;
  }
  std::vector<TimedContext::Launch> sorted;
  for (const auto &[name, kernel] : kernels)
    sorted.push_back(kernel);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto &a, const auto &b) { return std::tie(b.ticks, a.kernel) < std::tie(a.ticks, b.kernel); });
  Json rows = Json::array();
  for (const TimedContext::Launch &kernel : sorted)
    rows.push_back({{"kernel", kernel.kernel},
                    {"seconds", kernel.ticks * perTick},
                    {"share", total > 0 ? kernel.ticks / total : 0},
                    {"runs", kernel.runs},
                    {"holds", contentsOf(context.report(), kernel.kernel)}});
  return {{"profile", function.described["name"]},
          {"calls", function.calls},
          {"seconds", function.seconds},
          {"seconds_in_kernels", total * perTick},
          {"kernels", rows}};
}

static std::string duration(double seconds) {
  return seconds < 1e-3 ? format("%.1f us", seconds * 1e6)
         : seconds < 1  ? format("%.2f ms", seconds * 1e3)
                        : format("%.2f s", seconds);
}

/// The summary for people.
static std::string tableOf(const Json &summary) {
  auto calls = summary["calls"].get<int64_t>();
  std::string out = printable(summary["profile"].get<std::string>()) + ": " + grouped(calls) +
                    (calls == 1 ? " call, " : " calls, ") + duration(summary["seconds"]) + ", of that " +
                    duration(summary["seconds_in_kernels"]) + " in kernels\n" +
                    format("  %10s  %6s  %9s  %s\n", "time", "share", "runs", "kernel");
  for (const Json &row : summary["kernels"])
    out += format("  %10s  %5.1f%%  %9s  %s  %s\n", duration(row["seconds"]).c_str(), row["share"].get<double>() * 100,
                  grouped(row["runs"]).c_str(), printable(row["kernel"].get<std::string>()).c_str(),
                  printable(row["holds"].get<std::string>()).c_str());
  return out;
}

/// What CLI11 makes of a flag without a value.
static const std::string table = "true";

void ProfileOption::addTo(CLI::App *command) {
  command->add_flag("--profile", to, "print the time of each kernel, or write a trace of launches")
      ->type_name("[=FILE.json]")
      ->check(CLI::Validator(
          [](const std::string &given) {
            bool known = given == table || given.ends_with(".json");
            return known ? "" : "expected nothing or a file that ends in .json, given '" + printable(given) + "'";
          },
          ""));
}

std::unique_ptr<Context> ProfileOption::context(const Library &library, const Weights &weights, const Dims &bounds,
                                                const Runner &runner) const {
  return wanted() ? std::make_unique<TimedContext>(library, weights, bounds, runner)
                  : std::make_unique<Context>(weights, bounds, runner);
}

void ProfileOption::write(const Context &context, bool json) const {
  auto *timed = dynamic_cast<const TimedContext *>(&context);
  if (!timed || !wanted())
    return;
  if (to != table)
    return writeFile(to, line(traceOf(*timed)));
  for (size_t f = 0; f < timed->functionCount(); f++)
    if (const TimedContext::Function &function = timed->function(f); function.timed && function.calls) {
      Json summary = summaryOf(*timed, function);
      std::fputs((json ? line(summary) : tableOf(summary)).c_str(), stdout);
    }
}

} // namespace dlc
