// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The functions behind `there`, of two files.
#ifndef DLC_RUNTIME_THEREPARTS_H
#define DLC_RUNTIME_THEREPARTS_H
#include "There.h"

namespace dlc::v1 {

void emptyThere(const dlc_weights &weights, Block &block);
dlc_status useThere(dlc_weights &weights, int32_t variant, int32_t id, dlc_error *error);
dlc_status moveThere(const dlc_weights &weights, Block &block, bool here, dlc_error *error);
dlc_status runOnceThere(const dlc_weights &weights, const dlc_entry &entry, uint64_t bytes, Block &block,
                        dlc_frame &frame, dlc_error *error);

/// Brings the host's values to the device where they are newer.
inline dlc_status bringThere(const dlc_weights &weights, Block &block, dlc_error *error) {
  Newest newest = block.newest.load(std::memory_order_acquire);
  return newest == Newest::Both || newest == Newest::There ? DLC_OK : moveThere(weights, block, /*here=*/false, error);
}

} // namespace dlc::v1
#endif
