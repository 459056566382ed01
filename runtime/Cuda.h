// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A CUDA device and its queues from inside.
#ifndef DLC_RUNTIME_CUDA_H
#define DLC_RUNTIME_CUDA_H
#include "CudaDriver.h"
#include "Device.h"
#include "Errors.h"

namespace dlc::v1::cuda {

struct CudaDevice : Device {
  Driver driver;
  const dlc_device_code *code;
  Ordinal ordinal;
  int capability;  ///< 90 for 9.0
  Context context; ///< the device's primary one, which other libraries share
  Module module;
  Function *functions;    ///< by kernel number
  Address *constants;     ///< in the order of the description
  Address constantMemory; ///< of all of them, 0: there are none
};

/// Makes the device's context this thread's own for a scope.
class Current {
public:
  explicit Current(const CudaDevice &device) : device(device) { result = device.driver.push(device.context); }
  ~Current() {
    Context popped;
    if (!result)
      device.driver.pop(&popped);
  }
  Current(const Current &) = delete;
  Result result;

private:
  const CudaDevice &device;
};

/// DLC_DEVICE_FAILED with the driver's words; `doing`: "copy to it".
dlc_status failCuda(const CudaDevice &device, const char *doing, Result result, dlc_error *error);

/// The launches of an entry, kept as a graph.
struct Kept {
  GraphExec exec; ///< NULL: nothing kept here
  int32_t function;
  bool reports;  ///< some kernel of it may report a data error
  uint64_t used; ///< when, for the least recent to make room
  int64_t *key;  ///< dimensions and addresses of arguments
};

/// Events around launches, for who asks for their times. They are read when all
/// are used, which waits for the device, and when the call ends.
struct Timers {
  static constexpr int32_t most = 128;
  struct Run {
    Event begin, end;
    int32_t launch;
  };
  Run runs[most];
  Event calls[2];         ///< where this call began, and the last one
  double began;           ///< nanoseconds from the first call's begin to this one's,
  bool isPlaced, hasLast; ///< once that is known; from the last one's
  int32_t used;
  Times *times; ///< of the call
  int32_t count;
};

struct CudaQueue;

/// What the calls of host code reach through the frame.
struct Launcher {
  const CudaDevice *device;
  Stream stream;
  Address report; ///< of data errors: count, site, position, value, bound
  bool guarded;
  bool reports;       ///< a launch may report one
  Result result;      ///< the first that was no success
  const char *failed; ///< the kernel of that launch
  Timers *timers;     ///< NULL: nobody asked
  CudaQueue *queue;
};

/// In its head are the report of data errors, and seed and step of the state.
struct CudaQueue : Queue {
  static constexpr int32_t mostKept = 16;
  Stream stream, captures; ///< of the work, and where launches are recorded
  bool ownsStream;
  uint64_t clock;
  Kept kept[mostKept];
  Timers *timers; ///< made when they are asked for first
};

dlc_status begin(Device &device, void *stream, uint64_t small, Queue *&queue, dlc_error *error);
void end(Queue *queue);
dlc_status run(Queue &queue, const Work &work, dlc_fault &fault, dlc_error *error);

/// A call that writes `count` times begins on the queue's stream.
Result startTimers(CudaQueue &queue, Times *times, int32_t count);
/// dlc_frame.mark
void mark(void *launcher, int32_t launch, int32_t ends);
/// Waits for the stream and adds what its events say to the call's times.
Result readTimers(CudaQueue &queue);
void endTimers(CudaQueue &queue);

} // namespace dlc::v1::cuda
#endif
