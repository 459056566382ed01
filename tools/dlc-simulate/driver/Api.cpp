// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A stand-in for NVIDIA's driver over the simulator: the functions that the
// runtime looks up in libcuda.so.1, so that all of it but the device runs on
// any machine. What a function does is what the driver API's documentation says
// of it, for what the runtime passes.
#include "tools/dlc-simulate/driver/Code.h"
#include "tools/dlc-simulate/driver/Machine.h"
#include <chrono>
#include <cstdio>
#include <cstring>

using namespace dlc::simulate;

#define API extern "C" __attribute__((visibility("default"))) int

namespace {
using Lock = std::lock_guard<std::recursive_mutex>;
using Address = unsigned long long;

struct Exec {
  Graph graph;
};
struct Event {
  std::chrono::steady_clock::time_point time;
  bool isReached = false;
};

Machine &machine() { return Machine::get(); }

/// A copy between memory of the device and of the host (or the device again).
Result transfer(void *to, const void *from, size_t bytes) {
  std::memcpy(to, from, bytes);
  return Success;
}
void *pointer(Address address) { return reinterpret_cast<void *>(address); }
} // namespace

//===-- Devices ----------------------------------------------------------===//

API cuInit(unsigned) { return machine().settings.devices ? Success : NoDevice; }
API cuDriverGetVersion(int *version) { return *version = machine().settings.driver, Success; }
API cuDeviceGetCount(int *count) { return *count = machine().settings.devices, Success; }
API cuDeviceGet(int *device, int number) {
  *device = number;
  return number >= 0 && number < machine().settings.devices ? Success : InvalidDevice;
}
API cuDeviceGetName(char *name, int bytes, int) { return std::snprintf(name, bytes, "Simulated GPU"), Success; }
API cuDeviceGetAttribute(int *value, int attribute, int) {
  constexpr int major = 75, minor = 76;
  int capability = machine().settings.capability;
  *value = attribute == major ? capability / 10 : capability % 10;
  return attribute == major || attribute == minor ? Success : InvalidValue;
}
API cuDevicePrimaryCtxRetain(void **context, int) {
  return *context = &machine(), ++machine().counts["contexts"], Success;
}
API cuDevicePrimaryCtxRelease_v2(int) { return --machine().counts["contexts"], Success; }
API cuCtxPushCurrent_v2(void *context) { return context == &machine() ? Success : InvalidValue; }
API cuCtxPopCurrent_v2(void **context) { return *context = &machine(), Success; }
API cuCtxSynchronize() {
  Lock lock(machine().mutex);
  ++machine().counts["waits"];
  return machine().waitForAll();
}
API cuGetErrorString(int result, const char **text) { return *text = describe(result), Success; }

//===-- Code -------------------------------------------------------------===//

API cuModuleLoadDataEx(void **module, const void *image, unsigned count, int *names, void **values) {
  Lock lock(machine().mutex);
  std::string error;
  auto bytes = static_cast<const char *>(image);
  int given = machine().settings.capability, made = capabilityOf(bytes);
  if (made && (made / 10 != given / 10 || made > given)) // machine code is for one generation
    return NoBinaryForGpu;
  ++machine().counts[made ? "cubins loaded" : "PTX loaded"];
  std::unique_ptr<LoadedCode> code = LoadedCode::load(bytes, machine().settings.code, error);
  constexpr int log = 5;
  for (unsigned i = 0; i + 1 < count && !code; ++i)
    if (names[i] == log)
      std::snprintf(static_cast<char *>(values[i]), reinterpret_cast<size_t>(values[i + 1]), "%s", error.c_str());
  *module = code.release();
  return *module ? Success : InvalidPtx;
}
API cuModuleUnload(void *module) { return delete static_cast<LoadedCode *>(module), Success; }
API cuModuleGetFunction(void **function, void *module, const char *name) {
  *function = static_cast<LoadedCode *>(module)->find(name);
  return *function ? Success : NotFound;
}

//===-- Memory -----------------------------------------------------------===//

