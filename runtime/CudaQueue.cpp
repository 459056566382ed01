// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running a model's host code on a CUDA device: its launches are recorded as a
// graph the first time, for the dimensions of the call, and launched as one
// from then on. Addresses of arguments are part of the graph: where they have
// changed, it is recorded again and the kept one updated.
#include "Cuda.h"
#include "Memory.h"
#include "Model.h"
#include <algorithm>
#include <cstring>
#include <new>

using namespace dlc::v1;
using namespace dlc::v1::cuda;

namespace {
/// Bytes of a report, and of seed and step, which follow it.
constexpr size_t reportBytes = 5 * sizeof(int64_t), wordsBytes = 2 * sizeof(int64_t);
static_assert(reportBytes + wordsBytes <= Queue::head);
constexpr int32_t mostParameters = 512; // of 8 bytes: CUDA takes 4 KB
} // namespace

//===-- What host code calls ----------------------------------------------===//

static void launch(void *to, int32_t number, int64_t blocks, int64_t *parameters) {
  auto &launcher = *static_cast<Launcher *>(to);
  const CudaDevice &device = *launcher.device;
  const dlc_kernel &kernel = device.code->kernels[number];
  if (launcher.result || !blocks)
    return;
  constexpr int64_t mostBlocks = (int64_t(1) << 31) - 1;
  constexpr Result invalid = 1; // CUDA_ERROR_INVALID_VALUE
  void *pointers[mostParameters];
  bool looks = kernel.reports || launcher.guarded;
  launcher.reports |= kernel.reports;
  parameters[0] = looks ? int64_t(launcher.report) : 0;
  for (int32_t i = 0; i < kernel.parameters && i < mostParameters; ++i)
    pointers[i] = parameters + i;
  launcher.result =
      blocks < 0 || blocks > mostBlocks || kernel.parameters > mostParameters
          ? invalid
          : device.driver.launch(device.functions[number], unsigned(blocks), 1, 1, unsigned(kernel.threads), 1, 1,
                                 unsigned(kernel.shared_bytes), launcher.stream, pointers, nullptr);
  if (launcher.result)
    launcher.failed = kernel.name;
}

static void *constant(void *to, const void *host) {
  const CudaDevice &device = *static_cast<Launcher *>(to)->device;
  for (int32_t i = 0; i < device.code->constant_count; ++i)
    if (device.code->constants[i].host == host)
      return reinterpret_cast<void *>(device.constants[i]);
  return nullptr;
}

static void guard(void *to) { static_cast<Launcher *>(to)->guarded = true; }

//===-- Queues ------------------------------------------------------------===//

void dlc::v1::cuda::end(Queue *base) {
  if (!base)
    return;
  auto *queue = static_cast<CudaQueue *>(base);
  auto &device = static_cast<CudaDevice &>(*queue->device);
  const Driver &driver = device.driver;
  {
    Current current(device);
    if (queue->stream)
      driver.synchronise(queue->stream);
    for (Kept &kept : queue->kept) {
      if (kept.exec)
        driver.destroyExec(kept.exec);
      dlc::v1::release(kept.key);
    }
    if (queue->ownsStream && queue->stream)
      driver.destroyStream(queue->stream);
    if (queue->captures)
      driver.destroyStream(queue->captures);
    if (queue->there)
      driver.free(reinterpret_cast<Address>(queue->there));
    if (queue->here)
      driver.freeHost(queue->here);
    endTimers(*queue);
  }
  dlc::v1::release(queue);
}

dlc_status dlc::v1::cuda::begin(Device &base, void *stream, uint64_t small, Queue *&out, dlc_error *error) {
  auto &device = static_cast<CudaDevice &>(base);
  const Driver &driver = device.driver;
  unsigned char *memory = allocate(sizeof(CudaQueue));
  if (!memory)
    return fail(error, DLC_NO_MEMORY) << "out of memory for a queue of work";
  auto *queue = new (memory) CudaQueue{};
  queue->device = &device;
  queue->room = Queue::head + small;
  queue->stream = stream;
  queue->ownsStream = !stream;
  Result result;
  {
    Current current(device);
    void *here = nullptr;
    Address there = 0;
    result = current.result;
    if (!result && !stream)
      result = driver.createStream(&queue->stream, NonBlocking);
    if (!result) // the caller's may be one on which nothing can be recorded
      result = driver.createStream(&queue->captures, NonBlocking);
    if (!result)
      result = driver.allocate(&there, size_t(queue->room));
    if (!result)
      result = driver.allocateHost(&here, size_t(queue->room), 0);
    queue->there = reinterpret_cast<unsigned char *>(there);
    queue->here = static_cast<unsigned char *>(here);
  }
  if (result) {
    end(queue);
    if (result == OutOfMemory)
      return fail(error, DLC_NO_MEMORY) << "out of memory on CUDA device " << device.id << " for a context";
    return failCuda(device, "make a queue of", result, error);
  }
  out = queue;
  return DLC_OK;
}

