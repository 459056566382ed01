/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "toy.h"
#include <stdio.h>

int main(void) {
  toy_weights *weights = NULL;
  toy_context *context = NULL;
  dlc_error error = DLC_ERROR_INIT;
  const uint8_t image[4] = {1, 2, 3, 4};
  float scores[3];
  if (toy_weights_create(NULL, 0, &weights, &error) ||
      toy_context_create(weights, (toy_dims){.batch = 1}, NULL, &context, &error) ||
      toy_predict(context, 1, image, scores, &error))
    return fprintf(stderr, "%s\n", error.message), 1;
  printf("%.3f\n", scores[0]);
  toy_context_destroy(context);
  return toy_weights_destroy(weights);
}
