/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Dimensions that do not fit the ops are refused before anything is written. */
#include "bad_shape.h"
#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
  if (!(condition))                                                                                                    \
  return printf("line %d: %s (%s)\n", __LINE__, #condition, error.message), 1

int main(void) {
  dlc_error error = DLC_ERROR_INIT;
  bad_shape_weights *weights = NULL;
  bad_shape_context *context = NULL;
  float x[8] = {0, 1, 2, 3}, y[8], loss = -1, before[8], after[8];
  int64_t shape[1] = {-7};
  CHECK(!bad_shape_weights_create(NULL, 0, &weights, &error));
  CHECK(!bad_shape_context_create(weights, (bad_shape_dims){.n = 8}, NULL, &context, &error));

  /* What fits is computed, down to nothing. */
  CHECK(bad_shape_predict_shape(2, shape, &error) == DLC_OK && shape[0] == 4);
  CHECK(bad_shape_predict(context, 2, x, y, &error) == DLC_OK && y[3] == 1);
  CHECK(bad_shape_predict_shape(6, shape, &error) == DLC_OK && shape[0] == 0);
  CHECK(bad_shape_predict(context, 6, x, y, &error) == DLC_OK);
  /* An extent of -1 is no extent: not told, not computed. */
  CHECK(bad_shape_predict_shape(7, shape, &error) == DLC_BAD_SHAPE && shape[0] == 0);
  puts(error.message);
  y[0] = -1;
  CHECK(bad_shape_predict(context, 7, x, y, &error) == DLC_BAD_SHAPE && y[0] == -1);
  puts(error.message);

  /* A training step changes no parameter. */
  CHECK(!bad_shape_weights_get(weights, 0, before, sizeof before, &error));
  CHECK(bad_shape_train_step(context, 3, x, &loss, &error) == DLC_BAD_SHAPE && loss == -1);
  puts(error.message);
  CHECK(!bad_shape_weights_get(weights, 0, after, sizeof after, &error));
  CHECK(!memcmp(before, after, sizeof after) && bad_shape_weights_step(weights) == 0);
  CHECK(bad_shape_train_step(context, 4, x, &loss, &error) == DLC_OK && loss == 48);
  bad_shape_context_destroy(context);
  bad_shape_weights_destroy(weights);
  return 0;
}
