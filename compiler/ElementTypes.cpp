// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/ElementTypes.h"
#include "dlc/abi.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

namespace dlc {

Type elementTypeOf(MLIRContext *context, int32_t code) {
  switch (code) {
  case DLC_F64:
    return Float64Type::get(context);
  case DLC_F32:
    return Float32Type::get(context);
  case DLC_F16:
    return Float16Type::get(context);
  case DLC_BF16:
    return BFloat16Type::get(context);
  case DLC_I64:
    return IntegerType::get(context, 64);
  case DLC_I32:
    return IntegerType::get(context, 32);
  case DLC_I8:
    return IntegerType::get(context, 8);
  case DLC_I1:
    return IntegerType::get(context, 1);
  case DLC_U8:
    return IntegerType::get(context, 8, IntegerType::Unsigned);
  }
  return {};
}

int32_t elementCode(Type type) {
  if (type.isF64())
    return DLC_F64;
  if (type.isF32())
    return DLC_F32;
  if (type.isF16())
    return DLC_F16;
  if (type.isBF16())
    return DLC_BF16;
  if (type.isInteger(64))
    return DLC_I64;
  if (type.isInteger(32))
    return DLC_I32;
  if (type.isInteger(1))
    return DLC_I1;
  return type.isUnsignedInteger() ? DLC_U8 : DLC_I8;
}

} // namespace dlc