API cuMemGetInfo_v2(size_t *free, size_t *total) {
  Lock lock(machine().mutex);
  *free = machine().available();
  *total = machine().settings.memory;
  return Success;
}
API cuMemAlloc_v2(Address *memory, size_t bytes) {
  Lock lock(machine().mutex);
  if (!bytes)
    return InvalidValue;
  *memory = machine().allocate(bytes);
  return *memory ? Success : OutOfMemory;
}
API cuMemFree_v2(Address memory) {
  Lock lock(machine().mutex);
  Result result = machine().waitForAll();
  return machine().free(memory) ? result : InvalidValue;
}
API cuMemHostAlloc(void **memory, size_t bytes, unsigned) {
  Lock lock(machine().mutex);
  *memory = std::malloc(bytes);
  machine().pinned[static_cast<char *>(*memory)] = bytes;
  return *memory ? Success : OutOfMemory;
}
API cuMemFreeHost(void *memory) {
  Lock lock(machine().mutex);
  Result result = machine().waitForAll();
  machine().pinned.erase(static_cast<char *>(memory));
  return std::free(memory), result;
}

/// Memory that is not pinned is read before the function returns, other memory
/// when its turn has come.
API cuMemcpyHtoDAsync_v2(Address to, const void *from, size_t bytes, Stream *stream) {
  Lock lock(machine().mutex);
  if (!machine().contains(to, bytes))
    return InvalidValue;
  ++machine().counts["copies in"];
  if (machine().isPinned(from, bytes))
    return machine().enqueue(stream, [=] { return transfer(pointer(to), from, bytes); });
  std::vector<char> staged(static_cast<const char *>(from), static_cast<const char *>(from) + bytes);
  return machine().enqueue(stream,
                           [=, staged = std::move(staged)] { return transfer(pointer(to), staged.data(), bytes); });
}
API cuMemcpyDtoHAsync_v2(void *to, Address from, size_t bytes, Stream *stream) {
  Lock lock(machine().mutex);
  if (!machine().contains(from, bytes))
    return InvalidValue;
  ++machine().counts["copies out"];
  return machine().enqueue(stream, [=] { return transfer(to, pointer(from), bytes); });
}
API cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, Stream *stream) {
  Lock lock(machine().mutex);
  if (!machine().contains(to, bytes) || !machine().contains(from, bytes))
    return InvalidValue;
  return machine().enqueue(stream, [=] { return transfer(pointer(to), pointer(from), bytes); });
}
API cuMemsetD8Async(Address to, unsigned char value, size_t bytes, Stream *stream) {
  Lock lock(machine().mutex);
  if (!machine().contains(to, bytes))
    return InvalidValue;
  return machine().enqueue(stream, [=] { return std::memset(pointer(to), value, bytes), Success; });
}

//===-- Streams and launches ---------------------------------------------===//

API cuStreamCreate(Stream **stream, unsigned) {
  Lock lock(machine().mutex);
  return *stream = machine().createStream(), Success;
}
API cuStreamDestroy_v2(Stream *stream) {
  Lock lock(machine().mutex);
  return machine().destroyStream(stream) ? Success : InvalidValue;
}
API cuStreamSynchronize(Stream *stream) {
  Lock lock(machine().mutex);
  ++machine().counts["waits"];
  return machine().wait(stream);
}

static Result run(LoadedKernel &kernel, unsigned blocks, llvm::ArrayRef<uint64_t> parameters) {
  std::string error;
  for (auto [isPointer, parameter] : llvm::zip(kernel.isPointer, parameters))
    if (isPointer && parameter && !machine().contains(parameter, 0))
      error = "address " + std::to_string(parameter) + " is none of the device's";
  if (error.empty() && kernel.name == machine().settings.fail)
    error = "it was to fail";
  if (error.empty() && runKernel(kernel, blocks, parameters, error))
    return Success;
  std::fprintf(stderr, "simulated GPU: %s: %s\n", kernel.name.c_str(), error.c_str());
  return LaunchFailed;
}

