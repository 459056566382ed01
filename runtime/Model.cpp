// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Questions about the description of a model.
#include "Model.h"
#include "Errors.h"
#include <cstring>

using namespace dlc::v1;

extern "C" dlc_status dlc_model_check(const dlc_model *model, uint64_t signature, dlc_error *error) DLC_NONBLOCKING {
  if (!model)
    return fail(error, DLC_BAD_ARGUMENT) << "model is NULL";
  if (model->abi != DLC_ABI)
    return fail(error, DLC_VERSION) << "the library has ABI " << uint64_t(model->abi) << ", this runtime has "
                                    << DLC_ABI << ": link the runtime of the dlc that compiled it";
  if (model->size < sizeof(dlc_model))
    return fail(error, DLC_VERSION) << "the library's description has " << uint64_t(model->size)
                                    << " bytes, this runtime needs " << uint64_t(sizeof(dlc_model))
                                    << ": it was made by an older dlc";
  if (signature && signature != model->signature)
    return fail(error, DLC_VERSION) << "the header has signature " << Hex{signature} << ", library " << model->name
                                    << " has " << Hex{model->signature}
                                    << ": use the header that was written with this library";
  return succeed(error);
}

extern "C" int32_t dlc_model_find(const dlc_model *model, const char *function) DLC_NONBLOCKING {
  if (model && function)
    for (int32_t i = 0; i < model->function_count; ++i)
      if (!strcmp(model->functions[i].name, function))
        return i;
  return -1;
}

void dlc::v1::computeExtents(const dlc_function &function, const int64_t *dims, int64_t *extents) DLC_NONBLOCKING {
  if (function.shapes) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wfunction-effects"
    return function.shapes(dims, extents); // see runCode
#pragma GCC diagnostic pop
  }
  for (int32_t i = 0; i < function.argument_count; ++i)
    for (int32_t k = 0; k < function.arguments[i].rank; ++k) {
      const dlc_extent &extent = function.arguments[i].extents[k];
      *extents++ = extent.dim >= 0 ? dims[extent.dim] : extent.size;
    }
}

dlc_status dlc::v1::checkRequirements(const dlc_model &model, int32_t index, const int64_t *dims,
                                      dlc_error *error) DLC_NONBLOCKING {
  if (!model.requirements || !model.requirements[index].find)
    return DLC_OK;
  int64_t given = 0, expected = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wfunction-effects"
  int64_t first = model.requirements[index].find(dims, &given, &expected);
#pragma GCC diagnostic pop
  if (first < 0)
    return DLC_OK;
  const dlc_requirement &asked = model.requirements[index].list[first];
  return fail(error, DLC_BAD_SHAPE) << model.functions[index].name << ": " << asked.what << " is " << asked.given
                                    << given << ", expected " << (asked.exact ? "" : "at least ") << asked.expected
                                    << expected;
}

extern "C" dlc_status dlc_shapes_of(const dlc_model *model, int32_t function, const int64_t *dims, int64_t *extents,
                                    dlc_error *error) DLC_NONBLOCKING {
  if (dlc_status status = dlc_model_check(model, 0, error))
    return status;
  if (function < 0 || function >= model->function_count)
    return fail(error, DLC_BAD_ARGUMENT) << model->name << " has no function number " << function;
  if (!extents || (!dims && model->dim_count))
    return fail(error, DLC_BAD_ARGUMENT) << "shapes of " << model->functions[function].name << ": "
                                         << (extents ? "dims" : "extents") << " is NULL";
  for (int32_t i = 0; i < model->dim_count; ++i)
    if (dims[i] < 0)
      return fail(error, DLC_BAD_SHAPE) << model->dims[i].name << " is " << dims[i] << ", expected at least 0";
  if (dlc_status status = checkRequirements(*model, function, dims, error))
    return status;
  computeExtents(model->functions[function], dims, extents);
  return succeed(error);
}
