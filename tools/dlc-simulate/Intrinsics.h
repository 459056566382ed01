// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What instructions that reach beyond their thread do. HostCode makes calls of
// them; these are the functions called.
#ifndef DLC_TOOLS_SIMULATE_INTRINSICS_H
#define DLC_TOOLS_SIMULATE_INTRINSICS_H

#include <cstdint>

namespace dlc::simulate {

int32_t threadIndex();
int32_t blockIndex();
/// Meets the whole block.
void barrier();
/// `word` of the lane `offset` above, in segments as PTX's shfl.sync packs them.
int32_t shuffleDown(int32_t word, int32_t offset, int32_t clamp);
/// The same, `offset` below.
int32_t shuffleUp(int32_t word, int32_t offset, int32_t clamp);
/// `word` of the lane whose number differs in the bits of `mask`.
int32_t shuffleAcross(int32_t word, int32_t mask, int32_t clamp);
/// ldmatrix.x4: `row` is this lane's, of one of four matrices.
void loadMatrices(const char *row, int32_t transposed, int32_t *result);
/// mma.sync.m16n8k16 of f16 or bf16 with f32, m16n8k8 of TF32.
enum class Factors : int32_t { Bf16, F16, Tf32 };
void multiplyMatrices(int32_t factors, int32_t a0, int32_t a1, int32_t a2, int32_t a3, int32_t b0, int32_t b1, float c0,
                      float c1, float c2, float c3, float *result);
/// cvt.rna.tf32.f32: ties away from zero.
int32_t roundToTf32(float value);
/// A bit for each lane of the warp.
int32_t ballot(bool bit);
/// `word` of lane `lane` of the segment.
int32_t shuffleIndex(int32_t word, int32_t lane, int32_t clamp);
/// A copy of `bytes` bytes, of which all after the first `valid` are zeros. It
/// may happen from now until it is waited for; see setCopiesEarly.
void copyAsync(char *to, const char *from, int32_t bytes, int32_t valid);
void endCopies();
void awaitCopies(int32_t groups);
/// Whether copies happen at once, which shows what still needed the memory, or
/// when they are waited for, which shows what needed the copies.
void setCopiesEarly(bool early);
/// Forgets copies that nothing waited for; between blocks.
void dropCopies();

} // namespace dlc::simulate
#endif // DLC_TOOLS_SIMULATE_INTRINSICS_H
