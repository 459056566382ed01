// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Cpu.h"
#include "Errors.h"
#include <cstring>
#if defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

using namespace dlc::v1;

#if defined(__x86_64__)
static uint64_t extendedControl() {
  uint32_t low, high;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return uint64_t(high) << 32 | low;
}

// Leaves and bits: Intel SDM volume 2, CPUID; the state components that the
// system must save (XCR0): SDM volume 1, chapter 13.
uint64_t dlc::v1::cpuFeatures() {
  unsigned a, b, c, d, b7 = 0, d7 = 0, a71 = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d))
    return 0;
  unsigned c1 = c;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) {
    b7 = b;
    d7 = d;
    unsigned c7 = c, leaves = a;
    if (leaves >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d))
      a71 = a;
    c = c7;
  } else {
    c = 0;
  }
  auto bit = [](unsigned word, int index) { return (word >> index & 1) != 0; };
  uint64_t state = bit(c1, 27) ? extendedControl() : 0; // OSXSAVE
  bool ymm = (state & 0x6) == 0x6, zmm = (state & 0xe6) == 0xe6, tiles = (state & 0x60000) == 0x60000;

  uint64_t features = 0;
  if (bit(c1, 20) && bit(c1, 23)) // SSE4.2, POPCNT
    features |= DLC_CPU_SSE42;
  if (ymm && bit(c1, 12) && bit(c1, 28) && bit(c1, 29) && bit(b7, 5)) // FMA, AVX, F16C, AVX2
    features |= DLC_CPU_AVX2_FMA;
  if (zmm && bit(b7, 16) && bit(b7, 17) && bit(b7, 28) && bit(b7, 30) && bit(b7, 31)) { // F, DQ, CD, BW, VL
    features |= DLC_CPU_AVX512;
    if (bit(c, 11))
      features |= DLC_CPU_AVX512_VNNI;
    if (bit(a71, 5))
      features |= DLC_CPU_AVX512_BF16;
  }
  if (tiles && bit(d7, 22) && bit(d7, 24) && bit(d7, 25)) // AMX-BF16, AMX-TILE, AMX-INT8
    features |= DLC_CPU_AMX;
  return features;
}

/// Tile data is off until the process asks (Linux, arch_prctl, since 5.16).
static bool requestTiles() {
  constexpr long reqXcompPerm = 0x1023, tileData = 18;
  return syscall(SYS_arch_prctl, reqXcompPerm, tileData) == 0;
}
#else
uint64_t dlc::v1::cpuFeatures() {
#if defined(__aarch64__)
  // NEON is part of the base architecture. Bits of the auxiliary vector: Linux,
  // Documentation/arch/arm64/elf_hwcaps.rst (CRC32, ATOMICS, FPHP, ASIMDHP,
  // ASIMDRDM, ASIMDDP).
  constexpr unsigned long v82 = 1ul << 7 | 1ul << 8 | 1ul << 9 | 1ul << 10 | 1ul << 12 | 1ul << 20;
  bool has = (getauxval(AT_HWCAP) & v82) == v82;
  return DLC_CPU_NEON | (has ? DLC_CPU_ARMV82 : 0);
#else
  return 0;
#endif
}
static bool requestTiles() { return false; }
#endif

static void appendFeatures(Failure &out, uint64_t features) {
  static constexpr struct {
    uint64_t bit;
    const char *name;
  } names[] = {
      {DLC_CPU_SSE42, "SSE4.2"},
      {DLC_CPU_AVX2_FMA, "AVX2 and FMA"},
      {DLC_CPU_AVX512, "AVX-512"},
      {DLC_CPU_AVX512_BF16, "AVX512-BF16"},
      {DLC_CPU_AVX512_VNNI, "AVX512-VNNI"},
      {DLC_CPU_AMX, "AMX"},
      {DLC_CPU_NEON, "NEON"},
      {DLC_CPU_ARMV82, "Armv8.2 with FP16 and DotProd"},
  };
  const char *separator = "";
  for (auto [bit, name] : names) {
    if (!(features & bit))
      continue;
    out << separator << name;
    separator = ", ";
    features &= ~bit;
  }
  if (features)
    out << separator << "features this runtime does not know";
}