API cuFuncSetAttribute(LoadedKernel *kernel, int attribute, int value) {
  constexpr int dynamicShared = 8;
  if (attribute != dynamicShared || value < 0 || size_t(value) > machine().settings.shared)
    return InvalidValue;
  kernel->allowedShared = value;
  return Success;
}

API cuLaunchKernel(LoadedKernel *kernel, unsigned blocks, unsigned gridY, unsigned gridZ, unsigned threads,
                   unsigned blockY, unsigned blockZ, unsigned shared, Stream *stream, void **parameters, void **extra) {
  Lock lock(machine().mutex);
  if (!blocks || gridY != 1 || gridZ != 1 || blockY != 1 || blockZ != 1 || extra || threads != kernel->threads ||
      shared != kernel->shared || shared > kernel->allowedShared)
    return InvalidValue;
  std::vector<uint64_t> values;
  for (size_t i = 0; i < kernel->isPointer.size(); ++i)
    values.push_back(*static_cast<uint64_t *>(parameters[i]));
  Stream *known = machine().find(stream);
  ++machine().counts[known && known->captures ? "recorded launches" : "launches"];
  return machine().enqueue(stream, [=] { return run(*kernel, blocks, values); });
}

//===-- Events: when their turn came, by the host's clock -----------------===//

API cuEventCreate(Event **event, unsigned flags) {
  return flags ? InvalidValue : (*event = new Event, ++machine().counts["events"], Success);
}
API cuEventDestroy_v2(Event *event) { return delete event, --machine().counts["events"], Success; }
API cuEventRecord(Event *event, Stream *given) {
  Lock lock(machine().mutex);
  if (Stream *stream = machine().find(given); stream && stream->captures)
    return CaptureUnsupported; // a graph's event is told with flags
  event->isReached = false;
  return machine().enqueue(given, [=] {
    event->time = std::chrono::steady_clock::now();
    event->isReached = true;
    return Success;
  });
}
API cuEventElapsedTime(float *milliseconds, Event *begin, Event *end) {
  Lock lock(machine().mutex);
  if (!begin->isReached || !end->isReached)
    return NotReady;
  *milliseconds = std::chrono::duration<float, std::milli>(end->time - begin->time).count();
  return Success;
}

//===-- Graphs -----------------------------------------------------------===//

API cuStreamBeginCapture_v2(Stream *given, int) {
  Lock lock(machine().mutex);
  Stream *stream = given ? machine().find(given) : nullptr; // not the default one
  if (!stream || stream->captures)
    return CaptureUnsupported;
  stream->captures = new Graph;
  return Success;
}
API cuStreamEndCapture(Stream *given, Graph **graph) {
  Lock lock(machine().mutex);
  Stream *stream = machine().find(given);
  if (!stream || !stream->captures)
    return CaptureUnmatched;
  *graph = std::exchange(stream->captures, nullptr);
  return Success;
}
API cuGraphInstantiateWithFlags(Exec **exec, Graph *graph, unsigned long long) {
  Lock lock(machine().mutex);
  ++machine().counts["graphs made"];
  *exec = new Exec{*graph};
  return Success;
}
API cuGraphExecUpdate(Exec *exec, Graph *graph, void **, int *result) {
  Lock lock(machine().mutex);
  // Other parameters in the same nodes are all that an update can bring.
  *result = exec->graph.operations.size() != graph->operations.size();
  if (*result)
    return InvalidValue;
  ++machine().counts["graphs updated"];
  exec->graph = *graph;
  return Success;
}
API cuGraphLaunch(Exec *exec, Stream *stream) {
  Lock lock(machine().mutex);
  ++machine().counts["graphs launched"];
  return machine().enqueue(stream, [operations = exec->graph.operations] {
    for (const Operation &operation : operations)
      if (Result result = operation())
        return result;
    return Success;
  });
}
API cuGraphExecDestroy(Exec *exec) { return delete exec, Success; }
API cuGraphDestroy(Graph *graph) { return delete graph, Success; }
