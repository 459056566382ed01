// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The GPU that the stand-in driver drives: its memory, its streams and what it
// has been told to be like. Work waits in its stream until somebody waits for
// it, as late as a device may be.
#ifndef DLC_TOOLS_SIMULATE_DRIVER_MACHINE_H
#define DLC_TOOLS_SIMULATE_DRIVER_MACHINE_H

#include "tools/dlc-simulate/HostCode.h"
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace dlc::simulate {

/// CUresult, as far as it is needed.
enum Result : int {
  Success = 0,
  InvalidValue = 1,
  OutOfMemory = 2,
  NoDevice = 100,
  InvalidDevice = 101,
  NoBinaryForGpu = 209,
  InvalidPtx = 218,
  NotFound = 500,
  NotReady = 600,
  IllegalAddress = 700,
  LaunchFailed = 719,
  CaptureUnsupported = 900,
  CaptureUnmatched = 904,
};
const char *describe(int result);

/// A piece of work, done when its turn has come.
using Operation = std::function<Result()>;

struct Graph {
  std::vector<Operation> operations;
};

struct Stream {
  std::vector<Operation> waiting;
  Graph *captures = nullptr; // being recorded
};

/// What the environment says: DLC_SIMULATED_DEVICES, _DRIVER (12040 is 12.4),
/// _CAPABILITY (80 is 8.0), _MEMORY (bytes), _SHARED (bytes a block may have; of
/// the capability), _CODE (the module at stage llvm that the PTX was made of), _FAIL (the name of a kernel that fails)
/// and _LOG (a file that gets one line of counts when the program ends).
struct Settings {
  Settings();
  int devices, driver, capability;
  size_t memory, shared;
  std::string code, fail, log;
};

class Machine {
public:
  static Machine &get();
  ~Machine();

  const Settings settings;
  std::recursive_mutex mutex; // the driver may be called from any thread
  std::map<std::string, int64_t> counts;

  //===-- Memory: nobody but the device's work may touch it -----------------===//
  /// 0 without room. Every byte is set.
  uint64_t allocate(size_t bytes);
  bool free(uint64_t address);
  size_t available() const { return settings.memory - used; }
  bool contains(uint64_t address, size_t bytes = 1) const;
  /// Memory of the host that the device reads by itself: bytes, by address.
  std::map<const char *, size_t> pinned;
  bool isPinned(const void *address, size_t bytes) const;
  /// Runs `body` while the memory can be touched.
  Result within(const std::function<Result()> &body);

  //===-- Work -------------------------------------------------------------===//
  Stream *createStream();
  bool destroyStream(Stream *stream);
  /// The stream, or the default one for null; null for what is none.
  Stream *find(Stream *stream);
  /// Puts work into a stream, or into the graph that it records.
  Result enqueue(Stream *stream, Operation operation);
  Result wait(Stream *stream);
  Result waitForAll();

private:
  Machine();
  char *base = nullptr;
  size_t reserved = 0, used = 0;
  std::map<uint64_t, size_t> pieces; // by address
  std::vector<std::unique_ptr<Stream>> streams;
  Stream standard;
  Result sticky = Success; // a failure of the device stays
};

} // namespace dlc::simulate
#endif // DLC_TOOLS_SIMULATE_DRIVER_MACHINE_H
