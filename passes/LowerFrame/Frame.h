// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The frame that the runtime hands to compiled code (struct dlc_frame,
// runtime/include/dlc/abi.h), as code sees it.
#ifndef DLC_PASSES_LOWERFRAME_FRAME_H
#define DLC_PASSES_LOWERFRAME_FRAME_H

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace dlc {

/// Its fields by number; every one is a pointer.
enum class FrameField {
  Arguments,
  State,
  Prepared,
  Arena,
  Offsets,
  Dims,
  ParallelFor,
  User,
  Data,
  Fault,
  Launch,
  Constant,
  Guard,
  Device,
  Mark
};

/// Loads a field.
mlir::Value loadField(mlir::OpBuilder &b, mlir::Location location, mlir::Value frame, FrameField field);
/// The address of element `index` behind `base`.
mlir::Value elementAt(mlir::OpBuilder &b, mlir::Location location, mlir::Value base, mlir::Type element, int64_t index);
/// `count` (index) elements of memory that a pointer points to, as a buffer.
mlir::Value bufferAt(mlir::OpBuilder &b, mlir::Location location, mlir::Value pointer, mlir::MemRefType type,
                     mlir::Value count, const mlir::LLVMTypeConverter &converter);
/// The address of a buffer's memory as an i64.
mlir::Value addressOf(mlir::OpBuilder &b, mlir::Location location, mlir::Value buffer);
/// Starts kernel number `kernel` (i32) of the variant with `blocks` (i64) blocks.
/// `parameters` are i64s, or pointers of the device as i64s, in the kernel's
/// order but for the first, which is the runtime's.
void emitLaunch(mlir::OpBuilder &b, mlir::Location location, mlir::Value frame, mlir::Value kernel, mlir::Value blocks,
                llvm::ArrayRef<mlir::Value> parameters);
/// Says that launch number `timer` of the entry begins, or that all of it has been given.
void emitMark(mlir::OpBuilder &b, mlir::Location location, mlir::Value frame, int64_t timer, bool ends);

} // namespace dlc
#endif // DLC_PASSES_LOWERFRAME_FRAME_H
