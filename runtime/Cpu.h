// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the processor can do, and the parts of its state that compiled code
// depends on.
#ifndef DLC_RUNTIME_CPU_H
#define DLC_RUNTIME_CPU_H
#include "dlc/runtime.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace dlc::v1 {

/// DLC_CPU_* bits of features that both the processor and the operating system
/// support. Asked anew each time: the runtime keeps no global state, and it is
/// needed at create alone.
uint64_t cpuFeatures();

/// The index of the best variant for this processor, or of the one named. Of
/// `device` (DLPack's kind), or 0: the processor's, in a library that has any.
/// DLC_UNSUPPORTED_CPU, DLC_BAD_ARGUMENT. For a variant with AMX, the tile
/// registers are requested from the system, for the whole process, as it
/// demands.
dlc_status chooseVariant(const dlc_model &model, int32_t device, const char *name, int32_t &variant, dlc_error *error);

/// The last variant that runs here: the one that the most machines share, so
/// that the values it draws for new weights are the same on all of them.
dlc_status portableVariant(const dlc_model &model, int32_t &variant, dlc_error *error);

/// While it lives, floating point behaves as compiled code expects: rounding to
/// nearest, denormals kept, no traps. On the way out the caller's own control
/// and status bits return, and AMX tiles are released so that the thread's
/// context switches stay cheap.
class FloatingPoint {
public:
  explicit FloatingPoint(bool usesTiles) : usesTiles(usesTiles) {
#if defined(__x86_64__)
    saved = _mm_getcsr();
    _mm_setcsr(0x1f80); // the reset value: all exceptions masked, FTZ and DAZ off
#elif defined(__aarch64__)
    asm volatile("mrs %0, fpcr" : "=r"(saved));
    set(0); // the reset value: to nearest, no traps, FZ off
#endif
  }
  ~FloatingPoint() {
#if defined(__x86_64__)
    if (usesTiles)
      asm volatile(".byte 0xc4, 0xe2, 0x78, 0x49, 0xc0"); // tilerelease, for assemblers
                                                          // without AMX
    _mm_setcsr(saved);
#elif defined(__aarch64__)
    set(saved);
#endif
  }
  FloatingPoint(const FloatingPoint &) = delete;

private:
#if defined(__aarch64__)
  static void set(uint64_t control) { asm volatile("msr fpcr, %0" : : "r"(control)); }
  uint64_t saved = 0;
#else
  [[maybe_unused]] unsigned saved = 0;
#endif
  [[maybe_unused]] bool usesTiles;
};

inline void pause() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

} // namespace dlc::v1
#endif
