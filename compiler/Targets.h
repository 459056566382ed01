// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The processors that `--cpu` and `--gpu` name, as descriptions for the passes.
#ifndef DLC_COMPILER_TARGETS_H
#define DLC_COMPILER_TARGETS_H

#include "dialects/dl/Dl.h"
#include <string>
#include <vector>

namespace dlc {

/// The variants for `--cpu` names, as the module attribute `dl.targets`:
/// variant name to `#dl.target`. No names: the portable set, the same on every
/// machine. `native` asks this machine's CPUID for features, never for its
/// name. Failure with `error` set: an unknown name (with the nearest known), or
/// names of two architectures.
mlir::FailureOr<mlir::DictionaryAttr> targetsFor(mlir::MLIRContext *context, llvm::ArrayRef<std::string> cpus,
                                                 std::string &error);

/// `--gpu` names, each once, oldest first; of none, the oldest there is. Failure
/// with `error` set: an unknown name (with the nearest known), or the first is an
/// architecture whose code no other runs, and there are others.
mlir::FailureOr<std::vector<std::string>> orderedGpus(llvm::ArrayRef<std::string> names, std::string &error);

/// A variant for a GPU of orderedGpus, named as it is, as `targetsFor`. `tf32`: see allowsTf32.
mlir::DictionaryAttr gpuTargetFor(mlir::MLIRContext *context, llvm::StringRef gpu, bool tf32);

/// The module attribute that lists for which GPUs machine code is wanted, oldest first.
constexpr llvm::StringLiteral machineCodeAttribute = "dl.machine_code";

/// All names `--gpu` takes, oldest first.
std::vector<std::string> gpuNames();

/// All names `--cpu` takes, in the order help lists them.
std::vector<std::string> cpuNames();

/// "x86_64-unknown-linux-gnu", "nvptx64-nvidia-cuda" for a target's architecture.
std::string tripleFor(llvm::StringRef arch);

} // namespace dlc
#endif // DLC_COMPILER_TARGETS_H
