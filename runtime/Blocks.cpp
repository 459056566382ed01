// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The blocks behind a weights handle: allocating, initialising, preparing and
// replacing them.
#include "Cpu.h"
#include "Errors.h"
#include "Memory.h"
#include "Model.h"
#include "OnDevice.h"
#include "Threads.h"
#include "Weights.h"
#include <cstring>

using namespace dlc::v1;

/// Memory for a variant's prepared block, where the variant runs.
static dlc_status allocatePrepared(const dlc_weights &weights, int32_t v, unsigned char *&memory, dlc_error *error) {
  const dlc_model &model = *weights.model;
  const dlc_variant &variant = model.variants[v];
  auto bytes = uint64_t(variant.prepared_bytes);
  if (variant.device)
    return model.backend->allocate(*weights.device, bytes, "prepared weights", memory, error);
  if ((memory = allocate(bytes)))
    return DLC_OK;
  return fail(error, DLC_NO_MEMORY) << "out of memory for the prepared weights of " << model.name << ": " << bytes
                                    << " bytes";
}

dlc_status dlc::v1::fillBlock(const dlc_weights &weights, Block &block, const Block *like, dlc_error *error) {
  const dlc_model &model = *weights.model;
  if (block.mapped) {
    block.state = nullptr;
    block.mapped = false;
  }
  if (!block.state && !(block.state = allocate(uint64_t(model.state_bytes))))
    return fail(error, DLC_NO_MEMORY) << "out of memory for the parameters of " << model.name << ": "
                                      << model.state_bytes << " bytes";
  for (int32_t v = 0; like && v < model.variant_count; ++v) {
    Prepared &prepared = block.prepared[v];
    if (!like->prepared[v].memory || prepared.memory)
      continue;
    if (dlc_status status = allocatePrepared(weights, v, prepared.memory, error))
      return status;
  }
  return DLC_OK;
}

void dlc::v1::emptyBlock(const dlc_weights &weights, Block &block) {
  const dlc_model &model = *weights.model;
  if (!block.mapped)
    release(block.state);
  block.state = nullptr;
  block.mapped = false;
  if (weights.device)
    model.backend->onDevice->empty(weights, block);
  for (int32_t v = 0; v < model.variant_count; ++v) {
    release(block.prepared[v].memory);
    block.prepared[v].memory = nullptr;
    block.prepared[v].version.store(0, std::memory_order_relaxed);
  }
}

const unsigned char *dlc::v1::mappedState(const dlc_model &model) {
  if (!model.data || !model.parameter_count)
    return nullptr;
  int64_t from = model.parameters[0].data - model.parameters[0].offset;
  if (from < 0 || from % int64_t(blockAlignment) || from + model.state_bytes > model.data_bytes)
    return nullptr;
  for (int32_t i = 0; i < model.parameter_count; ++i)
    if (model.parameters[i].data < 0 || model.parameters[i].data - model.parameters[i].offset != from)
      return nullptr;
  for (int32_t f = 0; f < model.function_count; ++f)
    if (model.functions[f].flags & DLC_TRAINS)
      return nullptr;
  const unsigned char *state = model.data + from;
  constexpr unsigned char zeros[16] = {}; // seed and step
  return memcmp(state, zeros, sizeof(zeros)) ? nullptr : state;
}

dlc_status dlc::v1::ownState(const dlc_weights &weights, Block &block, dlc_error *error) {
  if (!block.mapped)
    return bringToHost(weights, block, error);
  const unsigned char *from = block.state;
  if (dlc_status status = fillBlock(weights, block, nullptr, error)) {
    block.state = const_cast<unsigned char *>(from);
    block.mapped = true;
    return status;
  }
  memcpy(block.state, from, size_t(weights.model->state_bytes));
  return DLC_OK;
}

/// runOnce with dimensions and offsets at hand.
static dlc_status runHere(const dlc_model &model, const dlc_variant &variant, const dlc_entry &entry, uint64_t bytes,
                          dlc_frame &frame, dlc_error *error) {
  if (!(frame.arena = allocate(bytes)))
    return fail(error, DLC_NO_MEMORY) << "out of memory to prepare the weights of " << model.name;
  FloatingPoint guard(variant.features & DLC_CPU_AMX);
  runCode(entry, frame);
  release(frame.arena);
  return DLC_OK;
}

