// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a user can ask of a compilation.
#ifndef DLC_COMPILER_OPTIONS_H
#define DLC_COMPILER_OPTIONS_H

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dlc {

/// The stages a model passes through, in order: what `--emit`, `--from` and
/// `--save-stages` name. A module *at* a stage is what that stage left;
/// `Source` is what the user wrote.
enum class Stage { Source, Dl, Kernels, Loops, Llvm };

/// Where the model's own weights are: in the library as they were declared, in
/// a safetensors file beside it that the app loads, or in the library as its
/// code wants them, never to be loaded. The numbers are dlc_model.weights_mode.
enum class Weights { Embed = 0, External = 1, Constant = 2 };
inline const char *nameOf(Weights weights) {
  return weights == Weights::Embed ? "embed" : weights == Weights::External ? "external" : "constant";
}

/// What `-o` is to become.
enum class OutputKind { SharedLibrary, Object, Archive, Assembly, LlvmIr, Ptx, Mlir };

/// A tensor from a file, by the name it has there.
struct NamedTensor {
  std::string name;
  int32_t type; // DLC_F32 ... of dlc/abi.h
  std::vector<int64_t> shape;
  std::vector<uint8_t> bytes; // row-major, as in the C API
};

/// The tensors of a checkpoint file, which the driver reads.
struct Checkpoint {
  std::string path; // empty: none
  std::vector<NamedTensor> tensors;
};

/// Which optimisation remarks are wanted, and where. The options are
/// mlir-opt's; the filters are regular expressions over categories (fusion,
/// tiling, memory, ...), empty ones let nothing through.
struct RemarkOptions {
  std::string all, passed, missed, failed, analysis;
  std::string output; // path; empty: among the other messages
  std::string format; // yaml, bitstream, emitRemark; empty: by the output

  bool filters() const {
    return !all.empty() || !passed.empty() || !missed.empty() || !failed.empty() || !analysis.empty();
  }
  bool wanted() const { return filters() || !output.empty(); }
};

struct Options {
  std::string input = "-"; // a path, or "-" for standard input
  std::string output;      // the same, "-" for standard output
  OutputKind kind = OutputKind::SharedLibrary;
  std::string header;     // path; empty: none, or beside a library
  std::string depfile;    // path; empty: none
  std::string saveStages; // folder; empty: none
  std::string report;     // path, "-" for standard output; empty: none
  /// The report's JSON as a page; null: JSON is what is written.
  std::function<std::string(const std::string &)> drawReport;
  bool profile = false; // time every launch
  std::string name;     // prefix of all symbols; empty: from the output's name

  /// Training functions for a model that only predicts: see Training.h.
  bool train = false;
  std::string loss, optimizer = "adam";
  std::vector<std::string> freeze; // globs over parameter names

  /// List what cannot be compiled and write nothing.
  bool checkOnly = false;
  Stage from = Stage::Source;
  /// Stop after it and print the module.
  std::optional<Stage> emit;
  bool emitDevice = false; // of it, the code for a GPU alone: --emit=nvvm

  /// Embed calls whose results are known, for `dlc test`.
  bool selfTest = false;
  std::string selfTestFile;                // the driver reads it into
  std::vector<NamedTensor> selfTestInputs; // these; empty: the pass chooses
  int64_t selfTestBudget = 2'000'000'000;

  std::vector<std::string> cpus;      // see Targets.h; empty: the portable set
  bool forCpu = true, forGpu = false; // --device
  std::vector<std::string> gpus;      // see Targets.h; empty: the oldest
  bool tf32 = false;                  // see allowsTf32: --precision=tf32
  std::string ptxas;                  // see Cubin.h
  std::vector<std::string> dims;      // "batch=1..64"
  std::optional<int64_t> foldLimit;   // bytes of a constant; null: see dialects/dl/Fold.h
  std::vector<std::string> functions; // to compile; empty: all
  Checkpoint checkpoint;              // values of the parameters instead of the declared ones
  std::optional<Weights> weights;     // null: as the kind of model is mostly used

  RemarkOptions remarks;

  /// MLIR's own, for people who debug passes: "--mlir-print-ir-after-all".
  std::vector<std::string> mlirOptions;
};

} // namespace dlc
#endif // DLC_COMPILER_OPTIONS_H
