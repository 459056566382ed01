// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A context from inside.
#ifndef DLC_RUNTIME_CONTEXT_H
#define DLC_RUNTIME_CONTEXT_H
#include "Device.h"
#include "Memory.h"
#include "Threads.h"
#include "dlc/runtime.h"
#include <atomic>

struct dlc_context {
  dlc_weights *weights;
  const dlc_model *model;
  const dlc_variant *variant;
  int32_t variantIndex;
  bool usesTiles;

  std::atomic<bool> busy; ///< a call is running

  // Tables in the same block of memory as the context.
  int64_t *bounds;     ///< upper bound of each named dimension
  int64_t *dims;       ///< of the call: each named dimension
  int64_t *extents;    ///< of the call: all extents of all arguments
  void **arguments;    ///< of the call
  int64_t **offsets;   ///< arena plan per function; the last is `prepare`'s
  unsigned char *uses; ///< [function][dimension]: 1 where an input has the dimension
  dlc::v1::Worker *ownWorkers;

  unsigned char *arena;
  bool ownsArena;

  // Of a variant for a device, whose arena is there.
  dlc::v1::Queue *queue;
  unsigned char *staging; ///< there: copies of arguments
  uint64_t stagingBytes;
  bool ownsStream;
  void **addresses;          ///< of the call: where the device has the arguments
  dlc::v1::Move *moves;      ///< of the call
  unsigned char *checked;    ///< here: of an argument there, to check its values
  unsigned char *isOnDevice; ///< of the call: 1 where the caller's argument is
  dlc::v1::Times *times;     ///< the caller's, for the times of launches; or NULL

  dlc_parallel_for parallelFor;
  void *user;
  dlc::v1::Threads threads;
  bool hasThreads;
  dlc::v1::HostedLoop hosted;
  dlc_fault fault;

  bool used(int32_t function, int32_t dim) const { return uses[function * model->dim_count + dim]; }
};

#endif
