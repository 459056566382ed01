// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Opening a CUDA device, its code and its memory.
#include "Cuda.h"
#include "Memory.h"
#include "OnDevice.h"
#include <cstring>
#include <new>

using namespace dlc::v1;
using namespace dlc::v1::cuda;

dlc_status dlc::v1::cuda::failCuda(const CudaDevice &device, const char *doing, Result result, dlc_error *error) {
  return fail(error, DLC_DEVICE_FAILED) << "cannot " << doing << " CUDA device " << device.id << ": "
                                        << device.driver.words(result);
}

/// "11.4"
static void appendVersion(Failure &out, int version) { out << version / 1000 << '.' << version % 1000 / 10; }

static dlc_status checkDriver(CudaDevice &device, const dlc_model &model, dlc_error *error) {
  const Driver &driver = device.driver;
  int version = 0, least = device.code->driver;
  if (Result result = driver.init(0)) {
    Failure failure = fail(error, DLC_NO_DEVICE);
    failure << model.name << " needs a GPU: " << driver.words(result);
    return failure;
  }
  if (Result result = driver.driverVersion(&version))
    return fail(error, DLC_NO_DEVICE) << model.name << " needs a GPU: " << driver.words(result);
  if (version >= least)
    return DLC_OK;
  Failure failure = fail(error, DLC_OLD_DRIVER);
  failure << model.name << " needs an NVIDIA driver for CUDA ";
  appendVersion(failure, least);
  failure << " or later, this one is for CUDA ";
  appendVersion(failure, version);
  return failure;
}

static dlc_status chooseDevice(CudaDevice &device, const dlc_model &model, const dlc_variant &variant,
                               dlc_error *error) {
  const Driver &driver = device.driver;
  int count = 0;
  Result result = driver.deviceCount(&count);
  if (result || !count)
    return fail(error, DLC_NO_DEVICE) << model.name
                                      << " needs a GPU: " << (result ? driver.words(result) : "there is none");
  if (device.id < 0 || device.id >= count)
    return fail(error, DLC_NO_DEVICE) << model.name << " was to run on CUDA device " << device.id << ", there are "
                                      << count;
  char name[128] = "";
  int major = 0, minor = 0;
  result = driver.device(&device.ordinal, device.id);
  if (!result)
    result = driver.deviceName(name, sizeof(name), device.ordinal);
  if (!result)
    result = driver.attribute(&major, CapabilityMajor, device.ordinal);
  if (!result)
    result = driver.attribute(&minor, CapabilityMinor, device.ordinal);
  if (result)
    return failCuda(device, "ask", result, error);
  int has = 10 * major + minor, needs = device.code->capability;
  device.capability = has;
  if (device.code->exact ? has == needs : has >= needs)
    return DLC_OK;
  return fail(error, DLC_NO_DEVICE) << "variant " << variant.name << " of " << model.name
                                    << " needs compute capability " << needs / 10 << '.' << needs % 10
                                    << (device.code->exact ? "" : " or higher") << ", CUDA device " << device.id << " ("
                                    << name << ") has " << major << '.' << minor;
}

/// The best of the machine code that the device runs: its own, the newest of its
/// generation, or NULL.
static const dlc_device_image *imageFor(const CudaDevice &device) {
  const dlc_device_code &code = *device.code;
  for (int32_t i = code.image_count; i-- > 0;) { // of one capability, what no other runs comes last
    int makes = code.images[i].capability;
    bool older = makes / 10 == device.capability / 10 && makes < device.capability;
    if (makes == device.capability || (older && !code.images[i].exact))
      return &code.images[i];
  }
  return nullptr;
}

/// Machine code where there is some for the device, else PTX, which the driver compiles.
static dlc_status loadCode(CudaDevice &device, const dlc_model &model, dlc_error *error) {
  const dlc_device_code &code = *device.code;
  const Driver &driver = device.driver;
  char log[256] = "";
  int names[] = {JitErrorLog, JitErrorLogBytes};
  void *values[] = {log, reinterpret_cast<void *>(sizeof(log))};
  Result result = Success;
  const dlc_device_image *image = imageFor(device);
  if (image)
    result = driver.loadModule(&device.module, image->bytes, 0, nullptr, nullptr);
  if (!image || result)
    result = driver.loadModule(&device.module, code.text, 2, names, values);
  if (result == UnsupportedPtxVersion)
    return fail(error, DLC_OLD_DRIVER) << model.name << " needs a newer NVIDIA driver: " << driver.words(result);
  if (result) {
    device.module = nullptr;
    return fail(error, DLC_DEVICE_FAILED) << "CUDA device " << device.id << " does not take the code of " << model.name
                                          << ": " << driver.words(result) << (*log ? ": " : "") << log;
  }
  for (int32_t i = 0; i < code.kernel_count; ++i) {
    const dlc_kernel &kernel = code.kernels[i];
    if ((result = driver.function(&device.functions[i], device.module, kernel.name)))
      return fail(error, DLC_DEVICE_FAILED) << "CUDA device " << device.id << " has no kernel " << kernel.name << " of "
                                            << model.name << ": " << driver.words(result);
    if (kernel.shared_bytes)
      result = driver.setAttribute(device.functions[i], MostDynamicSharedBytes, kernel.shared_bytes);
    if (result)
      return fail(error, DLC_DEVICE_FAILED)
             << "CUDA device " << device.id << " gives kernel " << kernel.name << " of " << model.name << " no "
             << kernel.shared_bytes << " bytes of shared memory: " << driver.words(result);
  }
  return DLC_OK;
}

