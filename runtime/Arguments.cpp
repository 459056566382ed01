// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Checks of a call's dimensions and arguments, before anything is written.
#include "OnDevice.h"
#include "Types.h"
#include <algorithm>

using namespace dlc::v1;

dlc_status dlc::v1::checkDims(const Call &call) DLC_NONBLOCKING {
  const dlc_context &context = call.context;
  for (int32_t i = 0; i < call.model().dim_count; ++i) {
    const dlc_dim &dim = call.model().dims[i];
    int64_t &size = context.dims[i], least = std::max<int64_t>(dim.low, 0);
    if (!context.used(call.index, i)) {
      size = least; // the caller need not fill what the function does not read
      continue;
    }
    if (size < least)
      return call.fail(DLC_BAD_SHAPE) << dim.name << " is " << size << ", expected at least " << least;
    if (size > context.bounds[i])
      return call.fail(DLC_BAD_SHAPE) << dim.name << " is " << size << ", this context was created for at most "
                                      << context.bounds[i];
  }
  return DLC_OK;
}

/// Position of the first element outside [0, bound), or -1. The first pass has
/// no early exit, so that it is vectorised: labels are nearly always right.
template <typename T> static int64_t findOutside(const void *data, int64_t count, int64_t bound) {
  auto *values = static_cast<const T *>(data);
  auto outside = [bound](T value) { return uint64_t(int64_t(value)) >= uint64_t(bound); };
  bool any = false;
  for (int64_t i = 0; i < count; ++i)
    any |= outside(values[i]);
  for (int64_t i = 0; any && i < count; ++i)
    if (outside(values[i]))
      return i;
  return -1;
}

static dlc_status checkValues(const Call &call, const dlc_argument &argument, const void *data, int64_t count) {
  // An i1 is a byte that holds 0 or 1: compiled code may rely on it.
  int64_t bound = argument.type == DLC_I1 ? 2 : std::max<int64_t>(argument.bound, 0), at = -1, value = 0;
  switch (argument.type) {
#define CHECK(type, T)                                                                                                 \
  case type:                                                                                                           \
    at = findOutside<T>(data, count, bound);                                                                           \
    value = at < 0 ? 0 : int64_t(static_cast<const T *>(data)[at]);                                                    \
    break
    CHECK(DLC_I64, int64_t);
    CHECK(DLC_I32, int32_t);
    CHECK(DLC_I8, int8_t);
    CHECK(DLC_I1, uint8_t);
    CHECK(DLC_U8, uint8_t);
#undef CHECK
  default:
    break;
  }
  if (at < 0)
    return DLC_OK;
  return call.fail(DLC_BAD_VALUE) << "argument " << Quoted{argument.name} << " holds " << value << " at position " << at
                                  << ", expected a value in [0, " << bound << ')';
}

/// Whether [a, a + sizeA) and [b, b + sizeB) share a byte, without overflow.
static bool overlap(const void *a, int64_t sizeA, const void *b, int64_t sizeB) {
  auto x = reinterpret_cast<uintptr_t>(a), y = reinterpret_cast<uintptr_t>(b);
  return sizeA && sizeB && (x <= y ? y - x < uint64_t(sizeA) : x - y < uint64_t(sizeB));
}

static dlc_status checkOverlap(const Call &call) {
  const dlc_function &function = call.function;
  void *const *addresses = call.context.arguments;
  const int64_t *extents = call.context.extents;
  for (int32_t a = 0; a < function.argument_count; extents += function.arguments[a++].rank) {
    const dlc_argument &output = function.arguments[a];
    if (output.kind != DLC_OUTPUT)
      continue;
    int64_t bytes = bytesOf(output.type, extents, output.rank);
    const int64_t *others = call.context.extents;
    for (int32_t b = 0; b < function.argument_count; others += function.arguments[b++].rank) {
      const dlc_argument &other = function.arguments[b];
      if (a != b && overlap(addresses[a], bytes, addresses[b], bytesOf(other.type, others, other.rank)))
        return call.fail(DLC_BAD_LAYOUT) << "output " << Quoted{output.name} << " overlaps " << Quoted{other.name};
    }
  }
  return DLC_OK;
}

dlc_status dlc::v1::checkArguments(const Call &call) DLC_NONBLOCKING {
  void **addresses = call.context.arguments;
  const int64_t *extents = call.context.extents;
  for (int32_t a = 0; a < call.function.argument_count; extents += call.function.arguments[a++].rank) {
    const dlc_argument &argument = call.function.arguments[a];
    int64_t bytes = bytesOf(argument.type, extents, argument.rank), width = typeInfo(argument.type).width;
    if (!addresses[a] && argument.kind == DLC_HYPER)
      addresses[a] = const_cast<uint64_t *>(&argument.default_bits);
    if (!addresses[a] && bytes)
      return call.fail(DLC_BAD_ARGUMENT) << "argument " << Quoted{argument.name} << " is NULL";
    if (reinterpret_cast<uintptr_t>(addresses[a]) % uint64_t(width))
      return call.fail(DLC_BAD_LAYOUT) << "argument " << Quoted{argument.name} << " is not aligned to its element of "
                                       << width << " bytes";
    if (argument.kind == DLC_OUTPUT || !hasLimits(argument))
      continue;
    const void *values = addresses[a];
    if (call.context.isOnDevice && call.context.isOnDevice[a])
      if (dlc_status status = bringValues(call, bytes, values))
        return status;
    if (dlc_status status = checkValues(call, argument, values, bytes / width))
      return status;
  }
  return checkOverlap(call);
}