//===-- Runs --------------------------------------------------------------===//

/// The data errors' report is cleared, host code launches on `stream`, and what
/// it made of seed and step joins the report. `reports`: whether there can be one.
static Result execute(CudaQueue &queue, const Work &work, Stream stream, const char *&failed, bool &reports) {
  auto &device = static_cast<CudaDevice &>(*queue.device);
  auto report = reinterpret_cast<Address>(queue.there);
  Launcher launcher{&device, stream, report, false, false, Success, nullptr, nullptr, &queue};
  launcher.result = device.driver.fill(report, 0, reportBytes, stream);
  if (work.times && !launcher.result) {
    launcher.result = startTimers(queue, work.times, work.entry->timers);
    launcher.timers = queue.timers;
  }
  dlc_frame frame = work.frame;
  frame.launch = launch;
  frame.constant = constant;
  frame.guard = guard;
  frame.mark = mark;
  frame.device = &launcher;
  runCode(*work.entry, frame);
  if (work.times && !launcher.result)
    launcher.result = readTimers(queue);
  if (work.words && !launcher.result)
    launcher.result =
        device.driver.copyWithin(report + reportBytes, reinterpret_cast<Address>(work.frame.state), wordsBytes, stream);
  reports = launcher.reports;
  failed = launcher.failed;
  return launcher.result;
}

/// Words that say what a graph was recorded for: dimensions, then the addresses
/// of the weights, which loading and publishing change, and of arguments.
static int32_t keyWords(const Work &work) { return work.dimCount + 2 + work.argumentCount; }

static int64_t addressWord(const Work &work, int32_t i) {
  const void *address = i == 0 ? work.frame.state : i == 1 ? work.frame.prepared : work.frame.arguments[i - 2];
  return int64_t(reinterpret_cast<uintptr_t>(address));
}

static void writeKey(const Work &work, int64_t *key) {
  std::copy_n(work.dims, work.dimCount, key);
  for (int32_t i = 0; work.dimCount + i < keyWords(work); ++i)
    key[work.dimCount + i] = addressWord(work, i);
}

/// The place of a graph for this work: kept already, or the least recent one.
static Kept &place(CudaQueue &queue, const Work &work) {
  Kept *oldest = &queue.kept[0];
  for (Kept &kept : queue.kept) {
    if (kept.exec && kept.function == work.function && std::equal(work.dims, work.dims + work.dimCount, kept.key))
      return kept;
    if (kept.used < oldest->used)
      oldest = &kept;
  }
  return *oldest;
}

/// Records the work's launches, and makes `kept` launch them.
static Result record(CudaQueue &queue, const Work &work, Kept &kept, const char *&failed) {
  auto &device = static_cast<CudaDevice &>(*queue.device);
  const Driver &driver = device.driver;
  bool same = kept.exec && kept.function == work.function && std::equal(work.dims, work.dims + work.dimCount, kept.key);
  Graph graph = nullptr;
  Result result = driver.beginCapture(queue.captures, Relaxed);
  if (result)
    return result;
  result = execute(queue, work, queue.captures, failed, kept.reports);
  Result ended = driver.endCapture(queue.captures, &graph);
  if (!result)
    result = ended;
  int updated = 1;
  void *node = nullptr;
  if (!result && same && driver.updateExec && driver.updateExec(kept.exec, graph, &node, &updated))
    updated = 1;
  if (!result && (!same || updated)) {
    if (kept.exec)
      driver.destroyExec(kept.exec);
    kept.exec = nullptr;
    result = driver.instantiate(&kept.exec, graph, 0);
  }
  if (graph)
    driver.destroyGraph(graph);
  return result;
}

