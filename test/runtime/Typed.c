/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the compiler emits beside a model's code, written in C. */
#include "Typed.h"
#include "Toy.h"

#define EXPORT __attribute__((visibility("default")))
#define WEIGHTS(handle) ((dlc_weights *)(handle))
#define CONTEXT(handle) ((dlc_context *)(handle))

/* For programs that open the library by path. */
EXPORT const dlc_model *dlc_model_v1(void);
EXPORT const dlc_model *dlc_model_v1(void) { return toy_model(); }

EXPORT dlc_status toy_weights_create_v1(uint64_t signature, const void *data, size_t bytes, toy_weights **weights,
                                        dlc_error *error) {
  return dlc_weights_create(toy_model(), signature, data, bytes, (dlc_weights **)weights, error);
}
EXPORT dlc_status toy_context_create_v1(toy_weights *weights, const int64_t *bounds, const dlc_context_options *options,
                                        toy_context **context, dlc_error *error) {
  return dlc_context_create(WEIGHTS(weights), bounds, options, (dlc_context **)context, error);
}
EXPORT dlc_status toy_weights_destroy(toy_weights *weights) { return dlc_weights_destroy(WEIGHTS(weights)); }
EXPORT dlc_status toy_weights_load(toy_weights *weights, const char *path, dlc_error *error) {
  return dlc_weights_load(WEIGHTS(weights), path, error);
}
EXPORT dlc_status toy_weights_save(toy_weights *weights, const char *path, dlc_error *error) {
  return dlc_weights_save(WEIGHTS(weights), path, error);
}
EXPORT int64_t toy_weights_step(toy_weights *weights) { return dlc_weights_step(WEIGHTS(weights)); }
EXPORT dlc_status toy_context_destroy(toy_context *context) { return dlc_context_destroy(CONTEXT(context)); }

EXPORT dlc_status toy_predict(toy_context *context, int64_t batch, const uint8_t *image, float *scores,
                              dlc_error *error) DLC_NONBLOCKING {
  const int64_t dims[] = {batch, 0};
  void *const arguments[] = {(void *)(uintptr_t)image, scores};
  return dlc_call(CONTEXT(context), PREDICT, dims, arguments, error);
}
EXPORT dlc_status toy_train_step(toy_context *context, int64_t batch, const uint8_t *image, const int32_t *label,
                                 const toy_train_step_hyper *hyper, float *loss, dlc_error *error) DLC_NONBLOCKING {
  const int64_t dims[] = {batch, 0};
  void *const arguments[] = {(void *)(uintptr_t)image, (void *)(uintptr_t)label,
                             hyper ? (void *)(uintptr_t)&hyper->learning_rate : NULL, loss};
  return dlc_call(CONTEXT(context), TRAIN, dims, arguments, error);
}