static dlc_status allocate(Device &base, uint64_t bytes, const char *what, unsigned char *&memory, dlc_error *error) {
  auto &device = static_cast<CudaDevice &>(base);
  const Driver &driver = device.driver;
  Current current(device);
  Address address = 0;
  Result result = current.result;
  if (!result)
    result = driver.allocate(&address, bytes ? size_t(bytes) : 1);
  if (result == OutOfMemory) {
    size_t free = 0, total = 0;
    driver.memoryInfo(&free, &total);
    return fail(error, DLC_NO_MEMORY) << "out of memory on CUDA device " << device.id << " for " << what << ": "
                                      << bytes << " bytes, " << uint64_t(free) << " of " << uint64_t(total)
                                      << " are free";
  }
  if (result)
    return failCuda(device, "allocate memory of", result, error);
  memory = reinterpret_cast<unsigned char *>(address);
  return DLC_OK;
}

static void release(Device &base, unsigned char *memory) {
  auto &device = static_cast<CudaDevice &>(base);
  if (!memory)
    return;
  Current current(device);
  device.driver.free(reinterpret_cast<Address>(memory));
}

/// On the default stream, after everything that other streams have been given.
static dlc_status copy(Device &base, unsigned char *there, void *here, uint64_t bytes, bool out, dlc_error *error) {
  auto &device = static_cast<CudaDevice &>(base);
  const Driver &driver = device.driver;
  Current current(device);
  auto address = reinterpret_cast<Address>(there);
  Result result = current.result;
  if (!result)
    result = driver.synchroniseAll();
  if (!result)
    result = out ? driver.copyOut(here, address, size_t(bytes), nullptr)
                 : driver.copyIn(address, here, size_t(bytes), nullptr);
  if (!result)
    result = driver.synchronise(nullptr);
  return result ? failCuda(device, out ? "copy from" : "copy to", result, error) : DLC_OK;
}

/// All constants in one piece of memory.
static dlc_status loadConstants(CudaDevice &device, dlc_error *error) {
  constexpr uint64_t apart = 256;
  const dlc_device_code &code = *device.code;
  uint64_t total = 0;
  auto place = [&](int32_t i) {
    uint64_t at = total;
    total += (uint64_t(code.constants[i].bytes) + apart - 1) / apart * apart;
    return at;
  };
  for (int32_t i = 0; i < code.constant_count; ++i)
    place(i);
  if (!total)
    return DLC_OK;
  unsigned char *memory = nullptr;
  if (dlc_status status = allocate(device, total, "constants", memory, error))
    return status;
  device.constantMemory = reinterpret_cast<Address>(memory);
  total = 0;
  for (int32_t i = 0; i < code.constant_count; ++i) {
    device.constants[i] = device.constantMemory + place(i);
    if (dlc_status status =
            copy(device, reinterpret_cast<unsigned char *>(device.constants[i]),
                 const_cast<void *>(code.constants[i].host), uint64_t(code.constants[i].bytes), /*out=*/false, error))
      return status;
  }
  return DLC_OK;
}

static void close(Device *base) {
  if (!base)
    return;
  auto *device = static_cast<CudaDevice *>(base);
  const Driver &driver = device->driver;
  if (device->context) {
    {
      Current current(*device);
      if (device->constantMemory)
        driver.free(device->constantMemory);
      if (device->module)
        driver.unloadModule(device->module);
    }
    driver.releasePrimary(device->ordinal);
  }
  device->driver.close();
  dlc::v1::release(device);
}

static dlc_status open(const dlc_model &model, const dlc_variant &variant, int32_t id, Device *&out, dlc_error *error) {
  const dlc_device_code &code = *variant.device;
  Carver measure;
  measure.take<CudaDevice>(1);
  measure.take<Function>(code.kernel_count);
  measure.take<Address>(code.constant_count);
  unsigned char *memory = dlc::v1::allocate(measure.bytes());
  if (!memory)
    return fail(error, DLC_NO_MEMORY) << "out of memory for a device";
  Carver carver(memory);
  auto *device = new (carver.take<CudaDevice>(1)) CudaDevice{};
  device->functions = carver.take<Function>(code.kernel_count);
  device->constants = carver.take<Address>(code.constant_count);
  device->backend = model.backend;
  device->kind = code.kind;
  device->id = id;
  device->code = &code;
  dlc_status status = device->driver.open(model.name, error);
  if (!status)
    status = checkDriver(*device, model, error);
  if (!status)
    status = chooseDevice(*device, model, variant, error);
  if (!status) {
    if (Result result = device->driver.retain(&device->context, device->ordinal)) {
      device->context = nullptr;
      status = failCuda(*device, "open", result, error);
    }
  }
  if (!status) {
    Current current(*device);
    status = current.result ? failCuda(*device, "enter", current.result, error) : loadCode(*device, model, error);
  }
  if (!status)
    status = loadConstants(*device, error);
  if (status) {
    close(device);
    return status;
  }
  out = device;
  return DLC_OK;
}

extern "C" const dlc_backend dlc_cuda_v1;
const dlc_backend dlc_cuda_v1 = {open, close, ::allocate, ::release, copy, begin, dlc::v1::cuda::end, run, &onDevice};
