// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/driver/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

namespace dlc::simulate {

const char *describe(int result) {
  switch (result) {
  case Success:
    return "no error";
  case InvalidValue:
    return "invalid argument";
  case OutOfMemory:
    return "out of memory";
  case NoDevice:
    return "no CUDA-capable device is detected";
  case InvalidDevice:
    return "invalid device ordinal";
  case NoBinaryForGpu:
    return "no kernel image is available for execution on the device";
  case InvalidPtx:
    return "a PTX JIT compilation failed";
  case NotFound:
    return "named symbol not found";
  case NotReady:
    return "device not ready";
  case IllegalAddress:
    return "an illegal memory access was encountered";
  case LaunchFailed:
    return "unspecified launch failure";
  case CaptureUnsupported:
    return "operation not permitted when stream is capturing";
  default:
    return "unknown error";
  }
}

static std::string text(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}
static size_t number(const char *name, size_t otherwise) {
  std::string value = text(name);
  return value.empty() ? otherwise : std::strtoull(value.c_str(), nullptr, 10);
}

/// Bytes of shared memory that a block may ask for (CUDA's programming guide,
/// technical specifications).
static size_t mostShared(int capability) {
  constexpr size_t K = 1024;
  if (capability < 80)
    return 64 * K;
  if (capability == 86 || capability == 89 || capability >= 120)
    return 99 * K;
  return capability < 90 ? 163 * K : 227 * K;
}

Settings::Settings()
    : devices(static_cast<int>(number("DLC_SIMULATED_DEVICES", 1))),
      driver(static_cast<int>(number("DLC_SIMULATED_DRIVER", 12040))),
      capability(static_cast<int>(number("DLC_SIMULATED_CAPABILITY", 80))),
      memory(number("DLC_SIMULATED_MEMORY", size_t(1) << 30)),
      shared(number("DLC_SIMULATED_SHARED", mostShared(capability))), code(text("DLC_SIMULATED_CODE")),
      fail(text("DLC_SIMULATED_FAIL")), log(text("DLC_SIMULATED_LOG")) {}

Machine &Machine::get() {
  static Machine machine;
  return machine;
}

Machine::Machine() {
  // Pieces lie apart, with room that belongs to none.
  reserved = 2 * settings.memory + (size_t(1) << 20);
  void *memory = mmap(nullptr, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  base = memory == MAP_FAILED ? nullptr : static_cast<char *>(memory);
}

Machine::~Machine() {
  if (base)
    munmap(base, reserved);
  if (settings.log.empty())
    return;
  std::FILE *file = std::fopen(settings.log.c_str(), "a");
  if (!file)
    return;
  counts["bytes left"] = static_cast<int64_t>(used);
  const char *separator = "";
  for (auto &[name, count] : counts) {
    std::fprintf(file, "%s%s %lld", separator, name.c_str(), static_cast<long long>(count));
    separator = ", ";
  }
  std::fprintf(file, "\n");
  std::fclose(file);
}

//===-- Memory -----------------------------------------------------------===//

uint64_t Machine::allocate(size_t bytes) {
  constexpr size_t apart = 256;
  if (!base || bytes > available())
    return 0;
  auto begin = reinterpret_cast<uint64_t>(base), at = begin;
  for (auto &[address, size] : pieces) { // the first gap that is large enough
    if (at + bytes + apart <= address)
      break;
    at = llvm::alignTo(address + size + apart, apart);
  }
  if (at + bytes > begin + reserved)
    return 0;
  pieces[at] = bytes;
  used += bytes;
  within([&] {
    std::memset(reinterpret_cast<void *>(at), 0xff, bytes);
    return Success;
  });
  return at;
}

bool Machine::free(uint64_t address) {
  auto piece = pieces.find(address);
  if (piece == pieces.end())
    return false;
  used -= piece->second;
  pieces.erase(piece);
  return true;
}

bool Machine::contains(uint64_t address, size_t bytes) const {
  auto after = pieces.upper_bound(address);
  if (after == pieces.begin())
    return false;
  auto &[begin, size] = *std::prev(after);
  return address + bytes <= begin + size || (bytes == 0 && address <= begin + size);
}

bool Machine::isPinned(const void *address, size_t bytes) const {
  auto at = static_cast<const char *>(address);
  auto after = pinned.upper_bound(at);
  return after != pinned.begin() && at + bytes <= std::prev(after)->first + std::prev(after)->second;
}

Result Machine::within(const std::function<Result()> &body) {
  mprotect(base, reserved, PROT_READ | PROT_WRITE);
  Result result = body();
  mprotect(base, reserved, PROT_NONE);
  return result;
}

//===-- Work -------------------------------------------------------------===//

Stream *Machine::createStream() { return streams.emplace_back(std::make_unique<Stream>()).get(); }

bool Machine::destroyStream(Stream *stream) {
  wait(stream);
  return llvm::erase_if(streams, [&](auto &known) { return known.get() == stream; }), true;
}

Stream *Machine::find(Stream *stream) {
  constexpr uintptr_t legacy = 1; // CU_STREAM_LEGACY
  if (!stream || reinterpret_cast<uintptr_t>(stream) == legacy)
    return &standard;
  return llvm::any_of(streams, [&](auto &known) { return known.get() == stream; }) ? stream : nullptr;
}

Result Machine::enqueue(Stream *given, Operation operation) {
  Stream *stream = find(given);
  if (!stream)
    return InvalidValue;
  if (sticky)
    return sticky;
  (stream->captures ? stream->captures->operations : stream->waiting).push_back(std::move(operation));
  return Success;
}

Result Machine::wait(Stream *given) {
  Stream *stream = find(given);
  if (!stream)
    return InvalidValue;
  if (stream->captures)
    return CaptureUnsupported;
  std::vector<Operation> work = std::move(stream->waiting);
  stream->waiting.clear();
  for (Operation &operation : work)
    if (!sticky)
      sticky = within(operation);
  return sticky;
}

Result Machine::waitForAll() {
  Result result = wait(nullptr);
  for (auto &stream : streams)
    if (!stream->captures)
      result = wait(stream.get());
  return result;
}

} // namespace dlc::simulate
