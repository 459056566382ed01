/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The public header under a user's strictest flags, as C and as C++: every
 * initialiser and every declaration is used. */
#include "Typed.h" /* what a model's header looks like */
#include "dlc/runtime.h"
#include "dlc/runtime.h" /* twice is once */

/* DLPack's layout on 64-bit machines. */
typedef char layout[sizeof(DLTensor) == 48 && sizeof(DLDataType) == 4 && offsetof(DLTensor, shape) == 24 &&
                            offsetof(DLTensor, byte_offset) == 40
                        ? 1
                        : -1];

int use(const dlc_model *model, const DLTensor *const *tensors);
int use(const dlc_model *model, const DLTensor *const *tensors) {
  dlc_error error = DLC_ERROR_INIT;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  dlc_memory_info memory = DLC_MEMORY_INFO_INIT;
  dlc_weights *weights = NULL;
  dlc_context *context = NULL;
  int64_t dims[1] = {1}, order[1];
  void *arguments[1] = {NULL};
  size_t bytes = 0;
  dlc_model_accessor accessor = NULL;
  (void)accessor;
  (void)sizeof(layout);
  if (dlc_model_check(model, 0, &error) || dlc_model_find(model, "predict") < 0 ||
      dlc_model_variant(model, NULL, &error) < 0 || dlc_shapes_of(model, 0, dims, order, &error) ||
      dlc_memory(model, dims, &options, &memory, &error) || dlc_weights_create(model, 0, NULL, 0, &weights, &error) ||
      dlc_weights_load(weights, "x", &error) || dlc_weights_resume(weights, "x", &error) ||
      dlc_weights_load_memory(weights, order, 8, &error) || dlc_weights_save(weights, "x", &error) ||
      dlc_weights_save_memory(weights, NULL, &bytes, &error) || dlc_weights_initialise(weights, 1, &error) ||
      dlc_weights_copy(weights, &weights, &error) || dlc_weights_publish(weights, weights, &error) ||
      dlc_weights_set_seed(weights, 1, &error) || dlc_weights_get(weights, 0, arguments, 8, &error) ||
      dlc_weights_set(weights, 0, arguments, 8, &error) ||
      dlc_context_create(weights, dims, &options, &context, &error) || dlc_call(context, 0, dims, arguments, &error) ||
      dlc_call_dlpack(context, 0, tensors, 1, &error) || dlc_context_destroy(context) || dlc_weights_destroy(weights))
    return dlc_status_name(error.code)[0];
  dlc_shuffle(1, 1, 1, order);
  return (int)(dlc_weights_step(weights) + dlc_weights_seed(weights)) + dlc_context_variant(context) +
         (dlc_context_model(context) == dlc_weights_model(weights));
}
