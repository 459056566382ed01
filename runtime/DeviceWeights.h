// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The functions behind `onDevice` that are about weights.
#ifndef DLC_RUNTIME_DEVICEWEIGHTS_H
#define DLC_RUNTIME_DEVICEWEIGHTS_H
#include "OnDevice.h"

namespace dlc::v1 {

void emptyDevice(const dlc_weights &weights, Block &block);
dlc_status useDevice(dlc_weights &weights, int32_t variant, int32_t id, dlc_error *error);
dlc_status moveWeights(const dlc_weights &weights, Block &block, bool here, dlc_error *error);
dlc_status runOnceOnDevice(const dlc_weights &weights, const dlc_entry &entry, uint64_t bytes, Block &block,
                           dlc_frame &frame, dlc_error *error);

/// Brings the host's values to the device where they are newer.
inline dlc_status bringToDevice(const dlc_weights &weights, Block &block, dlc_error *error) {
  Newest newest = block.newest.load(std::memory_order_acquire);
  return newest == Newest::Both || newest == Newest::Device ? DLC_OK
                                                            : moveWeights(weights, block, /*here=*/false, error);
}

} // namespace dlc::v1
#endif
