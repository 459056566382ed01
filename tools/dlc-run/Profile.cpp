// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Profile.h"
#include "data/Failure.h"
#include "dlc-run/Limits.h"
#include "report/Expression.h"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>

namespace dlc {

/// The counter that compiled code reads.
static int64_t ticks() {
#if defined(__x86_64__)
  return static_cast<int64_t>(__builtin_ia32_rdtsc());
#else
  int64_t value;
  asm volatile("mrs %0, cntvct_el0" : "=r"(value));
  return value;
#endif
}

static const Json *find(const Json &list, const std::string &name) {
  for (const Json &one : list)
    if (one.at("name") == name)
      return &one;
  return nullptr;
}

void Profile::Free::operator()(unsigned char *memory) const { std::free(memory); }

Profile::Profile(const Library &library, const Weights &weights, int function, const Dims &dims, const Runner &runner)
    : library(library), function(function), dims(dims), runner(runner) {
  const char *text = library.profileReport();
  if (!text)
    throw Failure("'" + printable(library.path) + "' has no timers: compile it with --profile");
  described = Json::parse(text, nullptr, /*allow_exceptions=*/false);

  dlc_memory_info memory = memoryOf(library, dims, runner);
  constexpr size_t alignment = 64;
  arena.reset(
      static_cast<unsigned char *>(std::aligned_alloc(alignment, (memory.arena + alignment) / alignment * alignment)));
  if (!arena)
    throw Failure("out of memory for the arena");
  owned = std::make_unique<Context>(weights, dims, runner, arena.get(), memory.arena);

  // The parts of the report that are about this context and function.
  const dlc_variant &chosen = library->variants[owned->variant()];
  const char *name = library->functions[function].name;
  const Json *code = described.is_object() ? find(described.at("variants"), chosen.name) : nullptr;
  const Json *entry = code ? find(code->at("functions"), name) : nullptr;
  if (!entry || !entry->contains("profile_slot"))
    throw Failure("'" + printable(library.path) + "' does not tell where the timers of " + printable(name) + " are");
  Json kept = *code;
  kept["functions"] = Json::array({*entry});
  int slot = entry->at("profile_slot");
  launches = entry->at("launches");
  described["variants"] = Json::array({kept});

  const dlc_entry &plan = chosen.entries[function];
  if (slot < 0 || slot >= plan.offset_count)
    throw Failure("'" + printable(library.path) + "' tells of a timer's slot it does not have");
  std::vector<int64_t> offsets(plan.offset_count);
  plan.plan(this->dims.data(), runner.threads, offsets.data());
  offset = offsets[slot];
}

Profile::Record *Profile::records() const { return reinterpret_cast<Record *>(arena.get() + offset); }

void Profile::measure(Call &call, int wanted) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  int64_t first = ticks();
  for (int round = 0; round < wanted; round++) {
    std::memset(records(), 0, launches.size() * sizeof(Record));
    call.run(*owned, dims);
    rounds.emplace_back(records(), records() + launches.size());
  }
  double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  secondsPerTick = seconds / static_cast<double>(std::max<int64_t>(ticks() - first, 1));
}

/// Every {"expression", "value"} below `json` for these dimensions.
static void revalue(Json &json, const std::map<std::string, int64_t> &values) {
  if (json.is_object() && json.contains("expression") && json.contains("value"))
    json["value"] = evaluate(json["expression"].get<std::string>(), values);
  else if (json.is_structured())
    for (Json &part : json)
      revalue(part, values);
}

Json Profile::report() const {
  Json report = described;
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

  Limits limits = measureLimits(runner.threads, library->variants[owned->variant()].features);
  double flops = 0, read = 0, written = 0, total = 0;
  for (size_t i = 0; i < launches.size(); i++) {
    std::vector<int64_t> sums;
    for (const std::vector<Record> &round : rounds)
      sums.push_back(round[i].sum);
    std::nth_element(sums.begin(), sums.begin() + sums.size() / 2, sums.end());
    double seconds = static_cast<double>(sums[sums.size() / 2]) * secondsPerTick;
    Json &launch = entry["launches"][i];
    for (Json &kernel : variant["kernels"]) {
      if (kernel["name"] != launch["kernel"])
        continue;
      auto amount = [&](const char *what) { return kernel[what]["value"].get<double>(); };
      double times = launch["times"]["value"], bytes = amount("read") + amount("written");
      double compute = amount("flops") / limits.flopsPerSecond, memory = bytes / limits.bytesPerSecond(bytes);
      kernel["flops_per_byte"] = bytes > 0 ? amount("flops") / bytes : 0;
      kernel["bound"] = compute >= memory ? "compute" : "memory";
      launch["measured"] = {{"seconds", seconds},
                            {"runs", rounds.back()[i].runs},
                            {"share", seconds > 0 ? times * std::max(compute, memory) / seconds : 0}};
      flops += times * amount("flops");
      read += times * amount("read");
      written += times * amount("written");
    }
    total += seconds;
  }
  entry["flops"] = flops;
  entry["read"] = read;
  entry["written"] = written;
  Json caches = Json::array();
  for (const Limits::Bandwidth &one : limits.bandwidths)
    caches.push_back({{"bytes", one.bytes}, {"bytes_per_second", one.perSecond}});
  report["measured"] = {{"function", entry["name"]},
                        {"threads", runner.threads},
                        {"seconds_in_kernels", total},
                        {"flops_per_second", limits.flopsPerSecond},
                        {"bytes_per_second", limits.bandwidths.back().perSecond},
                        {"bandwidths", caches}};
  return report;
}

Json Profile::trace() const {
  Json events = Json::array();
  int64_t origin = INT64_MAX;
  for (const std::vector<Record> &round : rounds)
    for (const Record &record : round)
      origin = record.runs ? std::min(origin, record.began) : origin;
  auto microseconds = [&](int64_t ticks) { return static_cast<double>(ticks) * secondsPerTick * 1e6; };
  for (const std::vector<Record> &round : rounds)
    for (size_t i = 0; i < round.size(); i++)
      if (round[i].runs)
        events.push_back({{"name", launches[i]["kernel"]},
                          {"cat", "kernel"},
                          {"ph", "X"},
                          {"ts", microseconds(round[i].began - origin)},
                          {"dur", microseconds(round[i].ended - round[i].began)},
                          {"pid", 1},
                          {"tid", 1},
                          {"args", {{"runs", round[i].runs}, {"all_runs_us", microseconds(round[i].sum)}}}});
  return {{"displayTimeUnit", "ns"}, {"traceEvents", events}};
}

} // namespace dlc
