// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call on a device: the caller's arguments are copied to addresses that stay
// the same from call to call, unless they lie on the device already, where
// compiled code can use them.
#include "DeviceWeights.h"
#include "Memory.h"
#include "Model.h"
#include "Types.h"
#include <algorithm>
#include <cstring>

using namespace dlc::v1;

/// Compiled code reads and writes 16 bytes at once from the beginning of a
/// tensor; staged arguments begin at whole lines of a cache.
static constexpr uint64_t accessAlignment = 16, apart = 256;

static uint64_t rounded(int64_t bytes) { return (uint64_t(bytes) + apart - 1) / apart * apart; }

/// The bytes of an argument that goes with others, gathered, instead of alone: a
/// copy of its own costs some 5 us of the host and as much of the device's
/// queue, in which the host gathers about as many bytes. (The driver gathers
/// what is not pinned in any case.) Gathered arguments begin at lines of 64 bytes.
static constexpr int64_t mostGathered = 64 << 10;
static uint64_t lines(int64_t bytes) { return (uint64_t(bytes) + 63) / 64 * 64; }

/// Bytes that all arguments of a function need for the extents in the context.
static uint64_t stagingOf(const dlc_function &function, const int64_t *extents) {
  uint64_t total = 0;
  for (int32_t a = 0; a < function.argument_count; ++a) {
    const dlc_argument &argument = function.arguments[a];
    total += rounded(bytesOf(argument.type, extents, argument.rank));
    extents += argument.rank;
  }
  return total;
}

/// Bytes of all small arguments of a function for the extents in the context.
static uint64_t gatheredOf(const dlc_function &function, const int64_t *extents) {
  uint64_t total = 0;
  for (int32_t a = 0; a < function.argument_count; ++a) {
    const dlc_argument &argument = function.arguments[a];
    total += lines(std::min(bytesOf(argument.type, extents, argument.rank), mostGathered));
    extents += argument.rank;
  }
  return total;
}

/// Bytes of the largest input of a function whose values are checked.
static uint64_t checkedOf(const dlc_function &function, const int64_t *extents) {
  int64_t most = 0;
  for (int32_t a = 0; a < function.argument_count; ++a) {
    const dlc_argument &argument = function.arguments[a];
    if (argument.kind != DLC_OUTPUT && hasLimits(argument))
      most = std::max(most, bytesOf(argument.type, extents, argument.rank));
    extents += argument.rank;
  }
  return uint64_t(most);
}

/// Whether launches can be timed as the options ask.
static dlc_status takeTimes(dlc_context &context, const dlc_context_options &options, dlc_error *error) {
  const dlc_model &model = *context.model;
  if (!options.times)
    return DLC_OK;
  int32_t most = 0;
  for (int32_t f = 0; f < model.function_count; ++f)
    most = std::max(most, context.variant->entries[f].timers);
  if (!most)
    return fail(error, DLC_UNSUPPORTED) << model.name << " has no timers: compile it with --profile";
  uint64_t bytes = uint64_t(most) * sizeof(Times);
  if (options.times_bytes < bytes)
    return fail(error, DLC_BAD_ARGUMENT) << "options.times has " << options.times_bytes << " bytes, the launches of "
                                         << model.name << " need " << bytes;
  context.times = reinterpret_cast<Times *>(options.times);
  return DLC_OK;
}

static dlc_status begin(dlc_context &context, const dlc_context_options &options, uint64_t arenaBytes,
                        dlc_error *error) {
  const dlc_model &model = *context.model;
  if (dlc_status status = takeTimes(context, options, error))
    return status;
  Device &device = *context.weights->device;
  uint64_t checked = 0, small = 0;
  for (int32_t f = 0; f < model.function_count; ++f) {
    const dlc_function &function = model.functions[f];
    computeExtents(function, context.bounds, context.extents);
    context.stagingBytes = std::max(context.stagingBytes, stagingOf(function, context.extents));
    checked = std::max(checked, checkedOf(function, context.extents));
    small = std::max(small, gatheredOf(function, context.extents));
  }
  if (!(context.checked = allocate(checked)))
    return fail(error, DLC_NO_MEMORY) << "out of memory for a context of " << model.name;
  dlc_status status = DLC_OK;
  if (!context.arena)
    status = model.backend->allocate(device, arenaBytes, "the context's arena", context.arena, error);
  if (!status)
    status = model.backend->allocate(device, context.stagingBytes, "the context's arguments", context.staging, error);
  context.ownsStream = !options.stream;
  return status ? status : model.backend->begin(device, options.stream, small, context.queue, error);
}

static void end(dlc_context &context) {
  const dlc_backend &backend = *context.model->backend;
  Device &device = *context.weights->device;
  backend.end(context.queue);
  release(context.checked);
  backend.release(device, context.staging);
  if (context.ownsArena)
    backend.release(device, context.arena);
}

