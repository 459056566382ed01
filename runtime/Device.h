// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A device whose kernels a variant launches, as the rest of the runtime sees
// it: memory, a queue of work for each context, and calls of host code whose
// launches go there. A library's description names the backend, so that one for
// processors alone links none.
#ifndef DLC_RUNTIME_DEVICE_H
#define DLC_RUNTIME_DEVICE_H
#include "dlc/runtime.h"

namespace dlc::v1 {

/// An open device with the code of one variant. The backend derives from it.
struct Device {
  const dlc_backend *backend;
  int32_t kind, id; ///< as DLPack has them
};

/// Where one context's work goes, in order. The backend derives from it.
struct Queue {
  /// Bytes at the beginning of `here` and `there` that are the backend's.
  static constexpr uint64_t head = 64;
  Device *device;
  /// Small arguments on their way: memory of the host that the device reaches
  /// without help, and memory of the device, `room` bytes of each. No work that
  /// has not been waited for uses it.
  unsigned char *here, *there;
  uint64_t room;
};

/// An argument on its way between the caller's memory and the device's.
struct Move {
  unsigned char *there; ///< on the device
  unsigned char *here;  ///< the caller's; on the device too where `near`
  int64_t bytes;
  bool out;  ///< copied back, instead of forth
  bool near; ///< `here` is memory of the device
};

/// What dlc_context_options.times gets of each launch.
struct Times {
  int64_t began, ended, sum, runs;
};

/// One run of an entry's host code. Its frame has everything but the fields
/// that the backend fills in: launch, constant, guard, mark and device.
struct Work {
  const dlc_entry *entry;
  dlc_frame frame;
  const char *name;    ///< of the function, for messages
  int32_t function;    ///< number under which launches are kept, -1: not kept
  const int64_t *dims; ///< for which they are
  int32_t dimCount, argumentCount;
  const Move *moves;
  int32_t moveCount;
  /// What goes to the device together, before, from `here` to `there` of the
  /// queue: bytes from `sentFrom` on. And back, after: from the head on to
  /// `received`; 0: nothing.
  uint64_t sentFrom, sent, received;
  /// Nobody looks for results before the caller's stream has been waited for.
  bool mayLeave;
  /// Whatever other queues have been given comes before this.
  bool isLast;
  int64_t *words; ///< on the host: seed and step are read back after; or NULL
  Times *times;   ///< of the entry's timers; or NULL: nobody asks, or it has none
};

} // namespace dlc::v1

namespace dlc::v1 {
struct OnDevice;
}

/// Every function may wait and enter the system. All `error`s are DLC_NO_DEVICE,
/// DLC_OLD_DRIVER, DLC_NO_MEMORY or DLC_DEVICE_FAILED.
struct dlc_backend {
  /// Opens device number `id` for a variant of the model and loads its code.
  dlc_status (*open)(const dlc_model &model, const dlc_variant &variant, int32_t id, dlc::v1::Device *&device,
                     dlc_error *error);
  void (*close)(dlc::v1::Device *device);
  /// Memory aligned to 256 bytes, of unspecified values; `what` it is for.
  dlc_status (*allocate)(dlc::v1::Device &device, uint64_t bytes, const char *what, unsigned char *&memory,
                         dlc_error *error);
  void (*release)(dlc::v1::Device &device, unsigned char *memory);
  /// Copies to the device (or, `out`, from it), and waits for all its work.
  dlc_status (*copy)(dlc::v1::Device &device, unsigned char *there, void *here, uint64_t bytes, bool out,
                     dlc_error *error);
  /// `stream`: the caller's, or NULL for a new one. `small`: bytes for small
  /// arguments, the head not counted.
  dlc_status (*begin)(dlc::v1::Device &device, void *stream, uint64_t small, dlc::v1::Queue *&queue, dlc_error *error);
  /// Waits for its work first.
  void (*end)(dlc::v1::Queue *queue);
  /// Moves inputs, runs, moves outputs, waits; the last not where `mayLeave`
  /// and no kernel can find a data error. `fault.site` stays -1 unless one was
  /// found, which is no failure here. After a failure nothing is under way.
  dlc_status (*run)(dlc::v1::Queue &queue, const dlc::v1::Work &work, dlc_fault &fault, dlc_error *error);
  /// What calls these: always dlc::v1::onDevice.
  const dlc::v1::OnDevice *onDevice;
};

#endif