/// DLPack's kind of what a variant runs on.
static int32_t kindOf(const dlc_variant &variant) { return variant.device ? variant.device->kind : int32_t(kDLCPU); }

/// The kind that is meant by `device`, or an error.
static dlc_status chooseKind(const dlc_model &model, int32_t &device, dlc_error *error) {
  bool has = false;
  for (int32_t i = 0; i < model.variant_count; ++i)
    has |= kindOf(model.variants[i]) == (device ? device : int32_t(kDLCPU));
  if (has && !device)
    device = kDLCPU;
  else if (!has && !device && model.variant_count)
    device = kindOf(model.variants[0]);
  else if (!has)
    return fail(error, DLC_UNSUPPORTED) << model.name
                                        << " was compiled without --device=" << (device == kDLCPU ? "cpu" : "cuda");
  return DLC_OK;
}

dlc_status dlc::v1::chooseVariant(const dlc_model &model, int32_t device, const char *name, int32_t &chosen,
                                  dlc_error *error) {
  KeepErrno keep;
  uint64_t present = cpuFeatures();
  if (!name || device) // a name says what its variant runs on
    if (dlc_status status = chooseKind(model, device, error))
      return status;
  for (int32_t i = 0; i < model.variant_count; ++i) {
    const dlc_variant &variant = model.variants[i];
    if ((name && strcmp(name, variant.name)) || (device && kindOf(variant) != device))
      continue;
    uint64_t missing = variant.features & ~present;
    if (!missing && (variant.features & DLC_CPU_AMX) && !requestTiles())
      missing = DLC_CPU_AMX;
    if (!missing) {
      chosen = i;
      return DLC_OK;
    }
    if (name) {
      Failure failure = fail(error, DLC_UNSUPPORTED_CPU);
      failure << "variant " << Quoted{name} << " of " << model.name << " needs ";
      appendFeatures(failure, missing);
      failure << ", which this processor lacks";
      return failure;
    }
  }
  if (name) {
    Failure failure = fail(error, DLC_BAD_ARGUMENT);
    failure << model.name << " has no variant " << Quoted{name};
    if (device)
      failure << " for the " << (device == kDLCPU ? "processor" : "GPU");
    const char *separator = ", only ";
    for (int32_t i = 0; i < model.variant_count; ++i) {
      if (device && kindOf(model.variants[i]) != device)
        continue;
      failure << separator << model.variants[i].name;
      separator = ", ";
    }
    return failure;
  }
  Failure failure = fail(error, DLC_UNSUPPORTED_CPU);
  failure << "no variant of " << model.name << " runs on this processor:";
  const char *separator = " ";
  for (int32_t i = 0; i < model.variant_count; ++i) {
    if (kindOf(model.variants[i]) != kDLCPU)
      continue;
    failure << separator << model.variants[i].name << " needs ";
    appendFeatures(failure, model.variants[i].features & ~present);
    separator = "; ";
  }
  return failure;
}

dlc_status dlc::v1::portableVariant(const dlc_model &model, int32_t &chosen, dlc_error *error) {
  uint64_t present = cpuFeatures();
  bool any = false;
  for (chosen = model.variant_count - 1; chosen >= 0; --chosen) {
    bool isHere = !model.variants[chosen].device;
    any |= isHere;
    if (isHere && !(model.variants[chosen].features & ~present))
      return DLC_OK;
  }
  // Says what is missing, or finds the device's.
  return chooseVariant(model, any ? int32_t(kDLCPU) : 0, nullptr, chosen, error);
}

extern "C" int32_t dlc_model_variant(const dlc_model *model, const char *variant, dlc_error *error) {
  int32_t chosen = -1;
  if (dlc_model_check(model, 0, error) || chooseVariant(*model, 0, variant, chosen, error))
    return -1;
  return chosen;
}
