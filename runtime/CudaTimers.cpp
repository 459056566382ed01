// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Times of launches by the device's own clock. The runtime may not read one of
// the host's, and need not: each call is as far from the one before as the
// device says.
#include "Cuda.h"
#include "Memory.h"
#include <algorithm>
#include <new>

using namespace dlc::v1;
using namespace dlc::v1::cuda;

constexpr double perMillisecond = 1e6; // nanoseconds

static Result makeTimers(CudaQueue &queue) {
  const Driver &driver = static_cast<CudaDevice &>(*queue.device).driver;
  unsigned char *memory = allocate(sizeof(Timers));
  if (!memory)
    return OutOfMemory;
  queue.timers = new (memory) Timers{};
  Result result = Success;
  auto make = [&](Event &event) { result = result ? result : driver.createEvent(&event, 0); };
  for (Event &event : queue.timers->calls)
    make(event);
  for (Timers::Run &run : queue.timers->runs) {
    make(run.begin);
    make(run.end);
  }
  return result;
}

void dlc::v1::cuda::endTimers(CudaQueue &queue) {
  if (!queue.timers)
    return;
  const Driver &driver = static_cast<CudaDevice &>(*queue.device).driver;
  auto destroy = [&](Event event) {
    if (event)
      driver.destroyEvent(event);
  };
  for (Event event : queue.timers->calls)
    destroy(event);
  for (Timers::Run &run : queue.timers->runs) {
    destroy(run.begin);
    destroy(run.end);
  }
  dlc::v1::release(queue.timers);
  queue.timers = nullptr;
}

Result dlc::v1::cuda::startTimers(CudaQueue &queue, Times *times, int32_t count) {
  const Driver &driver = static_cast<CudaDevice &>(*queue.device).driver;
  if (!queue.timers)
    if (Result result = makeTimers(queue)) {
      endTimers(queue);
      return result;
    }
  Timers &timers = *queue.timers;
  timers.times = times;
  timers.count = count;
  timers.used = 0;
  std::fill_n(times, count, Times{});
  std::swap(timers.calls[0], timers.calls[1]);
  timers.hasLast = timers.isPlaced; // else the last call failed before its events were read
  timers.isPlaced = false;
  return driver.recordEvent(timers.calls[0], queue.stream);
}

Result dlc::v1::cuda::readTimers(CudaQueue &queue) {
  const Driver &driver = static_cast<CudaDevice &>(*queue.device).driver;
  Timers &timers = *queue.timers;
  Result result = driver.synchronise(queue.stream);
  if (!result && !timers.isPlaced) {
    float since = 0;
    if (timers.hasLast)
      result = driver.elapsed(&since, timers.calls[1], timers.calls[0]);
    timers.began += double(since) * perMillisecond;
    timers.isPlaced = !result;
  }
  for (int32_t i = 0; i < timers.used && !result; ++i) {
    const Timers::Run &run = timers.runs[i];
    float before = 0, spent = 0;
    result = driver.elapsed(&before, timers.calls[0], run.begin);
    if (!result)
      result = driver.elapsed(&spent, run.begin, run.end);
    Times &times = timers.times[run.launch];
    auto took = int64_t(double(spent) * perMillisecond);
    times.began = int64_t(timers.began + double(before) * perMillisecond);
    times.ended = times.began + took;
    times.sum += took;
    ++times.runs;
  }
  timers.used = 0;
  return result;
}

void dlc::v1::cuda::mark(void *to, int32_t launch, int32_t ends) {
  auto &launcher = *static_cast<Launcher *>(to);
  Timers *timers = launcher.timers;
  if (!timers || launcher.result || launch >= timers->count)
    return;
  const Driver &driver = launcher.device->driver;
  Timers::Run &run = timers->runs[timers->used];
  run.launch = launch;
  launcher.result = driver.recordEvent(ends ? run.end : run.begin, launcher.stream);
  if (ends && !launcher.result && ++timers->used == Timers::most)
    launcher.result = readTimers(*launcher.queue);
}
