/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Uses the library of add_one.mlir through its typed header alone. The argument
 * names the variant that must have run. */
#include "one.h"
#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      fprintf(stderr, "line %d: %s; last error: %s\n", __LINE__, #condition, error.message);                           \
      return 1;                                                                                                        \
    }                                                                                                                  \
  } while (0)

int main(int argc, char **argv) {
  static const float added[] = {1, 2, 3, 4};
  const char *variant = argc > 1 ? argv[1] : NULL;
  dlc_error error = DLC_ERROR_INIT;
  one_weights *weights = NULL;
  one_context *context = NULL;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  float x[12], y[12], loss;
  int64_t index[] = {0, 4, 5}, found[7], shape[2], order[8], seen = 0;

  /* Weights know their header. */
  CHECK(one_weights_create_v1(ONE_SIGNATURE + 1, NULL, 0, &weights, &error) == DLC_VERSION);
  CHECK(one_weights_create(NULL, 0, &weights, &error) == DLC_OK);

  /* Bounds: batch has a default, n has none. */
  options.variant = variant;
  CHECK(one_context_create(weights, (one_dims){0}, &options, &context, &error) == DLC_BAD_ARGUMENT);
  CHECK(one_context_create(weights, (one_dims){.n = 3}, &options, &context, &error) == DLC_OK);

  for (int i = 0; i < 12; i++)
    x[i] = (float)i, y[i] = -1;
  CHECK(one_predict(context, 9, x, y, &error) == DLC_BAD_SHAPE);
  CHECK(y[0] == -1);
  CHECK(one_predict(context, 2, x, y, &error) == DLC_OK);
  for (int i = 0; i < 8; i++)
    CHECK(y[i] == x[i] + (variant && !strcmp(variant, "sse") ? 0 : added[i % 4]));
  CHECK(y[8] == -1); /* rows that are not there stay untouched */

  /* Values are checked against the bound, position told. */
  CHECK(one_lookup(context, 2, index, found, &error) == DLC_OK);
  CHECK(one_lookup(context, 3, index, found, &error) == DLC_BAD_VALUE);
  CHECK(strstr(error.message, "index") && strstr(error.message, "5"));
  CHECK(one_lookup_shape(7, shape, &error) == DLC_OK);
  CHECK(shape[0] == 2 * 7 + 7 / 3);
  CHECK(one_predict_shape(3, shape, &error) == DLC_OK);
  CHECK(shape[0] == 3 && shape[1] == 4);

  /* Hyper-parameters: a struct, or the defaults. */
  if (!variant || !strcmp(variant, "avx2")) {
    one_train_step_hyper hyper = ONE_TRAIN_STEP_HYPER_INIT;
    CHECK(one_train_step(context, 1, x, NULL, &loss, &error) == DLC_OK);
    CHECK(loss == 0.001f + 0.1f);
    hyper.learning_rate = 2;
    hyper.decay = 4;
    CHECK(one_train_step(context, 1, x, &hyper, &loss, &error) == DLC_OK);
    CHECK(loss == 7 && one_weights_step(weights) == 2);
  }

  dlc_shuffle(1, 2, 8, order);
  for (int i = 0; i < 8; i++)
    seen |= (int64_t)1 << order[i];
  CHECK(seen == 255);

  CHECK(one_weights_destroy(weights) == DLC_BUSY);
  CHECK(one_context_destroy(context) == DLC_OK);
  CHECK(one_weights_destroy(weights) == DLC_OK);
  puts("used");
  return 0;
}
