// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "CudaDriver.h"
#include "Errors.h"
#include <cstring>
#include <dlfcn.h>
#include <iterator>

using namespace dlc::v1;
using namespace dlc::v1::cuda;

/// In the order of the fields. A suffix is the version of a function's
/// signature, which a driver keeps for good.
static constexpr const char *names[] = {
    "cuInit",
    "cuDriverGetVersion",
    "cuDeviceGetCount",
    "cuDeviceGet",
    "cuDeviceGetName",
    "cuDeviceGetAttribute",
    "cuDevicePrimaryCtxRetain",
    "cuDevicePrimaryCtxRelease_v2",
    "cuCtxPushCurrent_v2",
    "cuCtxPopCurrent_v2",
    "cuModuleLoadDataEx",
    "cuModuleUnload",
    "cuModuleGetFunction",
    "cuFuncSetAttribute",
    "cuMemGetInfo_v2",
    "cuMemAlloc_v2",
    "cuMemFree_v2",
    "cuMemHostAlloc",
    "cuMemFreeHost",
    "cuMemcpyHtoDAsync_v2",
    "cuMemcpyDtoHAsync_v2",
    "cuMemcpyDtoDAsync_v2",
    "cuMemsetD8Async",
    "cuStreamCreate",
    "cuStreamDestroy_v2",
    "cuStreamSynchronize",
    "cuCtxSynchronize",
    "cuLaunchKernel",
    "cuStreamBeginCapture_v2",
    "cuStreamEndCapture",
    "cuGraphInstantiateWithFlags",
    "cuGraphLaunch",
    "cuGraphExecDestroy",
    "cuGraphDestroy",
    "cuGetErrorString",
    "cuGraphExecUpdate",
    "cuEventCreate",
    "cuEventDestroy_v2",
    "cuEventRecord",
    "cuEventElapsedTime",
};
/// Functions at the end that a driver may lack: then graphs are made anew, or
/// launches cannot be timed.
static constexpr size_t optional = 5;
static_assert(sizeof(Driver) == sizeof(void *) * (1 + std::size(names)));

dlc_status Driver::open(const char *who, dlc_error *error) {
  constexpr const char *file = "libcuda.so.1";
  library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *reason = dlerror();
    return fail(error, DLC_NO_DEVICE) << who
                                      << " needs a GPU, and there is no NVIDIA driver: " << (reason ? reason : file);
  }
  void *found[std::size(names)];
  for (size_t i = 0; i < std::size(names); ++i)
    if (!(found[i] = dlsym(library, names[i])) && i + optional < std::size(names)) {
      close();
      return fail(error, DLC_OLD_DRIVER) << who << " needs a newer NVIDIA driver: this one has no " << names[i];
    }
  memcpy(reinterpret_cast<char *>(this) + sizeof(library), found, sizeof(found));
  return DLC_OK;
}

void Driver::close() {
  if (library)
    dlclose(library);
  library = nullptr;
}

const char *Driver::words(Result result) const {
  const char *text = nullptr;
  return errorText(result, &text) || !text ? "unknown error" : text;
}
