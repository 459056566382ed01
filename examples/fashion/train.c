/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Trains a compiled model from C: the application owns data, order, schedule
 * and checkpoints, the library holds forward, loss, backward and optimizer.
 *
 *   dlc mlp.mlir -o fashion.so
 *   cc $(pkg-config --cflags dlc) train.c ./fashion.so -lm -o train
 *   ./train IMAGES LABELS EPOCHS CHECKPOINT
 *
 * IMAGES and LABELS are Fashion-MNIST's files, unpacked. The last tenth is kept
 * for evaluation. When CHECKPOINT exists the run goes on where it stopped, in
 * the middle of an epoch too: the step count is all it needs to know. */
#include "fashion.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 128, PIXELS = 28 * 28, SEED = 1 };

/* The bytes of a file after its header; NULL when it cannot be had. */
static uint8_t *read_after(const char *path, size_t header, size_t *bytes) {
  FILE *file = fopen(path, "rb");
  uint8_t *data = NULL;
  long size;
  if (file && !fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 &&
      (size_t)size > header && !fseek(file, (long)header, SEEK_SET)) {
    *bytes = (size_t)size - header;
    data = malloc(*bytes);
    if (data && fread(data, 1, *bytes, file) != *bytes) {
      free(data);
      data = NULL;
    }
  }
  if (file)
    fclose(file);
  return data;
}

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

int main(int argc, char **argv) {
  static uint8_t x[BATCH * PIXELS], y[BATCH];
  size_t image_bytes, label_bytes;
  uint8_t *images = argc == 5 ? read_after(argv[1], 16, &image_bytes) : NULL;
  uint8_t *labels = argc == 5 ? read_after(argv[2], 8, &label_bytes) : NULL;
  int64_t *order = NULL;
  fashion_weights *weights = NULL;
  fashion_context *context = NULL;
  fashion_dims bounds = {0};
  fashion_train_step_hyper hyper = FASHION_TRAIN_STEP_HYPER_INIT;
  dlc_error error = DLC_ERROR_INIT;
  const char *fault = error.message;
  int64_t count, train, per_epoch, epochs, step, ordered = -1;
  FILE *checkpoint;
  int status = 1;

  if (argc != 5) {
    fprintf(stderr, "usage: train IMAGES LABELS EPOCHS CHECKPOINT\n");
    return 2;
  }
  if (!images || !labels || image_bytes != label_bytes * PIXELS) {
    fault = "images and labels are not there or do not belong together";
    goto done;
  }
  count = (int64_t)label_bytes;
  train = count - count / 10;
  per_epoch = (train + BATCH - 1) / BATCH;
  epochs = atoi(argv[3]);
  order = malloc((size_t)train * sizeof *order);
  if (!order) {
    fault = "out of memory";
    goto done;
  }

  bounds.batch = BATCH;
  if (fashion_weights_create(NULL, 0, &weights, &error) ||
      fashion_weights_initialise(weights, SEED, &error) ||
      fashion_context_create(weights, bounds, NULL, &context, &error))
    goto done;
  if ((checkpoint = fopen(argv[4], "rb"))) {
    fclose(checkpoint);
    if (fashion_weights_resume(weights, argv[4], &error))
      goto done;
  }

  for (step = fashion_weights_step(weights); step < epochs * per_epoch;
       step++) {
    int64_t epoch = step / per_epoch, first = step % per_epoch * BATCH;
    int64_t rows = smaller(train - first, BATCH), i; /* the last has fewer */
    float loss;
    if (ordered != epoch)
      fashion_shuffle(SEED, ordered = epoch, train, order);
    for (i = 0; i < rows; i++) {
      memcpy(x + i * PIXELS, images + order[first + i] * PIXELS, PIXELS);
      y[i] = labels[order[first + i]];
    }
    /* A schedule is one line of the application. */
    hyper.learning_rate = 1e-3f * powf(0.9f, (float)epoch);
    if (fashion_train_step(context, rows, x, y, &hyper, &loss, &error))
      goto done;
    if (first + rows < train)
      continue;

    { /* End of an epoch: evaluation returns sums, so the cut is of no matter.
       */
      double total = 0;
      int64_t right = 0, at;
      for (at = train; at < count; at += BATCH) {
        float sum;
        int64_t hits;
        if (fashion_evaluate(context, smaller(count - at, BATCH),
                             images + at * PIXELS, labels + at, &sum, &hits,
                             &error))
          goto done;
        total += (double)sum;
        right += hits;
      }
      printf("epoch %d: loss %.4f, kept pictures: loss %.4f, accuracy %.2f%%\n",
             (int)epoch + 1, (double)loss, total / (double)(count - train),
             100.0 * (double)right / (double)(count - train));
      fflush(stdout);
    }
    /* A reader sees the old file or the new one, never half of it. */
    if (fashion_weights_save(weights, argv[4], &error))
      goto done;
  }
  status = 0;
done:
  if (status)
    fprintf(stderr, "train: %s\n", fault);
  fashion_context_destroy(context);
  fashion_weights_destroy(weights);
  free(order);
  free(labels);
  free(images);
  return status;
}
