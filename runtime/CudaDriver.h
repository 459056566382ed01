// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The part of NVIDIA's driver that the runtime calls, found at run time in
// libcuda.so.1: a model's library needs no CUDA to be linked or opened. Names,
// types and values are those of the CUDA driver API's documentation.
#ifndef DLC_RUNTIME_CUDADRIVER_H
#define DLC_RUNTIME_CUDADRIVER_H
#include "dlc/runtime.h"

namespace dlc::v1::cuda {

using Result = int;       // CUresult
using Ordinal = int;      // CUdevice
using Address = uint64_t; // CUdeviceptr
using Context = void *;   // CUcontext
using Module = void *;    // CUmodule
using Function = void *;  // CUfunction
using Stream = void *;    // CUstream
using Graph = void *;     // CUgraph
using GraphExec = void *; // CUgraphExec
using Event = void *;     // CUevent

/// CUresult
enum : Result {
  Success = 0,
  OutOfMemory = 2,
  NoDevice = 100,
  UnsupportedPtxVersion = 222,
};
/// CUdevice_attribute
enum : int { CapabilityMajor = 75, CapabilityMinor = 76 };
/// CUfunction_attribute
enum : int { MostDynamicSharedBytes = 8 };
/// CU_STREAM_NON_BLOCKING, CU_STREAM_CAPTURE_MODE_RELAXED
enum : int { NonBlocking = 1, Relaxed = 2 };
/// CUjit_option
enum : int { JitErrorLog = 5, JitErrorLogBytes = 6 };

/// Its functions; the last ones may be missing.
struct Driver {
  void *library = nullptr;
  Result (*init)(unsigned flags);
  Result (*driverVersion)(int *version);
  Result (*deviceCount)(int *count);
  Result (*device)(Ordinal *device, int number);
  Result (*deviceName)(char *name, int bytes, Ordinal device);
  Result (*attribute)(int *value, int attribute, Ordinal device);
  Result (*retain)(Context *context, Ordinal device);
  Result (*releasePrimary)(Ordinal device);
  Result (*push)(Context context);
  Result (*pop)(Context *context);
  Result (*loadModule)(Module *module, const void *image, unsigned options, int *names, void **values);
  Result (*unloadModule)(Module module);
  Result (*function)(Function *function, Module module, const char *name);
  Result (*setAttribute)(Function function, int attribute, int value);
  Result (*memoryInfo)(size_t *free, size_t *total);
  Result (*allocate)(Address *memory, size_t bytes);
  Result (*free)(Address memory);
  Result (*allocateHost)(void **memory, size_t bytes, unsigned flags);
  Result (*freeHost)(void *memory);
  Result (*copyIn)(Address to, const void *from, size_t bytes, Stream stream);
  Result (*copyOut)(void *to, Address from, size_t bytes, Stream stream);
  Result (*copyWithin)(Address to, Address from, size_t bytes, Stream stream);
  Result (*fill)(Address to, unsigned char value, size_t bytes, Stream stream);
  Result (*createStream)(Stream *stream, unsigned flags);
  Result (*destroyStream)(Stream stream);
  Result (*synchronise)(Stream stream);
  Result (*synchroniseAll)();
  Result (*launch)(Function function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
                   unsigned blockZ, unsigned sharedBytes, Stream stream, void **parameters, void **extra);
  Result (*beginCapture)(Stream stream, int mode);
  Result (*endCapture)(Stream stream, Graph *graph);
  Result (*instantiate)(GraphExec *exec, Graph graph, unsigned long long flags);
  Result (*launchGraph)(GraphExec exec, Stream stream);
  Result (*destroyExec)(GraphExec exec);
  Result (*destroyGraph)(Graph graph);
  Result (*errorText)(Result result, const char **text);
  Result (*updateExec)(GraphExec exec, Graph graph, void *node, int *result);
  Result (*createEvent)(Event *event, unsigned flags);
  Result (*destroyEvent)(Event event);
  Result (*recordEvent)(Event event, Stream stream);
  Result (*elapsed)(float *milliseconds, Event begin, Event end);

  /// Opens the library. DLC_NO_DEVICE, DLC_OLD_DRIVER; `who` needs it.
  dlc_status open(const char *who, dlc_error *error);
  void close();
  /// What a result means, in the driver's words.
  const char *words(Result result) const;
};

} // namespace dlc::v1::cuda
#endif