dlc_status dlc::v1::runOnce(const dlc_weights &weights, const dlc_variant &variant, const dlc_entry &entry,
                            Block &block, unsigned char *prepared, dlc_error *error) {
  const dlc_model &model = *weights.model;
  // Neither function has arguments, so no named dimension has a size here.
  Carver measure;
  measure.take<int64_t>(model.dim_count);
  measure.take<int64_t>(entry.offset_count);
  unsigned char *tables = allocate(measure.bytes());
  dlc_status status = DLC_OK;
  int64_t bytes = -1;
  dlc_fault fault{-1, 0, 0, 0};
  if (tables) {
    Carver carver(tables);
    int64_t *dims = carver.take<int64_t>(model.dim_count), *offsets = carver.take<int64_t>(entry.offset_count);
    dlc_frame frame{};
    frame.state = block.state;
    frame.prepared = prepared;
    frame.offsets = offsets;
    frame.dims = dims;
    frame.parallel_for = serialFor;
    frame.data = model.data;
    frame.fault = &fault;
    bytes = entry.plan ? entry.plan(dims, 1, offsets) : 0;
    if (bytes >= 0)
      status = variant.device ? model.backend->onDevice->runOnce(weights, entry, uint64_t(bytes), block, frame, error)
                              : runHere(model, variant, entry, uint64_t(bytes), frame, error);
  }
  release(tables);
  if (bytes < 0)
    return fail(error, DLC_NO_MEMORY) << "out of memory to prepare the weights of " << model.name;
  if (status || fault.site == -1)
    return status;
  return fail(error, DLC_BAD_VALUE) << model.name << ": preparing the weights met index " << fault.value
                                    << ", expected a value in [0, " << fault.bound << ')';
}

dlc_status dlc::v1::initialise(dlc_weights &weights, Block &block, int64_t seed, dlc_error *error) {
  const dlc_model &model = *weights.model;
  const dlc_variant &variant = model.variants[weights.variant];
  memset(block.state, 0, size_t(model.state_bytes));
  block.setSeed(seed);
  uint64_t version = 1;
  for (int32_t i = 0; i < model.parameter_count; ++i) {
    const dlc_parameter &parameter = model.parameters[i];
    if (parameter.data < 0)
      continue;
    if (model.data)
      memcpy(block.state + parameter.offset, model.data + parameter.data, size_t(parameter.bytes));
    else
      version = 0;
  }
  block.version.store(version, std::memory_order_relaxed);
  block.newest.store(Newest::Host, std::memory_order_relaxed);
  if (!variant.initialise.code)
    return DLC_OK;
  if (variant.device) // of a library that has no other
    if (dlc_status status =
            model.backend->onDevice->use(weights, weights.variant, weights.device ? weights.device->id : 0, error))
      return status;
  return runOnce(weights, variant, variant.initialise, block, nullptr, error);
}

/// Makes one prepared block; the caller alone may write it.
static dlc_status prepare(const dlc_weights &weights, Block &block, int32_t v, dlc_error *error) {
  const dlc_variant &variant = weights.model->variants[v];
  Prepared &prepared = block.prepared[v];
  uint64_t version = block.version.load(std::memory_order_relaxed);
  if (!version || !keepsPrepared(variant))
    return DLC_OK;
  dlc_status status;
  if (variant.prepared_data < 0) {
    status = runOnce(weights, variant, variant.prepare, block, prepared.memory, error);
  } else {
    auto *made = const_cast<unsigned char *>(weights.model->data) + variant.prepared_data;
    status = weights.model->backend->copy(*weights.device, prepared.memory, made, uint64_t(variant.prepared_bytes),
                                          /*out=*/false, error);
  }
  if (status)
    return status;
  prepared.version.store(version, std::memory_order_release);
  return DLC_OK;
}

dlc_status dlc::v1::prepareAll(const dlc_weights &weights, Block &block, dlc_error *error) {
  for (int32_t v = 0; v < weights.model->variant_count; ++v)
    if (block.prepared[v].memory)
      if (dlc_status status = prepare(weights, block, v, error))
        return status;
  return DLC_OK;
}

dlc_status dlc::v1::wantVariant(dlc_weights &weights, int32_t v, dlc_error *error) {
  const dlc_model &model = *weights.model;
  const dlc_variant &variant = model.variants[v];
  Prepared &seen = weights.front().prepared[v];
  if (!keepsPrepared(variant) || seen.memory)
    return DLC_OK;
  // No context of this variant exists, so no call looks at the pointer yet.
  if (dlc_status status = allocatePrepared(weights, v, seen.memory, error))
    return status;
  int block = weights.gate.enter();
  if (block < 0)
    return DLC_OK;
  dlc_status status = prepare(weights, weights.blocks[block], v, error);
  weights.gate.leave(block);
  return status;
}

dlc_status Replacement::begin(dlc_error *error) {
  int block = weights.gate.write();
  if (block < 0)
    return fail(error, DLC_BUSY) << "weights are being trained, or a call "
                                    "still runs on values replaced before";
  back = block;
  weights.blocks[back].newest.store(Newest::Host, std::memory_order_relaxed);
  return fillBlock(weights, weights.blocks[back], &weights.blocks[!back], error);
}

dlc_status Replacement::finish(bool keep, dlc_error *error) {
  Block &next = block(), &old = weights.blocks[!back];
  if (next.version.load(std::memory_order_relaxed))
    next.version.store(old.version.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  if (dlc_status status = prepareAll(weights, next, error))
    return status;
  weights.gate.endWriting(/*turn=*/true);
  back = -1;
  if (!keep && weights.gate.backIsIdle())
    emptyBlock(weights, old);
  return succeed(error);
}

Replacement::~Replacement() {
  if (back < 0)
    return;
  emptyBlock(weights, block());
  weights.gate.endWriting(/*turn=*/false);
}
