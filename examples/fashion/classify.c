/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Classifies pictures with a compiled model, in C and nothing else.
 *
 *   dlc mlp.mlir -o fashion.so            writes fashion.so and fashion.h
 *   cc $(pkg-config --cflags dlc) classify.c ./fashion.so -o classify
 *   ./classify fashion.safetensors < pictures
 *
 * Standard input holds pictures of 28 x 28 bytes, one after the other. Prints
 * for each the most likely class and its probability. */
#include "fashion.h"
#include <stdio.h>

enum { BATCH = 64, PIXELS = 28 * 28, CLASSES = 10 };

static const char *const NAMES[CLASSES] = {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
                                           "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Boot"};

int main(int argc, char **argv) {
  static uint8_t image[BATCH * PIXELS];
  static float probability[BATCH * CLASSES];
  fashion_weights *weights = NULL; /* the parameters */
  fashion_context *context = NULL; /* the memory of one caller */
  fashion_dims bounds = {0};
  dlc_error error = DLC_ERROR_INIT;
  size_t rows;
  int status = 1;

  bounds.batch = BATCH; /* any smaller batch runs in it without allocating */
  if (fashion_weights_create(NULL, 0, &weights, &error) ||
      (argc > 1 && fashion_weights_load(weights, argv[1], &error)) ||
      fashion_context_create(weights, bounds, NULL, &context, &error))
    goto done;
  while ((rows = fread(image, PIXELS, BATCH, stdin)) > 0) {
    size_t row;
    if (fashion_predict(context, (int64_t)rows, image, probability, &error))
      goto done;
    for (row = 0; row < rows; row++) {
      const float *p = probability + row * CLASSES;
      int best = 0, k;
      for (k = 1; k < CLASSES; k++)
        if (p[k] > p[best])
          best = k;
      printf("%s %.3f\n", NAMES[best], (double)p[best]);
    }
  }
  status = 0;
done:
  if (status)
    fprintf(stderr, "classify: %s\n", error.message);
  fashion_context_destroy(context); /* NULL is fine */
  fashion_weights_destroy(weights);
  return status;
}
