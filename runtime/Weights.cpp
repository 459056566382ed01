// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Creating and destroying weights, and questions about them.
#include "Weights.h"
#include "Checkpoint.h"
#include "Cpu.h"
#include "Errors.h"
#include "Memory.h"
#include "OnDevice.h"
#include <cstring>
#include <new>

using namespace dlc::v1;

dlc_weights *dlc::v1::newWeights(const dlc_model *model, int32_t variant) {
  // Both blocks' tables of prepared blocks lie behind the handle.
  uint64_t table = sizeof(Prepared) * uint64_t(model->variant_count);
  uint64_t head = (sizeof(dlc_weights) + blockAlignment - 1) / blockAlignment * blockAlignment;
  unsigned char *memory = allocate(head + 2 * table);
  if (!memory)
    return nullptr;
  auto *weights = new (memory) dlc_weights{};
  weights->model = model;
  weights->variant = variant;
  pthread_mutex_init(&weights->mutex, nullptr);
  for (int b = 0; b < 2; ++b) {
    auto *prepared = reinterpret_cast<Prepared *>(memory + head + uint64_t(b) * table);
    for (int32_t v = 0; v < model->variant_count; ++v)
      new (prepared + v) Prepared{};
    weights->blocks[b].prepared = prepared;
  }
  return weights;
}

void dlc::v1::freeWeights(dlc_weights *weights) {
  for (Block &block : weights->blocks)
    emptyBlock(*weights, block);
  if (weights->device)
    weights->device->backend->close(weights->device);
  pthread_mutex_destroy(&weights->mutex);
  release(weights);
}

extern "C" dlc_status dlc_weights_create(const dlc_model *model, uint64_t signature, const void *data, size_t bytes,
                                         dlc_weights **out, dlc_error *error) {
  KeepErrno keep;
  if (!out)
    return fail(error, DLC_BAD_ARGUMENT) << "weights is NULL";
  *out = nullptr;
  if (dlc_status status = dlc_model_check(model, signature, error))
    return status;
  int32_t variant = 0;
  if (dlc_status status = portableVariant(*model, variant, error))
    return status;
  dlc_weights *weights = newWeights(model, variant);
  if (!weights)
    return fail(error, DLC_NO_MEMORY) << "out of memory for weights of " << model->name;
  Block &block = weights->blocks[0];
  dlc_status status = DLC_OK;
  if (const unsigned char *state = mappedState(*model)) {
    block.state = const_cast<unsigned char *>(state);
    block.mapped = true;
    block.version.store(1, std::memory_order_relaxed);
  } else {
    status = fillBlock(*weights, block, nullptr, error);
    if (!status)
      status = initialise(*weights, block, 0, error);
  }
  if (!status && data)
    status = dlc_weights_load_memory(weights, data, bytes, error);
  if (status) {
    freeWeights(weights);
    return status;
  }
  *out = weights;
  return succeed(error);
}

extern "C" dlc_status dlc_weights_destroy(dlc_weights *weights) {
  if (!weights)
    return DLC_OK;
  KeepErrno keep;
  {
    Lock lock(weights->mutex);
    if (weights->contexts)
      return DLC_BUSY;
  }
  freeWeights(weights);
  return DLC_OK;
}

extern "C" dlc_status dlc_weights_initialise(dlc_weights *weights, int64_t seed, dlc_error *error) {
  if (!weights)
    return fail(error, DLC_BAD_ARGUMENT) << "weights is NULL";
  KeepErrno keep;
  Replacement next(*weights);
  if (dlc_status status = next.begin(error))
    return status;
  if (dlc_status status = initialise(*weights, next.block(), seed, error))
    return status;
  return next.finish(/*keep=*/false, error);
}

extern "C" int64_t dlc_weights_step(dlc_weights *weights) {
  if (!weights)
    return 0;
  Lock lock(weights->mutex); // load and publish may free the block
  return weights->front().step();
}

extern "C" int64_t dlc_weights_seed(dlc_weights *weights) {
  if (!weights)
    return 0;
  Lock lock(weights->mutex);
  return weights->front().seed();
}

