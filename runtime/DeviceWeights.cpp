// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Weights that calls on a device use lie there too; the copy that was written
// last is brought to the other side when that one is wanted. So a training run
// on a device moves nothing until a checkpoint is saved, and checkpoints are
// the processor's.
#include "DeviceWeights.h"
#include "Errors.h"

using namespace dlc::v1;

void dlc::v1::emptyDevice(const dlc_weights &weights, Block &block) {
  const dlc_model &model = *weights.model;
  if (!weights.device)
    return;
  model.backend->release(*weights.device, block.onDevice);
  block.onDevice = nullptr;
  block.newest.store(Newest::Host, std::memory_order_relaxed);
  for (int32_t v = 0; v < model.variant_count; ++v)
    if (model.variants[v].device) {
      model.backend->release(*weights.device, block.prepared[v].memory);
      block.prepared[v].memory = nullptr;
      block.prepared[v].version.store(0, std::memory_order_relaxed);
    }
}

dlc_status dlc::v1::useDevice(dlc_weights &weights, int32_t variant, int32_t id, dlc_error *error) {
  const dlc_model &model = *weights.model;
  if (weights.device && weights.device->id == id)
    return DLC_OK;
  if (weights.device && weights.deviceContexts)
    return fail(error, DLC_UNSUPPORTED) << "weights of " << model.name << " are on device " << weights.device->id
                                        << ", where contexts use them: device " << id << " needs weights of its own";
  Device *device = nullptr;
  if (dlc_status status = model.backend->open(model, model.variants[variant], id, device, error))
    return status;
  if (weights.device) {
    for (Block &block : weights.blocks) {
      if (dlc_status status = bringToHost(weights, block, error)) {
        model.backend->close(device);
        return status;
      }
      emptyDevice(weights, block);
    }
    model.backend->close(weights.device);
  }
  weights.device = device;
  return DLC_OK;
}

dlc_status dlc::v1::moveWeights(const dlc_weights &weights, Block &block, bool here, dlc_error *error) {
  // `newest` keeps others away meanwhile.
  Newest before = here ? Newest::Device : Newest::Host;
  if (!block.newest.compare_exchange_strong(before, Newest::Moving, std::memory_order_acquire))
    return fail(error, DLC_BUSY) << "another call is moving the weights of " << weights.model->name;
  const dlc_model &model = *weights.model;
  auto bytes = uint64_t(model.state_bytes);
  dlc_status status = DLC_OK;
  if (!block.onDevice)
    status = model.backend->allocate(*weights.device, bytes, "parameters", block.onDevice, error);
  if (!status)
    status = model.backend->copy(*weights.device, block.onDevice, block.state, bytes, /*out=*/here, error);
  block.newest.store(status ? before : Newest::Both, std::memory_order_release);
  return status;
}

dlc_status dlc::v1::runOnceOnDevice(const dlc_weights &weights, const dlc_entry &entry, uint64_t bytes, Block &block,
                                    dlc_frame &frame, dlc_error *error) {
  const dlc_model &model = *weights.model;
  const dlc_backend &backend = *model.backend;
  Device &device = *weights.device;
  if (dlc_status status = bringToDevice(weights, block, error))
    return status;
  Queue *queue = nullptr;
  dlc_status status = backend.allocate(device, bytes, "preparing weights", frame.arena, error);
  if (!status)
    status = backend.begin(device, nullptr, 0, queue, error);
  if (!status) {
    frame.state = block.onDevice;
    Work work{};
    work.entry = &entry;
    work.frame = frame;
    work.name = model.name;
    work.function = -1;
    status = backend.run(*queue, work, *frame.fault, error);
  }
  if (!status && !frame.prepared) // it has written state
    block.newest.store(Newest::Device, std::memory_order_release);
  if (queue)
    backend.end(queue);
  backend.release(device, frame.arena);
  return status;
}
