// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/TimedContext.h"
#include "data/Failure.h"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

namespace dlc {

/// Calls of a function whose records are kept: a training has millions.
static constexpr size_t most = 1000;

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

static double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

static const Json *find(const Json &list, const std::string &name) {
  for (const Json &one : list)
    if (one.at("name") == name)
      return &one;
  return nullptr;
}

/// The report in a library, before anything is made for it.
static Json reportOf(const Library &library) {
  const char *text = library.profileReport();
  if (!text)
    throw Failure("'" + printable(library.path) + "' has no timers: compile it with --profile");
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

TimersMemory::TimersMemory(const Library &library, const Dims &bounds, const Runner &runner)
    : described(reportOf(library)) {
  Error error;
  int variant = runner.choose(*library, &error);
  if (variant < 0) // in the words of who makes the context
    return;
  const dlc_variant &chosen = library->variants[variant];
  const Json *code = described.is_object() ? find(described.at("variants"), chosen.name) : nullptr;
  if (!code)
    throw Failure("'" + printable(library.path) + "' does not tell of its variant " + printable(chosen.name));
  Json kept = *code;
  functionsDescribed = std::exchange(kept["functions"], Json::array());
  described["variants"] = Json::array({kept});
  isDevice = chosen.device;
  if (isDevice) {
    size_t launches = 0;
    for (int i = 0; i < library->function_count; i++)
      launches = std::max<size_t>(launches, std::max(chosen.entries[i].timers, 0));
    times.resize(launches * sizeof(TimedContext::Record) / sizeof(int64_t));
    memory.times = times.data();
    memory.timesBytes = times.size() * sizeof(int64_t);
    return;
  }
  memory.arenaBytes = memoryOf(library, bounds, runner).arena;
  constexpr size_t alignment = 64;
  arena.reset(static_cast<unsigned char *>(
      std::aligned_alloc(alignment, (memory.arenaBytes + alignment) / alignment * alignment)));
  if (!arena)
    throw Failure("out of memory for the arena");
  memory.arena = arena.get();
}

void TimersMemory::Free::operator()(unsigned char *memory) const { std::free(memory); }

TimedContext::TimedContext(const Library &library, const Weights &weights, const Dims &bounds, const Runner &runner)
    : TimersMemory(library, bounds, runner), Context(weights, bounds, runner, memory),
      functions(library->function_count) {
  const dlc_variant &chosen = library->variants[variant()];
  Dims all = boundsFor(*library, bounds);
  for (size_t i = 0; i < functions.size(); i++) {
    Function &function = functions[i];
    const char *name = library->functions[i].name;
    const Json *entry = find(functionsDescribed, name);
    if (!entry || !(isDevice || entry->contains("profile_slot")))
      continue;
    const dlc_entry &plan = chosen.entries[i];
    const void *records = memory.times;
    if (isDevice && plan.timers != static_cast<int64_t>(entry->at("launches").size()))
      throw Failure("'" + printable(library.path) + "' tells of launches that its timers are not for");
    if (!isDevice) {
      int slot = entry->at("profile_slot");
      if (slot < 0 || slot >= plan.offset_count)
        throw Failure("'" + printable(library.path) + "' tells of a timer's slot it does not have");
      std::vector<int64_t> offsets(plan.offset_count);
      plan.plan(all.data(), runner.threads, offsets.data());
      records = static_cast<unsigned char *>(memory.arena) + offsets[slot];
    }
    function.timed = true;
    function.described = *entry;
    function.records = static_cast<const Record *>(records);
    for (const Json &launch : entry->at("launches"))
      function.launches.push_back({launch.at("kernel")});
  }
  restart();
}

void TimedContext::restart() {
  for (Function &function : functions) {
    function.calls = 0;
    function.seconds = 0;
    function.kept.clear();
    for (Launch &launch : function.launches)
      launch.ticks = 0, launch.runs = 0;
  }
  start = seconds();
  startTicks = ticks();
}

void TimedContext::call(int index, const Dims &dims, const std::vector<void *> &arguments) {
  double before = seconds();
  Context::call(index, dims, arguments);
  double after = seconds();
  Function &function = functions[index];
  function.calls++;
  function.seconds += after - before;
  const Record *records = function.records;
  size_t count = function.launches.size();
  for (size_t i = 0; i < count; i++) {
    function.launches[i].ticks += static_cast<double>(records[i].sum);
    function.launches[i].runs += records[i].runs;
  }
  if (function.timed && function.kept.size() < most)
    function.kept.emplace_back(records, records + count);
}

double TimedContext::secondsPerTick() const {
  if (isDevice)
    return 1e-9;
  return (seconds() - start) / static_cast<double>(std::max<int64_t>(ticks() - startTicks, 1));
}

} // namespace dlc
