/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The part of DLPack 1.x that dlc reads: the layout of a borrowed tensor.
 *
 * Written from the published layout (https://dmlc.github.io/dlpack), so that a
 * program needs no other header; one that includes DLPack's own first keeps
 * that one, and the two agree in names and layout. dlc never takes ownership,
 * so the managed forms are not needed here. */
#ifndef DLC_DLPACK_H
#define DLC_DLPACK_H
#include <stdint.h>

#ifndef DLPACK_DLPACK_H_
#ifdef __cplusplus
extern "C" {
#endif

/* Where the bytes are; dlc reads and writes host memory alone. */
typedef enum { kDLCPU = 1, kDLCUDA = 2, kDLCUDAHost = 3 } DLDeviceType;
typedef struct {
  DLDeviceType device_type;
  int32_t device_id;
} DLDevice;

/* The kind of number; `bits` and `lanes` complete it. */
typedef enum { kDLInt = 0U, kDLUInt = 1U, kDLFloat = 2U, kDLBfloat = 4U, kDLBool = 6U } DLDataTypeCode;
typedef struct {
  uint8_t code, bits;
  uint16_t lanes;
} DLDataType;

/* A tensor: `shape` and `strides` count elements, `strides` may be NULL for a
 * row-major one, and the first element lies `byte_offset` bytes after `data`.
 */
typedef struct {
  void *data;
  DLDevice device;
  int32_t ndim;
  DLDataType dtype;
  int64_t *shape;
  int64_t *strides;
  uint64_t byte_offset;
} DLTensor;

#ifdef __cplusplus
}
#endif
#endif
#endif
