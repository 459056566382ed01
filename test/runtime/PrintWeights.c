/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* PrintWeights FILE: loads a checkpoint and prints w and b; for Interop.py. */
#include "Toy.h"
#include <stdio.h>

int main(int argc, char **argv) {
  dlc_error error = DLC_ERROR_INIT;
  dlc_weights *weights;
  float w[PIXELS * CLASSES], b[CLASSES];
  if (argc != 2 || dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error) ||
      dlc_weights_load(weights, argv[1], &error) || dlc_weights_get(weights, W, w, sizeof(w), &error) ||
      dlc_weights_get(weights, B, b, sizeof(b), &error))
    return fprintf(stderr, "%s\n", error.message), 1;
  for (int i = 0; i < PIXELS * CLASSES; i++)
    printf("%g ", w[i]);
  printf("%g %g %g\n", b[0], b[1], b[2]);
  return dlc_weights_destroy(weights);
}
