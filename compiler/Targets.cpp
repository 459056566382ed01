// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Targets.h"
#include "compiler/Nearest.h"
#include "dlc/abi.h"
#include "passes/Elements/Target.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir;

namespace dlc {

namespace {
struct Cpu {
  const char *name;    // what --cpu says
  const char *variant; // what the library calls it
  const char *arch, *llvm, *features;
  int64_t vectorBits, vectorRegisters;
  bool fma;
  int64_t l1,
      l2;       // bytes of one core; the smallest among processors of the name
  int64_t mask; // of DLC_CPU_*
};

constexpr int64_t K = 1024;
constexpr int64_t v2 = DLC_CPU_SSE42, v3 = v2 | DLC_CPU_AVX2_FMA, v4 = v3 | DLC_CPU_AVX512;

constexpr int64_t v82 = DLC_CPU_NEON | DLC_CPU_ARMV82;
constexpr const char *armv82 = "+neon,+fullfp16,+dotprod,+lse,+crc,+rdm";

// A feature that code may use must be in the mask, which is what the runtime
// tests before it calls: LLVM's cpu is therefore the psABI level, and the rest
// is spelled out.
constexpr Cpu cpus[] = {
    {"x86-64-v4", "avx512", "x86_64", "x86-64-v4", "", 512, 32, true, 32 * K, 1024 * K, v4},
    {"x86-64-v3", "avx2", "x86_64", "x86-64-v3", "", 256, 16, true, 32 * K, 256 * K, v3},
    {"x86-64-v2", "sse", "x86_64", "x86-64-v2", "", 128, 16, false, 32 * K, 256 * K, v2},
    {"cascadelake", "cascadelake", "x86_64", "x86-64-v4", "+avx512vnni", 512, 32, true, 32 * K, 1024 * K,
     v4 | DLC_CPU_AVX512_VNNI},
    {"sapphirerapids", "sapphirerapids", "x86_64", "x86-64-v4", "+avx512vnni,+avx512bf16", 512, 32, true, 48 * K,
     2048 * K, v4 | DLC_CPU_AVX512_VNNI | DLC_CPU_AVX512_BF16},
    {"znver4", "znver4", "x86_64", "x86-64-v4", "+avx512vnni,+avx512bf16", 512, 32, true, 32 * K, 1024 * K,
     v4 | DLC_CPU_AVX512_VNNI | DLC_CPU_AVX512_BF16},
    {"armv8-a", "neon", "aarch64", "generic", "+neon", 128, 32, true, 32 * K, 256 * K, DLC_CPU_NEON},
    {"armv8.2-a", "armv8.2-a", "aarch64", "generic", armv82, 128, 32, true, 32 * K, 256 * K, v82},
    {"cortex-a72", "cortex-a72", "aarch64", "generic", "+neon", 128, 32, true, 32 * K, 512 * K, DLC_CPU_NEON},
    {"cortex-a76", "cortex-a76", "aarch64", "generic", armv82, 128, 32, true, 64 * K, 256 * K, v82},
    {"neoverse-n1", "neoverse-n1", "aarch64", "generic", armv82, 128, 32, true, 64 * K, 1024 * K, v82},
    {"neoverse-v1", "neoverse-v1", "aarch64", "generic", armv82, 128, 32, true, 64 * K, 1024 * K, v82},
};
struct Gpu {
  const char *name;     // what --gpu says and LLVM calls it
  const char *features; // the oldest PTX that has what kernels use
  int64_t shared, l2;   // bytes: of a block where a processor holds two, at least; of the device
};

// CUDA's programming guide, technical specifications: a thread has 255 registers,
// a processor 164, 100 or 228 KB of shared memory, of which each block costs 1 KB
// more than it has. Accesses are of 128 bits at most.
constexpr int64_t gpuAccess = 128, gpuRegisters = 255;
constexpr Gpu gpus[] = {
    {"sm_80", "+ptx70", 80 * K, 40960 * K},   {"sm_86", "+ptx71", 48 * K, 6144 * K},
    {"sm_89", "+ptx78", 48 * K, 49152 * K},   {"sm_90", "+ptx78", 112 * K, 51200 * K},
    {"sm_90a", "+ptx80", 112 * K, 51200 * K}, {"sm_100", "+ptx86", 112 * K, 126976 * K},
    {"sm_120", "+ptx87", 48 * K, 98304 * K},
};
constexpr const char *portable[] = {"x86-64-v4", "x86-64-v3", "x86-64-v2"};
} // namespace

static dl::TargetAttr describe(MLIRContext *context, const Cpu &cpu, StringRef features) {
  return dl::TargetAttr::get(context, cpu.arch, cpu.llvm, features, cpu.vectorBits, cpu.vectorRegisters, cpu.fma,
                             cpu.l1, cpu.l2, cpu.mask);
}

static const Cpu *find(StringRef name) {
  for (const Cpu &cpu : cpus)
    if (name == cpu.name)
      return &cpu;
  return nullptr;
}

/// The best row of the table that this machine's features allow.
static const Cpu *native() {
  llvm::StringMap<bool> has = llvm::sys::getHostCPUFeatures();
  auto all = [&](std::initializer_list<StringRef> names) {
    return llvm::all_of(names, [&](StringRef name) { return has.lookup(name); });
  };
#if defined(__x86_64__)
  if (all({"avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd", "avx2", "fma"})) {
    if (all({"avx512vnni", "avx512bf16"}))
      return find("sapphirerapids");
    return find(all({"avx512vnni"}) ? "cascadelake" : "x86-64-v4");
  }
  if (all({"avx2", "fma", "bmi2", "f16c"}))
    return find("x86-64-v3");
  return all({"sse4.2"}) ? find("x86-64-v2") : nullptr;
#else
  return all({"neon"}) ? find("armv8-a") : nullptr;
#endif
}

std::vector<std::string> cpuNames() {
  std::vector<std::string> names = {"native"};
  for (const Cpu &cpu : cpus)
    names.push_back(cpu.name);
  return names;
}

FailureOr<DictionaryAttr> targetsFor(MLIRContext *context, ArrayRef<std::string> names, std::string &error) {
  SmallVector<std::string> wanted(names);
  if (wanted.empty())
    wanted.append(std::begin(portable), std::end(portable));
  NamedAttrList targets;
  const char *arch = nullptr;
  for (const std::string &name : wanted) {
    const Cpu *cpu = name == "native" ? native() : find(name);
    if (!cpu) {
      error = name == "native" ? "this machine's processor has none of the "
                                 "vector units that dlc generates code for"
                               : "unknown processor '" + name + "'" + suggestNearest(name, cpuNames());
      return failure();
    }
    if (arch && StringRef(arch) != cpu->arch) {
      error = std::string("one library has one architecture, the processors are ") + arch + " and " + cpu->arch;
      return failure();
    }
    arch = cpu->arch;
    targets.set(cpu->variant, describe(context, *cpu, cpu->features));
  }
  return targets.getDictionary(context);
}

std::vector<std::string> gpuNames() {
  std::vector<std::string> names;
  for (const Gpu &gpu : gpus)
    names.push_back(gpu.name);
  return names;
}

FailureOr<std::vector<std::string>> orderedGpus(ArrayRef<std::string> names, std::string &error) {
  std::vector<std::string> known = gpuNames(), result;
  for (const std::string &name : names)
    if (!llvm::is_contained(known, name)) {
      error = "unknown GPU '" + name + "'" + suggestNearest(name, known);
      return failure();
    }
  llvm::copy_if(known, std::back_inserter(result), [&](const std::string &name) {
    return llvm::is_contained(names, name) || (names.empty() && name == known.front());
  });
  StringRef first = result.front();
  if (result.size() > 1 && first.ends_with("a")) {
    error = "--gpu: code for " + result[0] + " runs on no other GPU, " + result[1] + " neither; name " +
            first.drop_back().str() + " instead or besides";
    return failure();
  }
  return result;
}

DictionaryAttr gpuTargetFor(MLIRContext *context, StringRef name, bool tf32) {
  const Gpu *gpu = llvm::find_if(gpus, [&](const Gpu &gpu) { return name == gpu.name; });
  std::string features = gpu->features + (tf32 ? "," + tf32Feature.str() : "");
  NamedAttrList targets;
  targets.set(gpu->name, dl::TargetAttr::get(context, "nvptx64", gpu->name, features, gpuAccess, gpuRegisters,
                                             /*fma=*/true, gpu->shared, gpu->l2, /*features_mask=*/0));
  return targets.getDictionary(context);
}

std::string tripleFor(StringRef arch) {
  if (arch == "nvptx64")
    return "nvptx64-nvidia-cuda";
  return arch.str() + "-unknown-linux-gnu";
}

} // namespace dlc