extern "C" dlc_status dlc_weights_set_seed(dlc_weights *weights, int64_t seed, dlc_error *error) {
  if (!weights)
    return fail(error, DLC_BAD_ARGUMENT) << "weights is NULL";
  Lock lock(weights->mutex);
  int block = weights->gate.train();
  if (block < 0)
    return fail(error, DLC_BUSY) << "weights are in use by a call";
  dlc_status status = ownState(*weights, weights->blocks[block], error);
  if (!status) {
    weights->blocks[block].setSeed(seed);
    weights->blocks[block].newest.store(Newest::Host, std::memory_order_release);
  }
  weights->gate.endTraining();
  return status ? status : succeed(error);
}

extern "C" const dlc_model *dlc_weights_model(const dlc_weights *weights) DLC_NONBLOCKING {
  return weights ? weights->model : nullptr;
}

/// The parameter that `get` and `set` mean, or an error.
static const dlc_parameter *findParameter(dlc_weights *weights, int32_t index, const void *value, size_t bytes,
                                          dlc_error *error) {
  if (!weights || !value) {
    fail(error, DLC_BAD_ARGUMENT) << (weights ? "value" : "weights") << " is NULL";
    return nullptr;
  }
  const dlc_model &model = *weights->model;
  if (index < 0 || index >= model.parameter_count) {
    fail(error, DLC_BAD_ARGUMENT) << model.name << " has no parameter number " << index;
    return nullptr;
  }
  const dlc_parameter &parameter = model.parameters[index];
  if (bytes != uint64_t(parameter.bytes)) {
    fail(error, DLC_BAD_ARGUMENT) << "parameter " << Quoted{parameter.name} << " has " << parameter.bytes
                                  << " bytes, given " << uint64_t(bytes);
    return nullptr;
  }
  return &parameter;
}

extern "C" dlc_status dlc_weights_get(dlc_weights *weights, int32_t index, void *value, size_t bytes,
                                      dlc_error *error) {
  const dlc_parameter *parameter = findParameter(weights, index, value, bytes, error);
  if (!parameter)
    return DLC_BAD_ARGUMENT;
  Lock lock(weights->mutex);
  int block = weights->gate.enter();
  if (block < 0)
    return fail(error, DLC_BUSY) << "weights are being trained by another call";
  dlc_status status = DLC_OK;
  if (weights->blocks[block].version.load(std::memory_order_acquire)) {
    status = bringToHost(*weights, weights->blocks[block], error);
    if (!status)
      memcpy(value, weights->blocks[block].state + parameter->offset, bytes);
  } else
    status = fail(error, DLC_NO_WEIGHTS) << "weights of " << weights->model->name << " are external: load them first";
  weights->gate.leave(block);
  return status ? status : succeed(error);
}

extern "C" dlc_status dlc_weights_set(dlc_weights *weights, int32_t index, const void *value, size_t bytes,
                                      dlc_error *error) {
  const dlc_parameter *parameter = findParameter(weights, index, value, bytes, error);
  if (!parameter)
    return DLC_BAD_ARGUMENT;
  if (dlc_status status = checkBytes(*parameter, value, error))
    return status;
  Lock lock(weights->mutex);
  int front = weights->gate.train();
  if (front < 0)
    return fail(error, DLC_BUSY) << "weights are in use by a call";
  Block &block = weights->blocks[front];
  dlc_status status = DLC_OK;
  if (uint64_t version = block.version.load(std::memory_order_relaxed)) {
    status = ownState(*weights, block, error);
    if (!status) {
      memcpy(block.state + parameter->offset, value, bytes);
      block.newest.store(Newest::Host, std::memory_order_relaxed);
      // The next call prepares anew.
      block.version.store(version + 1, std::memory_order_release);
    }
  } else {
    status = fail(error, DLC_NO_WEIGHTS) << "weights of " << weights->model->name << " are external: load them first";
  }
  weights->gate.endTraining();
  return status ? status : succeed(error);
}
