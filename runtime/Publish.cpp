// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Handing values from one weights handle to another, while calls go on.
#include "Errors.h"
#include "OnDevice.h"
#include "Weights.h"
#include <cstring>

using namespace dlc::v1;

/// Copies all values of `from` while no training step runs on it.
static dlc_status copyValues(dlc_weights &from, Block &to, dlc_error *error) {
  int block = from.gate.enter();
  if (block < 0)
    return fail(error, DLC_BUSY) << "weights are being trained by another call";
  if (dlc_status status = bringToHost(from, from.blocks[block], error)) {
    from.gate.leave(block);
    return status;
  }
  memcpy(to.state, from.blocks[block].state, size_t(from.model->state_bytes));
  to.version.store(from.blocks[block].version.load(std::memory_order_acquire) ? 1 : 0, std::memory_order_relaxed);
  from.gate.leave(block);
  return DLC_OK;
}

extern "C" dlc_status dlc_weights_publish(dlc_weights *from, dlc_weights *to, dlc_error *error) {
  if (!from || !to)
    return fail(error, DLC_BAD_ARGUMENT) << "weights to publish " << (from ? "to" : "from") << " is NULL";
  if (from == to)
    return fail(error, DLC_BAD_ARGUMENT) << "weights cannot be published to themselves";
  if (from->model != to->model)
    return fail(error, DLC_BAD_ARGUMENT) << "weights of " << from->model->name
                                         << " cannot be published to weights of another library, " << to->model->name;
  KeepErrno keep;
  Replacement next(*to);
  if (dlc_status status = next.begin(error))
    return status;
  if (dlc_status status = copyValues(*from, next.block(), error))
    return status;
  return next.finish(/*keep=*/true,
                     error); // the next publish will want the room again
}

extern "C" dlc_status dlc_weights_copy(dlc_weights *from, dlc_weights **weights, dlc_error *error) {
  if (!from || !weights)
    return fail(error, DLC_BAD_ARGUMENT) << (from ? "weights" : "weights to copy") << " is NULL";
  KeepErrno keep;
  *weights = nullptr;
  dlc_weights *copy = newWeights(from->model, from->variant);
  if (!copy)
    return fail(error, DLC_NO_MEMORY) << "out of memory for weights of " << from->model->name;
  dlc_status status = fillBlock(*copy, copy->blocks[0], nullptr, error);
  if (!status)
    status = copyValues(*from, copy->blocks[0], error);
  if (status) {
    freeWeights(copy);
    return status;
  }
  *weights = copy;
  return succeed(error);
}
