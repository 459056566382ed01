/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Trains a compiled model from C: the application owns data, order, schedule
 * and checkpoints, the library holds forward, loss, backward and optimizer.
 *
 *   dlc mlp.mlir -o fashion.so
 *   cc $(pkg-config --cflags dlc) train.c ./fashion.so -lm -o train
 *   ./train IMAGES LABELS EPOCHS CHECKPOINT
 *
 * IMAGES and LABELS are Fashion-MNIST's files, unpacked. When CHECKPOINT exists
 * the run goes on where it stopped, in the middle of an epoch too: the step
 * count is all it needs to know. */
#include "fashion.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 128, PIXELS = 28 * 28, SEED = 1, MOST = 60000 };

static uint8_t images[MOST * PIXELS], labels[MOST], x[BATCH * PIXELS], y[BATCH];
static int64_t order[MOST];

/* Rows of `size` bytes after a file's header. */
static int64_t read_after(const char *path, long header, uint8_t *to, size_t size) {
  FILE *file = fopen(path, "rb");
  size_t rows = file && !fseek(file, header, SEEK_SET) ? fread(to, size, MOST, file) : 0;
  if (file)
    fclose(file);
  return (int64_t)rows;
}

static int is_there(const char *path) {
  FILE *file = fopen(path, "rb");
  return file && !fclose(file);
}

/* Until the epochs are done; returns 0, or the error is told. */
static int train(fashion_weights *weights, fashion_context *context, int64_t rows, int64_t epochs,
                 const char *checkpoint, dlc_error *error) {
  fashion_train_step_hyper hyper = FASHION_TRAIN_STEP_HYPER_INIT;
  int64_t begin = fashion_weights_step(weights), per_epoch = (rows + BATCH - 1) / BATCH, step, seen = 0;
  double sum = 0; /* of losses over the rows of an epoch that this run saw */
  for (step = begin; step < epochs * per_epoch; step++) {
    int64_t epoch = step / per_epoch, first = step % per_epoch * BATCH, i;
    int64_t n = rows - first < BATCH ? rows - first : BATCH; /* the last batch is smaller */
    float loss;
    if (first == 0 || step == begin)
      fashion_shuffle(SEED, epoch, rows, order);
    for (i = 0; i < n; i++) {
      memcpy(x + i * PIXELS, images + order[first + i] * PIXELS, PIXELS);
      y[i] = labels[order[first + i]];
    }
    hyper.learning_rate = 1e-3f * powf(0.9f, (float)epoch); /* a schedule is the app's one line */
    if (fashion_train_step(context, n, x, y, &hyper, &loss, error))
      return 1;
    sum += (double)loss * (double)n;
    seen += n;
    if (first + n < rows)
      continue;
    printf("epoch %d: loss %.4f\n", (int)epoch + 1, sum / (double)seen);
    sum = 0;
    seen = 0;
    if (fashion_weights_save(weights, checkpoint, error)) /* a reader sees the old file or the new one */
      return 1;
  }
  return 0;
}

int main(int argc, char **argv) {
  fashion_weights *weights = NULL;
  fashion_context *context = NULL;
  fashion_dims bounds = {BATCH};
  dlc_error error = DLC_ERROR_INIT;
  int64_t rows = argc == 5 ? read_after(argv[2], 8, labels, 1) : 0;
  int status = 1;
  if (rows == 0 || read_after(argv[1], 16, images, PIXELS) != rows)
    fprintf(stderr, "train: expected IMAGES LABELS EPOCHS CHECKPOINT, as many labels as images\n");
  else if (fashion_weights_create(NULL, 0, &weights, &error) || fashion_weights_initialise(weights, SEED, &error) ||
           (is_there(argv[4]) && fashion_weights_resume(weights, argv[4], &error)) ||
           fashion_context_create(weights, bounds, NULL, &context, &error) ||
           train(weights, context, rows, atoi(argv[3]), argv[4], &error))
    fprintf(stderr, "train: %s\n", error.message);
  else
    status = 0;
  fashion_context_destroy(context);
  fashion_weights_destroy(weights);
  return status;
}
