/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A model written by hand: what the compiler would emit for
 *
 *   scores = image / 255 . w + b        4 pixels, 3 classes
 *   train: squared error to the label's one-hot row, with momentum and noise
 *          that depends on seed and step
 */
#ifndef DLC_TEST_TOY_H
#define DLC_TEST_TOY_H
#include "dlc/runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { PIXELS = 4, CLASSES = 3, ROWS = 8 };

enum {
  PREDICT,  /* image ui8[batch x 4] -> scores f32[batch x 3] */
  TRAIN,    /* image, label i32[batch] in [0, 3), learning_rate f32 (0.5) -> loss
               f32 */
  LOOKUP,   /* index i64[count], checked by the code itself -> value f32[count] */
  SPREAD,   /* -> index i64[count], worker i64[count]: a parallel loop over count
             */
  ROUNDING, /* value f32[count] -> halved f32[count], and the control register
               as the code saw it */
};
enum { BATCH, COUNT };            /* named dimensions */
enum { W, B, MASK, V, CALLS };    /* parameters and slots */
enum { IMPOSSIBLE, BEST, PLAIN }; /* variants */

/* How often `prepare` ran, of all weights. */
extern int toy_prepared;
/* Called inside `prepare` when not NULL. */
extern void (*toy_on_prepare)(void);

const dlc_model *toy_model(void);
/* The same with what a test wants otherwise. */
dlc_model toy_changed(void);

/* State block: where values lie. */
struct toy_state {
  int64_t seed, step;
  char pad[48];
  float w[PIXELS][CLASSES];
  char pad1[16];
  float b[CLASSES];
  char pad2[52];
  unsigned char mask[CLASSES];
  char pad3[61];
  float v[PIXELS][CLASSES];
  char pad4[16];
  int64_t calls;
  char pad5[56];
};

#ifdef __cplusplus
}
#endif
#endif