/// More room for arguments: an output may be larger than at the upper bounds,
/// where its extent is an expression like 16 - n.
static dlc_status growStaging(const Call &call, uint64_t bytes) {
  dlc_context &context = call.context;
  const dlc_backend &backend = *context.model->backend;
  Device &device = *context.weights->device;
  unsigned char *memory = nullptr;
  if (dlc_status status = backend.allocate(device, bytes, "the context's arguments", memory, call.error))
    return status;
  backend.release(device, context.staging);
  context.staging = memory;
  context.stagingBytes = bytes;
  return DLC_OK;
}

namespace {
/// Where the arguments of a call go.
class Places {
public:
  Places(const Call &call, Work &work) : context(call.context), function(call.function), work(work) {}

  /// Fills in context.addresses, the work's moves and what it sends and receives
  /// together: outputs first, as they come back behind the queue's head.
  void fill() {
    place(/*outputs=*/true);
    work.received = gathered > Queue::head ? gathered : 0;
    work.sentFrom = gathered;
    place(/*outputs=*/false);
    work.sent = gathered - work.sentFrom;
    work.moves = context.moves;
    work.moveCount = alone;
    work.mayLeave = !context.ownsStream && !ofHost;
  }

  /// Hands the caller the small outputs that have come back.
  void deliver() const {
    for (int32_t i = 0; i < together; ++i) {
      const Move &move = smallMove(i);
      if (move.out && move.bytes)
        memcpy(move.here, context.queue->here + (move.there - context.queue->there), size_t(move.bytes));
    }
  }

private:
  /// Those that go alone stand at the beginning of the table, the others at its end.
  Move &smallMove(int32_t i) const { return context.moves[2 * function.argument_count - 1 - i]; }

  void place(bool outputs) {
    const int64_t *extents = context.extents;
    for (int32_t a = 0; a < function.argument_count; extents += function.arguments[a++].rank) {
      const dlc_argument &argument = function.arguments[a];
      if ((argument.kind == DLC_OUTPUT) == outputs)
        context.addresses[a] = place(static_cast<unsigned char *>(context.arguments[a]), context.isOnDevice[a],
                                     bytesOf(argument.type, extents, argument.rank), outputs);
    }
  }

  unsigned char *place(unsigned char *given, bool near, int64_t bytes, bool output) {
    if (near && reinterpret_cast<uintptr_t>(given) % accessAlignment == 0)
      return given;
    ofHost |= !near && bytes;
    Queue &queue = *context.queue;
    bool isSmall = !near && bytes <= mostGathered && gathered + lines(bytes) <= queue.room;
    unsigned char *there = isSmall ? queue.there + gathered : context.staging + staged;
    (isSmall ? smallMove(together++) : context.moves[alone++]) = {there, given, bytes, output, near};
    if (isSmall && !output && bytes)
      memcpy(queue.here + gathered, given, size_t(bytes));
    (isSmall ? gathered : staged) += isSmall ? lines(bytes) : rounded(bytes);
    return there;
  }

  dlc_context &context;
  const dlc_function &function;
  Work &work;
  uint64_t gathered = Queue::head, staged = 0;
  int32_t alone = 0, together = 0;
  bool ofHost = false;
};
} // namespace

static dlc_status takeValues(const Call &call, int64_t bytes, const void *&values) {
  dlc_context &context = call.context;
  auto *there = static_cast<unsigned char *>(const_cast<void *>(values));
  values = context.checked;
  return context.model->backend->copy(*context.weights->device, there, context.checked, uint64_t(bytes),
                                      /*out=*/true, call.error);
}

static dlc_status runCall(const Call &call, Block &block, bool prepares, bool trains, dlc_frame &frame) {
  dlc_context &context = call.context;
  const dlc_model &model = call.model();
  if (dlc_status status = bringToDevice(*context.weights, block, call.error))
    return status;
  Work work{};
  work.name = call.function.name;
  work.function = -1;
  work.entry = &context.variant->prepare;
  int64_t words[2];
  Places places(call, work);
  if (!prepares) {
    uint64_t bytes = stagingOf(call.function, context.extents);
    if (bytes > context.stagingBytes)
      if (dlc_status status = growStaging(call, bytes))
        return status;
    places.fill();
    work.entry = &context.variant->entries[call.index];
    work.function = call.index;
    work.dims = context.dims;
    work.dimCount = model.dim_count;
    work.argumentCount = call.function.argument_count;
    work.words = trains ? words : nullptr;
    work.times = work.entry->timers ? context.times : nullptr;
  }
  frame.arguments = context.addresses;
  frame.state = block.onDevice;
  work.frame = frame;
  // Calls that nobody waited for still read what this one writes.
  work.isLast = (trains || prepares) && block.hasUnwaited.exchange(false, std::memory_order_acq_rel);
  if (work.mayLeave)
    block.hasUnwaited.store(true, std::memory_order_release);
  if (dlc_status status = model.backend->run(*context.queue, work, context.fault, call.error))
    return status;
  if (context.fault.site == -1)
    places.deliver();
  if (trains && context.fault.site == -1) {
    block.setSeed(words[0]);
    block.setStep(words[1]);
    block.newest.store(Newest::Device, std::memory_order_release);
  }
  return DLC_OK;
}

const OnDevice dlc::v1::onDevice = {emptyDevice, useDevice, moveWeights, runOnceOnDevice,
                                    begin,       end,       takeValues,  runCall};
