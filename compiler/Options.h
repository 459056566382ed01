// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a user can ask of a compilation.
#ifndef DLC_COMPILER_OPTIONS_H
#define DLC_COMPILER_OPTIONS_H

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dlc {

/// The stages a model passes through, in order: what `--emit`, `--from` and
/// `--save-stages` name. A module *at* a stage is what that stage left;
/// `Source` is what the user wrote.
enum class Stage { Source, Dl, Kernels, Loops, Llvm };

/// What `-o` is to become.
enum class OutputKind {
  SharedLibrary,
  Object,
  Archive,
  Assembly,
  LlvmIr,
  Mlir
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
  std::string name; // prefix of all symbols; empty: from the output's name

  /// Training functions for a model that only predicts: see Training.h.
  bool train = false;
  std::string loss, optimizer = "adam";
  std::vector<std::string> freeze; // globs over parameter names

  /// List what cannot be compiled and write nothing.
  bool checkOnly = false;
  Stage from = Stage::Source;
  /// Stop after it and print the module.
  std::optional<Stage> emit;

  std::vector<std::string> cpus; // see Targets.h; empty: the portable set
  std::vector<std::string> dims; // "batch=1..64"

  /// MLIR's own, for people who debug passes: "--mlir-print-ir-after-all".
  std::vector<std::string> mlirOptions;
};

} // namespace dlc
#endif // DLC_COMPILER_OPTIONS_H
