// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What weights, contexts and calls do about variants for a device: the part of
// the runtime that is the same for any backend. It is reached through the
// backend, so that libraries for processors alone do not link it.
#ifndef DLC_RUNTIME_ONDEVICE_H
#define DLC_RUNTIME_ONDEVICE_H
#include "Call.h"
#include "Weights.h"

namespace dlc::v1 {

struct OnDevice {
  /// Frees what `block` has on the device: its values and prepared blocks.
  void (*empty)(const dlc_weights &weights, Block &block);
  /// Opens device `id` for a variant, or finds it open; under the mutex. A
  /// device of another number is left for it where no context is on that one.
  dlc_status (*use)(dlc_weights &weights, int32_t variant, int32_t id, dlc_error *error);
  /// Copies a block's values from the device to the host (`here`), or back.
  /// DLC_BUSY: another call is doing it.
  dlc_status (*move)(const dlc_weights &weights, Block &block, bool here, dlc_error *error);
  /// Runs `initialise` or `prepare` on the device. `frame` has the host's
  /// state; its arena has `bytes`. A data error goes to frame.fault.
  dlc_status (*runOnce)(const dlc_weights &weights, const dlc_entry &entry, uint64_t bytes, Block &block,
                        dlc_frame &frame, dlc_error *error);
  /// Gives a context, whose weights have the device open, what its calls need
  /// there; `arenaBytes` for its arena where the options bring none.
  dlc_status (*begin)(dlc_context &context, const dlc_context_options &options, uint64_t arenaBytes, dlc_error *error);
  /// Frees it, and an arena that is the context's.
  void (*end)(dlc_context &context);
  /// Copies `values`, which lie on the device, to memory of the context's and
  /// points there instead.
  dlc_status (*bringValues)(const Call &call, int64_t bytes, const void *&values);
  /// Runs the call's function, or (`prepares`) what packs the weights, with the
  /// arguments in context.arguments. `frame` is as for the processor.
  dlc_status (*run)(const Call &call, Block &block, bool prepares, bool trains, dlc_frame &frame);
};

/// For backends to name.
extern const OnDevice onDevice;

/// Whether an input's values are checked before a call.
inline bool hasLimits(const dlc_argument &argument) { return argument.checked || argument.type == DLC_I1; }

// What a call on a device does takes as long as it takes: nothing promises a
// bound on its time.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wfunction-effects"
inline dlc_status bringValues(const Call &call, int64_t bytes, const void *&values) DLC_NONBLOCKING {
  return call.model().backend->onDevice->bringValues(call, bytes, values);
}
inline dlc_status runOnDevice(const Call &call, Block &block, bool prepares, bool trains,
                              dlc_frame &frame) DLC_NONBLOCKING {
  return call.model().backend->onDevice->run(call, block, prepares, trains, frame);
}
/// Brings the device's values to `state` where they are newer.
inline dlc_status bringToHost(const dlc_weights &weights, Block &block, dlc_error *error) DLC_NONBLOCKING {
  Newest newest = block.newest.load(std::memory_order_acquire);
  return newest == Newest::Both || newest == Newest::Host
             ? DLC_OK
             : weights.model->backend->onDevice->move(weights, block, true, error);
}
#pragma GCC diagnostic pop

} // namespace dlc::v1
#endif
