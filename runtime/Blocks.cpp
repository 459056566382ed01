// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The blocks behind a weights handle: allocating, initialising, preparing and
// replacing them.
#include "Cpu.h"
#include "Errors.h"
#include "Memory.h"
#include "Model.h"
#include "Threads.h"
#include "Weights.h"
#include <cstring>

using namespace dlc::v1;

dlc_status dlc::v1::fillBlock(const dlc_model &model, Block &block, const Block *like, dlc_error *error) {
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
    if (!(prepared.memory = allocate(uint64_t(model.variants[v].prepared_bytes))))
      return fail(error, DLC_NO_MEMORY) << "out of memory for the prepared weights of " << model.name << ": "
                                        << model.variants[v].prepared_bytes << " bytes";
  }
  return DLC_OK;
}

void dlc::v1::emptyBlock(const dlc_model &model, Block &block) {
  if (!block.mapped)
    release(block.state);
  block.state = nullptr;
  block.mapped = false;
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

dlc_status dlc::v1::ownState(const dlc_model &model, Block &block, dlc_error *error) {
  if (!block.mapped)
    return DLC_OK;
  const unsigned char *from = block.state;
  if (dlc_status status = fillBlock(model, block, nullptr, error)) {
    block.state = const_cast<unsigned char *>(from);
    block.mapped = true;
    return status;
  }
  memcpy(block.state, from, size_t(model.state_bytes));
  return DLC_OK;
}

dlc_status dlc::v1::runOnce(const dlc_model &model, const dlc_entry &entry, bool usesTiles, Block &block,
                            unsigned char *prepared, dlc_error *error) {
  // Neither function has arguments, so no named dimension has a size here.
  Carver measure;
  measure.take<int64_t>(model.dim_count);
  measure.take<int64_t>(entry.offset_count);
  unsigned char *tables = allocate(measure.bytes());
  unsigned char *arena = nullptr;
  dlc_status status = DLC_OK;
  if (tables) {
    Carver carver(tables);
    int64_t *dims = carver.take<int64_t>(model.dim_count), *offsets = carver.take<int64_t>(entry.offset_count);
    int64_t bytes = entry.plan ? entry.plan(dims, 1, offsets) : 0;
    if (bytes >= 0 && (arena = allocate(uint64_t(bytes)))) {
      dlc_fault fault{-1, 0, 0, 0};
      dlc_frame frame{nullptr, block.state, prepared,         arena,      offsets,
                      dims,    serialFor,   /*user=*/nullptr, model.data, &fault};
      FloatingPoint guard(usesTiles);
      if (runCode(entry, frame))
        status = fail(error, DLC_BAD_VALUE) << model.name << ": preparing the weights met index " << fault.value
                                            << ", expected a value in [0, " << fault.bound << ')';
    }
  }
  if (!arena)
    status = fail(error, DLC_NO_MEMORY) << "out of memory to prepare the weights of " << model.name;
  release(arena);
  release(tables);
  return status;
}

dlc_status dlc::v1::initialise(const dlc_weights &weights, Block &block, int64_t seed, dlc_error *error) {
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
  if (!variant.initialise.code)
    return DLC_OK;
  return runOnce(model, variant.initialise, variant.features & DLC_CPU_AMX, block, nullptr, error);
}

/// Makes one prepared block; the caller alone may write it.
static dlc_status prepare(const dlc_model &model, Block &block, int32_t v, dlc_error *error) {
  const dlc_variant &variant = model.variants[v];
  Prepared &prepared = block.prepared[v];
  uint64_t version = block.version.load(std::memory_order_relaxed);
  if (!version || !variant.prepare.code)
    return DLC_OK;
  if (dlc_status status =
          runOnce(model, variant.prepare, variant.features & DLC_CPU_AMX, block, prepared.memory, error))
    return status;
  prepared.version.store(version, std::memory_order_release);
  return DLC_OK;
}

dlc_status dlc::v1::prepareAll(const dlc_model &model, Block &block, dlc_error *error) {
  for (int32_t v = 0; v < model.variant_count; ++v)
    if (block.prepared[v].memory)
      if (dlc_status status = prepare(model, block, v, error))
        return status;
  return DLC_OK;
}

dlc_status dlc::v1::wantVariant(dlc_weights &weights, int32_t v, dlc_error *error) {
  const dlc_model &model = *weights.model;
  const dlc_variant &variant = model.variants[v];
  Prepared &seen = weights.front().prepared[v];
  // One made at compile time is read where it lies in the library.
  if (variant.prepared_data >= 0 || !variant.prepare.code || seen.memory)
    return DLC_OK;
  // No context of this variant exists, so no call looks at the pointer yet.
  if (!(seen.memory = allocate(uint64_t(variant.prepared_bytes))))
    return fail(error, DLC_NO_MEMORY) << "out of memory for the prepared weights of " << model.name << ": "
                                      << variant.prepared_bytes << " bytes";
  int block = weights.gate.enter();
  if (block < 0)
    return DLC_OK;
  dlc_status status = prepare(model, weights.blocks[block], v, error);
  weights.gate.leave(block);
  return status;
}

dlc_status Replacement::begin(dlc_error *error) {
  int block = weights.gate.write();
  if (block < 0)
    return fail(error, DLC_BUSY) << "weights are being trained, or a call "
                                    "still runs on values replaced before";
  back = block;
  return fillBlock(*weights.model, weights.blocks[back], &weights.blocks[!back], error);
}

dlc_status Replacement::finish(bool keep, dlc_error *error) {
  Block &next = block(), &old = weights.blocks[!back];
  if (next.version.load(std::memory_order_relaxed))
    next.version.store(old.version.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  if (dlc_status status = prepareAll(*weights.model, next, error))
    return status;
  weights.gate.endWriting(/*turn=*/true);
  back = -1;
  if (!keep && weights.gate.backIsIdle())
    emptyBlock(*weights.model, old);
  return succeed(error);
}

Replacement::~Replacement() {
  if (back < 0)
    return;
  emptyBlock(*weights.model, block());
  weights.gate.endWriting(/*turn=*/false);
}
