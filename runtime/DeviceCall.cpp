// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call on a device: the caller's arguments are copied to addresses that stay
// the same from call to call, unless they lie on the device already, where
// compiled code can use them.
#include "DeviceWeights.h"
#include "Memory.h"
#include "Model.h"
#include "Types.h"
#include <algorithm>

using namespace dlc::v1;

/// Compiled code reads and writes 16 bytes at once from the beginning of a
/// tensor; staged arguments begin at whole lines of a cache.
static constexpr uint64_t accessAlignment = 16, apart = 256;

static uint64_t rounded(int64_t bytes) { return (uint64_t(bytes) + apart - 1) / apart * apart; }

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
  uint64_t checked = 0;
  for (int32_t f = 0; f < model.function_count; ++f) {
    const dlc_function &function = model.functions[f];
    computeExtents(function, context.bounds, context.extents);
    context.stagingBytes = std::max(context.stagingBytes, stagingOf(function, context.extents));
    checked = std::max(checked, checkedOf(function, context.extents));
  }
  if (!(context.checked = allocate(checked)))
    return fail(error, DLC_NO_MEMORY) << "out of memory for a context of " << model.name;
  dlc_status status = DLC_OK;
  if (!context.arena)
    status = model.backend->allocate(device, arenaBytes, "the context's arena", context.arena, error);
  if (!status)
    status = model.backend->allocate(device, context.stagingBytes, "the context's arguments", context.staging, error);
  return status ? status : model.backend->begin(device, options.stream, context.queue, error);
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

/// Fills in context.addresses and context.moves; returns how many moves.
static int32_t placeArguments(const Call &call) {
  dlc_context &context = call.context;
  const int64_t *extents = context.extents;
  uint64_t at = 0;
  int32_t moves = 0;
  for (int32_t a = 0; a < call.function.argument_count; ++a) {
    const dlc_argument &argument = call.function.arguments[a];
    int64_t bytes = bytesOf(argument.type, extents, argument.rank);
    extents += argument.rank;
    auto *given = static_cast<unsigned char *>(context.arguments[a]);
    bool near = context.isOnDevice[a];
    context.addresses[a] = given;
    if (near && reinterpret_cast<uintptr_t>(given) % accessAlignment == 0)
      continue;
    context.addresses[a] = context.staging + at;
    context.moves[moves++] = {context.staging + at, given, bytes, argument.kind == DLC_OUTPUT, near};
    at += rounded(bytes);
  }
  return moves;
}

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
  if (!prepares) {
    uint64_t bytes = stagingOf(call.function, context.extents);
    if (bytes > context.stagingBytes)
      if (dlc_status status = growStaging(call, bytes))
        return status;
    work.moveCount = placeArguments(call);
    work.moves = context.moves;
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
  if (dlc_status status = model.backend->run(*context.queue, work, context.fault, call.error))
    return status;
  if (trains && context.fault.site == -1) {
    block.setSeed(words[0]);
    block.setStep(words[1]);
    block.newest.store(Newest::Device, std::memory_order_release);
  }
  return DLC_OK;
}

const OnDevice dlc::v1::onDevice = {emptyDevice, useDevice, moveWeights, runOnceOnDevice,
                                    begin,       end,       takeValues,  runCall};
