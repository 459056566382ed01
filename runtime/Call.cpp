// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Calling a model's function.
#include "Call.h"
#include "Cpu.h"
#include "Model.h"
#include "OnDevice.h"
#include "Weights.h"
#include <algorithm>

using namespace dlc::v1;

/// What the model's own code found in its data.
static dlc_status reportFault(const Call &call) {
  const dlc_fault &fault = call.context.fault;
  Failure failure = call.fail(DLC_BAD_VALUE);
  if (fault.site >= 0 && fault.site < call.function.argument_count)
    failure << "argument " << Quoted{call.function.arguments[fault.site].name};
  else
    failure << "a tensor of indices computed by the model";
  failure << " holds " << fault.value << " at position " << fault.position << ", expected a value in [0, "
          << fault.bound << ')';
  return failure;
}

static dlc_frame makeFrame(const Call &call, Block &block, unsigned char *prepared, int32_t plan) {
  dlc_context &context = call.context;
  context.fault = {-1, 0, 0, 0};
  dlc_frame frame{};
  frame.arguments = context.arguments;
  frame.state = block.state;
  frame.prepared = prepared;
  frame.arena = context.arena;
  frame.offsets = context.offsets[plan];
  frame.dims = context.dims;
  frame.parallel_for = context.parallelFor;
  frame.user = context.user;
  frame.data = call.model().data;
  frame.fault = &context.fault;
  return frame;
}

/// Runs the code, wherever the variant's runs.
static dlc_status execute(const Call &call, Block &block, bool prepares, bool trains, unsigned char *prepared) {
  dlc_context &context = call.context;
  const dlc_variant &variant = *context.variant;
  dlc_frame frame = makeFrame(call, block, prepared, prepares ? call.model().function_count : call.index);
  dlc_status status = DLC_OK;
  bool faulted = false;
  if (variant.device) {
    status = runOnDevice(call, block, prepares, trains, frame);
    faulted = context.fault.site != -1;
  } else {
    status = bringToHost(*context.weights, block, call.error);
    if (!status)
      faulted = runCode(prepares ? variant.prepare : variant.entries[call.index], frame);
    if (trains)
      block.newest.store(Newest::Host, std::memory_order_release);
  }
  return status || !faulted ? status : reportFault(call);
}

static bool takeBroken(dlc_context &context) {
  return context.hosted.broken.exchange(false, std::memory_order_relaxed);
}

static dlc_status failBroken(const Call &call) {
  return call.fail(DLC_BAD_ARGUMENT) << "parallel_for must run every index once, on workers 0 to "
                                     << call.context.hosted.maxWorkers - 1 << ", before it returns";
}

/// Makes the variant's prepared block when the parameters changed since. One of
/// the readers does it; the others are told to come again rather than to wait.
static dlc_status renew(const Call &call, Block &block, Prepared &prepared) {
  uint64_t version = block.version.load(std::memory_order_acquire);
  uint64_t seen = prepared.version.load(std::memory_order_acquire);
  if (seen == version)
    return DLC_OK;
  if (seen == Prepared::renewing ||
      !prepared.version.compare_exchange_strong(seen, Prepared::renewing, std::memory_order_acquire))
    return call.fail(DLC_BUSY) << "another context is preparing the weights, which changed";
  dlc_status status = execute(call, block, /*prepares=*/true, /*trains=*/false, prepared.memory);
  if (!status && takeBroken(call.context))
    status = failBroken(call);
  prepared.version.store(status ? seen : version, std::memory_order_release);
  return status;
}

static dlc_status runWith(const Call &call, Block &block, bool trains) {
  dlc_context &context = call.context;
  const dlc_model &model = call.model();
  const dlc_variant &variant = *context.variant;
  uint64_t version = block.version.load(std::memory_order_acquire);
  if (!version)
    return call.fail(DLC_NO_WEIGHTS) << "weights of " << model.name << " are external: load them first";

  FloatingPoint guard(context.usesTiles);
  unsigned char *prepared = nullptr;
  if (!keepsPrepared(variant) && variant.prepared_data >= 0) {
    prepared = const_cast<unsigned char *>(model.data) + variant.prepared_data;
  } else if (keepsPrepared(variant)) {
    Prepared &mine = block.prepared[context.variantIndex];
    if (variant.prepare.code && !(call.function.flags & DLC_UNPREPARED))
      if (dlc_status status = renew(call, block, mine))
        return status;
    prepared = mine.memory;
  }

  if (dlc_status status = execute(call, block, /*prepares=*/false, trains, prepared))
    return status;
  if (trains)
    block.version.store(version + 1, std::memory_order_release);
  return takeBroken(context) ? failBroken(call) : succeed(call.error);
}

dlc_status dlc::v1::run(const Call &call) DLC_NONBLOCKING {
  dlc_context &context = call.context;
  Gate &gate = context.weights->gate;
  if (!context.variant->entries[call.index].code)
    return call.fail(DLC_UNSUPPORTED) << "variant " << context.variant->name << " has no code for this function";
  bool trains = call.function.flags & DLC_TRAINS;
  int block = trains ? gate.train() : gate.enter();
  if (block < 0)
    return call.fail(DLC_BUSY) << (trains ? "weights are in use by another call"
                                          : "weights are being trained by another call");
  dlc_status status = runWith(call, context.weights->blocks[block], trains);
  if (trains)
    gate.endTraining();
  else
    gate.leave(block);
  return status;
}

dlc_status dlc::v1::findFunction(dlc_context *context, int32_t function, dlc_error *error) DLC_NONBLOCKING {
  if (!context)
    return fail(error, DLC_BAD_ARGUMENT) << "context is NULL";
  if (function < 0 || function >= context->model->function_count)
    return fail(error, DLC_BAD_ARGUMENT) << context->model->name << " has no function number " << function;
  return DLC_OK;
}

extern "C" dlc_status dlc_call(dlc_context *context, int32_t function, const int64_t *dims, void *const *arguments,
                               dlc_error *error) DLC_NONBLOCKING {
  if (dlc_status status = findFunction(context, function, error))
    return status;
  Call call{*context, function, context->model->functions[function], error};
  Hold hold(*context);
  if (!hold.held())
    return call.fail(DLC_BUSY) << "another call runs on this context";
  int32_t count = call.function.argument_count;
  if ((!dims && call.model().dim_count) || (!arguments && count))
    return call.fail(DLC_BAD_ARGUMENT) << (arguments ? "dims" : "arguments") << " is NULL";
  std::copy_n(dims, call.model().dim_count, context->dims);
  std::copy_n(arguments, count, context->arguments);
  if (context->isOnDevice)
    std::fill_n(context->isOnDevice, count, 0);
  if (dlc_status status = checkDims(call))
    return status;
  if (dlc_status status = checkRequirements(call.model(), function, context->dims, error))
    return status;
  computeExtents(call.function, context->dims, context->extents);
  if (dlc_status status = checkArguments(call))
    return status;
  return run(call);
}
