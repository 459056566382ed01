/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The typed header of the toy model, by hand: the shape that `dlc -o toy.so`
 * gives toy.h. Each function is a few stores and one call of dlc/runtime.h. */
#ifndef TOY_TYPED_H
#define TOY_TYPED_H
#include "dlc/runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Types of their own, so that the weights of one model do not pass for
 * another's. */
typedef struct toy_weights toy_weights;
typedef struct toy_context toy_context;

const dlc_model *toy_model(void);

/* Upper bounds of a context; 0 is the default. */
typedef struct toy_dims {
  int64_t batch, count;
} toy_dims;

typedef struct toy_train_step_hyper {
  uint32_t size; /* sizeof(toy_train_step_hyper): fields are only ever added */
  float learning_rate;
} toy_train_step_hyper;
#define TOY_TRAIN_STEP_HYPER_INIT {sizeof(toy_train_step_hyper), 0.5f}

/* The library's side of the two functions that take what the header knows. */
dlc_status toy_weights_create_v1(uint64_t signature, const void *data, size_t bytes, toy_weights **weights,
                                 dlc_error *error);
dlc_status toy_context_create_v1(toy_weights *weights, const int64_t *bounds, const dlc_context_options *options,
                                 toy_context **context, dlc_error *error);

static inline dlc_status toy_weights_create(const void *data, size_t bytes, toy_weights **weights, dlc_error *error) {
  return toy_weights_create_v1(UINT64_C(0x1234abcd), data, bytes, weights, error);
}
static inline dlc_status toy_context_create(toy_weights *weights, toy_dims dims, const dlc_context_options *options,
                                            toy_context **context, dlc_error *error) {
  const int64_t bounds[] = {dims.batch, dims.count};
  return toy_context_create_v1(weights, bounds, options, context, error);
}
dlc_status toy_weights_destroy(toy_weights *weights);
dlc_status toy_weights_load(toy_weights *weights, const char *path, dlc_error *error);
dlc_status toy_weights_save(toy_weights *weights, const char *path, dlc_error *error);
int64_t toy_weights_step(toy_weights *weights);
dlc_status toy_context_destroy(toy_context *context);

/* image ui8[batch x 4] -> scores f32[batch x 3] */
dlc_status toy_predict(toy_context *context, int64_t batch, const uint8_t *image, float *scores,
                       dlc_error *error) DLC_NONBLOCKING;
/* image ui8[batch x 4], label i32[batch] in [0, 3) -> loss f32; `hyper` NULL is
 * the default */
dlc_status toy_train_step(toy_context *context, int64_t batch, const uint8_t *image, const int32_t *label,
                          const toy_train_step_hyper *hyper, float *loss, dlc_error *error) DLC_NONBLOCKING;

#ifdef __cplusplus
}
#endif
#endif
