// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What saving and loading a checkpoint agree on.
//
// Tensors are named as the model's parameters and slots ("w1", "adam.m/w1").
// `__metadata__` holds, all as strings:
//   dlc.format        "1"
//   dlc.model         the model's name, for messages
//   dlc.fingerprint   16 hexadecimal digits: names, shapes and types of the
//   parameters dlc.step, dlc.seed   decimal dlc.header        XXH64 of the
//   header's text with these 16 digits as zeros dlc.xxh64/<name>  XXH64 of the
//   bytes of tensor <name>
#ifndef DLC_RUNTIME_CHECKPOINT_H
#define DLC_RUNTIME_CHECKPOINT_H
#include "dlc/runtime.h"
#include <string_view>

namespace dlc::v1 {

constexpr int64_t checkpointFormat = 1;
constexpr std::string_view keyPrefix = "dlc.", keyFormat = "dlc.format", keyModel = "dlc.model",
                           keyFingerprint = "dlc.fingerprint", keyStep = "dlc.step", keySeed = "dlc.seed",
                           keyHeader = "dlc.header", keyHash = "dlc.xxh64/", keySlotHash = "dlc.slot.xxh64/";

/// Whether the bytes may be a value of the parameter: an i1 is 0 or 1.
dlc_status checkBytes(const dlc_parameter &parameter, const void *value, dlc_error *error);

/// DLC_UNSUPPORTED for a library whose parameters were folded into its code.
dlc_status checkStored(const dlc_model &model, const char *doing, dlc_error *error);

} // namespace dlc::v1
#endif
