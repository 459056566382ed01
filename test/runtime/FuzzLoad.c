/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* For libFuzzer: no bytes make loading crash, and every refusal has words. As a
 * test it makes some thousand tries from a fixed seed; run it for longer with
 *   runtime-FuzzLoad -max_len=2048 FOLDER formats */
#include "Toy.h"
#include <stddef.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static dlc_weights *weights;
  dlc_error error = DLC_ERROR_INIT;
  if (!weights && dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error))
    abort();
  dlc_status status = dlc_weights_load_memory(weights, data, size, &error);
  if (status && (!error.message[0] || (status != DLC_BAD_FILE && status != DLC_BAD_VALUE)))
    abort();
  return 0;
}
