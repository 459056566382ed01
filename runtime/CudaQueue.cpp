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
/// Words of a report, and of the landing: the report, then seed and step.
constexpr size_t reportWords = 5, landingWords = reportWords + 2;
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
    for (Kept &kept : queue->kept) {
      if (kept.exec)
        driver.destroyExec(kept.exec);
      dlc::v1::release(kept.key);
    }
    if (queue->ownsStream && queue->stream)
      driver.destroyStream(queue->stream);
    if (queue->captures)
      driver.destroyStream(queue->captures);
    if (queue->report)
      driver.free(queue->report);
    if (queue->landing)
      driver.freeHost(queue->landing);
    endTimers(*queue);
  }
  dlc::v1::release(queue);
}

dlc_status dlc::v1::cuda::begin(Device &base, void *stream, Queue *&out, dlc_error *error) {
  auto &device = static_cast<CudaDevice &>(base);
  const Driver &driver = device.driver;
  unsigned char *memory = allocate(sizeof(CudaQueue));
  if (!memory)
    return fail(error, DLC_NO_MEMORY) << "out of memory for a queue of work";
  auto *queue = new (memory) CudaQueue{};
  queue->device = &device;
  queue->stream = stream;
  queue->ownsStream = !stream;
  Result result;
  {
    Current current(device);
    void *landing = nullptr;
    result = current.result;
    if (!result && !stream)
      result = driver.createStream(&queue->stream, NonBlocking);
    if (!result) // the caller's may be one on which nothing can be recorded
      result = driver.createStream(&queue->captures, NonBlocking);
    if (!result)
      result = driver.allocate(&queue->report, reportWords * sizeof(int64_t));
    if (!result)
      result = driver.allocateHost(&landing, landingWords * sizeof(int64_t), 0);
    queue->landing = static_cast<int64_t *>(landing);
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

/// The data errors' report is cleared, and host code launches on `stream`.
static Result execute(CudaQueue &queue, const Work &work, Stream stream, const char *&failed) {
  auto &device = static_cast<CudaDevice &>(*queue.device);
  Launcher launcher{&device, stream, queue.report, false, Success, nullptr, nullptr, &queue};
  launcher.result = device.driver.fill(queue.report, 0, reportWords * sizeof(int64_t), stream);
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
  failed = launcher.failed;
  return launcher.result;
}

/// Words that say what a graph was recorded for.
static int32_t keyWords(const Work &work) { return work.dimCount + work.argumentCount; }

static void writeKey(const Work &work, int64_t *key) {
  std::copy_n(work.dims, work.dimCount, key);
  for (int32_t a = 0; a < work.argumentCount; ++a)
    key[work.dimCount + a] = int64_t(reinterpret_cast<uintptr_t>(work.frame.arguments[a]));
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
  result = execute(queue, work, queue.captures, failed);
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
static Result launchGraph(CudaQueue &queue, const Work &work, const char *&failed) {
  auto &device = static_cast<CudaDevice &>(*queue.device);
  Kept &kept = place(queue, work);
  int32_t words = keyWords(work);
  bool same = kept.exec && kept.function == work.function;
  if (same) {
    same = std::equal(work.dims, work.dims + work.dimCount, kept.key);
    for (int32_t a = 0; same && a < work.argumentCount; ++a)
      same = kept.key[work.dimCount + a] == int64_t(reinterpret_cast<uintptr_t>(work.frame.arguments[a]));
  }
  if (!same) {
    if (Result result = record(queue, work, kept, failed))
      return result;
    // Keys of one function have one length.
    auto *key = kept.function == work.function ? kept.key : nullptr;
    if (!key) {
      release(kept.key);
      kept.key = key = reinterpret_cast<int64_t *>(allocate(sizeof(int64_t) * uint64_t(words)));
      if (!key)
        return OutOfMemory;
    }
    kept.function = work.function;
    writeKey(work, key);
  }
  kept.used = ++queue.clock;
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

dlc_status dlc::v1::cuda::run(Queue &base, const Work &work, dlc_fault &fault, dlc_error *error) {
  auto &queue = static_cast<CudaQueue &>(base);
  auto &device = static_cast<CudaDevice &>(*queue.device);
  const Driver &driver = device.driver;
  Current current(device);
  const char *doing = "reach";
  auto explain = [&](Result result) -> dlc_status {
    return fail(error, DLC_DEVICE_FAILED)
           << work.name << ": cannot " << doing << " CUDA device " << device.id << ": " << driver.words(result);
  };
  if (current.result)
    return explain(current.result);
  if (work.times && !(driver.createEvent && driver.destroyEvent && driver.recordEvent && driver.elapsed))
    return fail(error, DLC_OLD_DRIVER) << work.name << " needs a newer NVIDIA driver: this one cannot time launches";
  doing = "copy inputs to";
  if (Result result = moveAll(queue, work, /*out=*/false))
    return explain(result);
  const char *failed = nullptr;
  // Events in a graph would time its nodes' places, not one launch each time it comes in a loop.
  bool isAlone = work.function < 0 || work.times;
  Result result = isAlone ? execute(queue, work, queue.stream, failed) : launchGraph(queue, work, failed);
  if (result)
    return fail(error, DLC_DEVICE_FAILED) << work.name << ": cannot launch " << (failed ? failed : "kernels")
                                          << " on CUDA device " << device.id << ": " << driver.words(result);
  doing = "copy outputs from";
  result = moveAll(queue, work, /*out=*/true);
  if (!result)
    result = driver.copyOut(queue.landing, queue.report, reportWords * sizeof(int64_t), queue.stream);
  if (!result && work.words)
    result = driver.copyOut(queue.landing + reportWords, reinterpret_cast<Address>(work.frame.state),
                            2 * sizeof(int64_t), queue.stream);
  if (result)
    return explain(result);
  doing = "finish work on";
  if ((result = driver.synchronise(queue.stream)))
    return explain(result);
  const int64_t *report = queue.landing;
  if (report[0])
    fault = {report[1], report[2], report[3], report[4]};
  else if (work.words)
    std::copy_n(queue.landing + reportWords, 2, work.words);
  return DLC_OK;
}
