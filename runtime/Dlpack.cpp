// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Calls whose arguments describe themselves: types, shapes, strides and devices
// are compared with what the function declares, and the dimensions are found.
#include "Call.h"
#include "Model.h"
#include "Types.h"
#include <algorithm>

using namespace dlc::v1;

/// Room for "type 255 of 255 bits x 65535".
struct TypeName {
  char text[40];
};
static TypeName nameOf(DLDataType type) {
  TypeName name;
  Text text(name.text, sizeof(name.text));
  switch (type.code) {
  case kDLInt:
    text << 'i' << int(type.bits);
    break;
  case kDLUInt:
    text << "ui" << int(type.bits);
    break;
  case kDLFloat:
    text << 'f' << int(type.bits);
    break;
  case kDLBfloat:
    text << "bf" << int(type.bits);
    break;
  case kDLBool:
    text << "i1";
    break;
  default:
    text << "type " << int(type.code) << " of " << int(type.bits) << " bits";
  }
  if (type.lanes != 1)
    text << " x " << int(type.lanes);
  return name;
}

/// "argument 'image' is f32[1x32x32], expected ui8[batch x 28 x 28]"
static dlc_status failShape(const Call &call, dlc_status status, const dlc_argument &argument, const DLTensor &given,
                            const int64_t *expected) {
  Failure failure = call.fail(status);
  failure << "argument " << Quoted{argument.name} << " is ";
  describe(failure, nameOf(given.dtype).text, given.shape, given.ndim);
  failure << ", expected ";
  if (expected)
    describe(failure, typeInfo(argument.type).name, expected, argument.rank);
  else
    describe(failure, call.model(), argument);
  return failure;
}

/// Whether a tensor is in the memory of the context's own device.
static bool isOnDevice(const Call &call, const DLTensor &given) {
  const Queue *queue = call.context.queue;
  return queue && given.device.device_type == queue->device->kind && given.device.device_id == queue->device->id;
}

/// What does not depend on dimensions. Shapes of outputs are compared by
/// `checkOutput`, once all inputs have said what the dimensions are.
static dlc_status checkTensor(const Call &call, const dlc_argument &argument, const DLTensor &given) {
  if (given.ndim < 0 || (given.ndim && !given.shape))
    return call.fail(DLC_BAD_ARGUMENT) << "argument " << Quoted{argument.name} << " has no shape";
  const TypeInfo &type = typeInfo(argument.type);
  if (given.dtype.code != type.code || given.dtype.bits != type.bits || given.dtype.lanes != 1)
    return failShape(call, DLC_BAD_TYPE, argument, given, nullptr);
  bool fits = given.ndim == argument.rank;
  for (int32_t k = 0; fits && k < argument.rank; ++k)
    fits = argument.extents[k].dim != DLC_CONSTANT || given.shape[k] == argument.extents[k].size;
  if (!fits)
    return failShape(call, DLC_BAD_SHAPE, argument, given, nullptr);
  if (given.device.device_type != kDLCPU && given.device.device_type != kDLCUDAHost && !isOnDevice(call, given)) {
    Failure failure = call.fail(DLC_BAD_DEVICE);
    failure << "argument " << Quoted{argument.name} << " is on device " << int(given.device.device_type) << ':'
            << given.device.device_id << ", expected host memory";
    if (const Queue *queue = call.context.queue)
      failure << " or device " << int(queue->device->kind) << ':' << queue->device->id;
    return failure;
  }
  bool empty = std::find(given.shape, given.shape + given.ndim, 0) != given.shape + given.ndim;
  int64_t dense = 1;
  for (int32_t k = given.ndim; k-- > 0 && given.strides && !empty;) {
    if (given.shape[k] != 1 && given.strides[k] != dense) {
      Failure failure = call.fail(DLC_BAD_LAYOUT);
      failure << "argument " << Quoted{argument.name} << " has stride " << given.strides[k] << " in dimension " << k
              << ", expected " << dense << ": rows must be dense";
      return failure;
    }
    if (__builtin_mul_overflow(dense, given.shape[k], &dense))
      return failShape(call, DLC_BAD_SHAPE, argument, given, nullptr);
  }
  return DLC_OK;
}

