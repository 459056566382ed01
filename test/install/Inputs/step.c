/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Two steps of an imported model on the same rows: the loss changes. */
#include "trainer.h"
#include <stdio.h>

int main(void) {
  static float image[2 * 3 * 32 * 32];
  static const int64_t label[2] = {1, 7};
  float loss[2];
  trainer_weights *weights = NULL;
  trainer_context *context = NULL;
  trainer_dims bounds = {2};
  dlc_error error = DLC_ERROR_INIT;
  int i, status = 1;
  for (i = 0; i < 2 * 3 * 32 * 32; i++)
    image[i] = (float)(i % 17) / 17;
  if (!trainer_weights_create(NULL, 0, &weights, &error) &&
      !trainer_context_create(weights, bounds, NULL, &context, &error) &&
      !trainer_train_step(context, 2, image, label, NULL, &loss[0], &error) &&
      !trainer_train_step(context, 2, image, label, NULL, &loss[1], &error) && loss[0] != loss[1]) {
    printf("loss %g then %g\n", (double)loss[0], (double)loss[1]);
    status = 0;
  }
  if (status)
    fprintf(stderr, "step: %s\n", error.message);
  trainer_context_destroy(context);
  trainer_weights_destroy(weights);
  return status;
}