/// Launches the kept graph for this work, recorded before or now.
static Result launchGraph(CudaQueue &queue, const Work &work, const char *&failed, bool &reports) {
  auto &device = static_cast<CudaDevice &>(*queue.device);
  Kept &kept = place(queue, work);
  int32_t words = keyWords(work);
  bool same = kept.exec && kept.function == work.function;
  if (same) {
    same = std::equal(work.dims, work.dims + work.dimCount, kept.key);
    for (int32_t i = 0; same && work.dimCount + i < words; ++i)
      same = kept.key[work.dimCount + i] == addressWord(work, i);
  }
  if (!same) {
    if (Result result = record(queue, work, kept, failed))
      return result;
    // Keys of one function have one length.
    auto *key = kept.function == work.function ? kept.key : nullptr;
    if (!key) {
      release(kept.key);
      kept.function = -1; // without a key it is no function's
      kept.key = key = reinterpret_cast<int64_t *>(allocate(sizeof(int64_t) * uint64_t(words)));
      if (!key)
        return OutOfMemory;
    }
    kept.function = work.function;
    writeKey(work, key);
  }
  kept.used = ++queue.clock;
  reports = kept.reports;
  return device.driver.launchGraph(kept.exec, queue.stream);
}

static Result moveAll(CudaQueue &queue, const Work &work, bool out) {
  const Driver &driver = static_cast<CudaDevice &>(*queue.device).driver;
  for (int32_t i = 0; i < work.moveCount; ++i) {
    const Move &move = work.moves[i];
    if (move.out != out || !move.bytes)
      continue;
    auto there = reinterpret_cast<Address>(move.there), here = reinterpret_cast<Address>(move.here);
    size_t bytes = size_t(move.bytes);
    Result result = move.near ? driver.copyWithin(out ? here : there, out ? there : here, bytes, queue.stream)
                    : out     ? driver.copyOut(move.here, there, bytes, queue.stream)
                              : driver.copyIn(there, move.here, bytes, queue.stream);
    if (result)
      return result;
  }
  return Success;
}

/// `run` but for what may be under way when it fails.
static dlc_status runOn(CudaQueue &queue, const Work &work, dlc_fault &fault, dlc_error *error) {
  auto &device = static_cast<CudaDevice &>(*queue.device);
  const Driver &driver = device.driver;
  const char *doing = "reach";
  auto explain = [&](Result result) -> dlc_status {
    return fail(error, DLC_DEVICE_FAILED)
           << work.name << ": cannot " << doing << " CUDA device " << device.id << ": " << driver.words(result);
  };
  if (Result result = work.isLast ? driver.synchroniseAll() : Success)
    return explain(result);
  if (work.times && !(driver.createEvent && driver.destroyEvent && driver.recordEvent && driver.elapsed))
    return fail(error, DLC_OLD_DRIVER) << work.name << " needs a newer NVIDIA driver: this one cannot time launches";
  doing = "copy inputs to";
  Result result = moveAll(queue, work, /*out=*/false);
  if (!result && work.sent)
    result = driver.copyIn(reinterpret_cast<Address>(queue.there + work.sentFrom), queue.here + work.sentFrom,
                           size_t(work.sent), queue.stream);
  if (result)
    return explain(result);
  const char *failed = nullptr;
  bool reports = false;
  // Events in a graph would time its nodes' places, not one launch each time it comes in a loop.
  bool isAlone = work.function < 0 || work.times;
  result = isAlone ? execute(queue, work, queue.stream, failed, reports) : launchGraph(queue, work, failed, reports);
  if (result)
    return fail(error, DLC_DEVICE_FAILED) << work.name << ": cannot launch " << (failed ? failed : "kernels")
                                          << " on CUDA device " << device.id << ": " << driver.words(result);
  doing = "copy outputs from";
  result = moveAll(queue, work, /*out=*/true);
  bool tells = reports || work.words;
  size_t back = work.received ? size_t(work.received) : tells ? reportBytes + wordsBytes : 0;
  if (!result && back)
    result = driver.copyOut(queue.here, reinterpret_cast<Address>(queue.there), back, queue.stream);
  if (result)
    return explain(result);
  doing = "finish work on";
  if (!(work.mayLeave && !back))
    if ((result = driver.synchronise(queue.stream)))
      return explain(result);
  auto *report = reinterpret_cast<const int64_t *>(queue.here);
  if (reports && report[0])
    fault = {report[1], report[2], report[3], report[4]};
  else if (work.words)
    memcpy(work.words, queue.here + reportBytes, wordsBytes);
  return DLC_OK;
}

dlc_status dlc::v1::cuda::run(Queue &base, const Work &work, dlc_fault &fault, dlc_error *error) {
  auto &queue = static_cast<CudaQueue &>(base);
  auto &device = static_cast<CudaDevice &>(*queue.device);
  Current current(device);
  if (current.result)
    return failCuda(device, "reach", current.result, error);
  dlc_status status = runOn(queue, work, fault, error);
  if (status) // copies from and to the caller's memory, which is the caller's again
    device.driver.synchronise(queue.stream);
  return status;
}