/// Takes the named dimensions from an input; `from` remembers which argument
/// gave each (in the place where the context's bounds are compared later).
static dlc_status bindDims(const Call &call, int32_t a, const DLTensor &given) {
  const dlc_argument &argument = call.function.arguments[a];
  for (int32_t k = 0; k < argument.rank; ++k) {
    int32_t dim = argument.extents[k].dim;
    if (dim < 0)
      continue;
    int64_t &size = call.context.dims[dim];
    if (given.shape[k] < 0)
      return failShape(call, DLC_BAD_SHAPE, argument, given, nullptr);
    if (size >= 0 && size != given.shape[k])
      return call.fail(DLC_BAD_SHAPE) << "argument " << Quoted{argument.name} << " has " << call.model().dims[dim].name
                                      << ' ' << given.shape[k] << ", the arguments before it have " << size;
    size = given.shape[k];
  }
  return DLC_OK;
}

static dlc_status checkOutputs(const Call &call, const DLTensor *const *given) {
  const int64_t *extents = call.context.extents;
  for (int32_t a = 0; a < call.function.argument_count; extents += call.function.arguments[a++].rank) {
    const dlc_argument &argument = call.function.arguments[a];
    if (argument.kind == DLC_OUTPUT && !std::equal(extents, extents + argument.rank, given[a]->shape))
      return failShape(call, DLC_BAD_SHAPE, argument, *given[a], extents);
  }
  return DLC_OK;
}

static dlc_status bind(const Call &call, const DLTensor *const *given) {
  dlc_context &context = call.context;
  std::fill_n(context.dims, call.model().dim_count, int64_t(-1));
  for (int32_t a = 0; a < call.function.argument_count; ++a) {
    const dlc_argument &argument = call.function.arguments[a];
    context.arguments[a] = nullptr;
    if (context.isOnDevice)
      context.isOnDevice[a] = given[a] && isOnDevice(call, *given[a]);
    if (!given[a] && argument.kind == DLC_HYPER)
      continue;
    if (!given[a])
      return call.fail(DLC_BAD_ARGUMENT) << "argument " << Quoted{argument.name} << " is NULL";
    if (dlc_status status = checkTensor(call, argument, *given[a]))
      return status;
    if (argument.kind != DLC_OUTPUT)
      if (dlc_status status = bindDims(call, a, *given[a]))
        return status;
    if (given[a]->data)
      context.arguments[a] = static_cast<unsigned char *>(given[a]->data) + given[a]->byte_offset;
  }
  return DLC_OK;
}

extern "C" dlc_status dlc_call_dlpack(dlc_context *context, int32_t function, const DLTensor *const *arguments,
                                      int32_t count, dlc_error *error) DLC_NONBLOCKING {
  if (dlc_status status = findFunction(context, function, error))
    return status;
  Call call{*context, function, context->model->functions[function], error};
  Hold hold(*context);
  if (!hold.held())
    return call.fail(DLC_BUSY) << "another call runs on this context";
  if (count != call.function.argument_count || (count && !arguments)) {
    Failure failure = call.fail(DLC_BAD_ARGUMENT);
    failure << "given " << (arguments ? count : 0) << " arguments, expected " << call.function.argument_count;
    for (int32_t a = 0; a < call.function.argument_count; ++a)
      failure << (a ? ", " : ": ") << call.function.arguments[a].name;
    return failure;
  }
  if (dlc_status status = bind(call, arguments))
    return status;
  if (dlc_status status = checkDims(call))
    return status;
  if (dlc_status status = checkRequirements(call.model(), function, context->dims, error))
    return status;
  computeExtents(call.function, context->dims, context->extents);
  if (dlc_status status = checkOutputs(call, arguments))
    return status;
  if (dlc_status status = checkArguments(call))
    return status;
  return run(call);
}
