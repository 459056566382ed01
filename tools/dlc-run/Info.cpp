// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc info: what a library holds, what it needs, and how it would run here.
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Bindings.h"
#include "dlc-run/Commands.h"
#include "dlc-run/Json.h"
#include "dlc-run/Library.h"
#include "dlc-run/Parameters.h"
#include "dlc-run/Threads.h"
#include <cstdio>
#include <map>

namespace dlc {

namespace {
struct Options {
  std::string model;
  std::vector<std::string> dims;
  Runner runner;
  bool json = false;
};
} // namespace

static std::vector<std::string> featureNames(uint64_t features) {
  static constexpr std::pair<uint64_t, const char *> known[] = {{DLC_CPU_SSE42, "sse4.2"},
                                                                {DLC_CPU_AVX2_FMA, "avx2+fma"},
                                                                {DLC_CPU_AVX512, "avx512"},
                                                                {DLC_CPU_AVX512_BF16, "avx512-bf16"},
                                                                {DLC_CPU_AVX512_VNNI, "avx512-vnni"},
                                                                {DLC_CPU_AMX, "amx"},
                                                                {DLC_CPU_NEON, "neon"}};
  std::vector<std::string> names;
  for (auto [bit, name] : known)
    if (features & bit)
      names.push_back(name);
  return names;
}

static constexpr int constantWeights = 2;

/// Features of a processor, or what a GPU and its driver must be.
static std::vector<std::string> needsOf(const dlc_variant &variant) {
  if (!variant.device)
    return featureNames(variant.features);
  const dlc_device_code &code = *variant.device;
  return {
      format("compute capability %d.%d%s", code.capability / 10, code.capability % 10, code.exact ? "" : " or higher"),
      format("a driver for CUDA %d.%d", code.driver / 1000, code.driver % 1000 / 10)};
}

/// How code for a GPU is there.
static std::string codeOf(const dlc_variant &variant) {
  if (!variant.device)
    return "";
  const dlc_device_code &code = *variant.device;
  std::string result = "; PTX";
  for (int32_t i = 0; i < code.image_count; ++i) {
    const dlc_device_image &image = code.images[i];
    result += (i ? ", " : " and machine code: ") + std::string("sm_") + std::to_string(image.capability) +
              (image.exact ? "a " : " ") + megabytes(uint64_t(image.size));
  }
  return result;
}

/// "30 of 256 threads a block, 28 of 128": a GPU's kernels.
static std::string kernelsOf(const dlc_device_code &code) {
  std::map<int, int, std::greater<>> byThreads;
  for (int i = 0; i < code.kernel_count; i++)
    byThreads[code.kernels[i].threads]++;
  std::vector<std::string> parts;
  for (auto [threads, count] : byThreads)
    parts.push_back(format("%d of %d%s", count, threads, parts.empty() ? " threads a block" : ""));
  return listed(parts);
}

static const char *weightsMode(int mode) { return mode == 0 ? "embedded" : mode == 1 ? "external" : "constant"; }

static std::string signature(const dlc_model &model, const dlc_function &function) {
  std::string inputs, outputs;
  for (const dlc_argument &argument : arguments(function)) {
    std::string &side = argument.kind == DLC_OUTPUT ? outputs : inputs;
    side += (side.empty() ? "" : ", ") + printable(argument.name);
    if (argument.kind == DLC_HYPER)
      side += " = " + shortest(defaultValue(argument), argument.type != DLC_F64);
    else
      side += " " + describe(model, argument);
    if (argument.checked)
      side += " in 0.." + std::to_string(argument.bound - 1);
  }
  return printable(function.name) + "(" + inputs + ") -> " + (outputs.empty() ? "nothing" : outputs) +
         (function.flags & DLC_TRAINS ? "  trains" : "");
}

static void printText(const Library &library, const Dims &dims, const dlc_memory_info *memory, int chosen) {
  const dlc_model &model = *library;
  std::printf("model      %s, made by %s for %s\n", printable(model.name).c_str(), printable(model.compiler).c_str(),
              printable(model.target).c_str());
  if (model.options && *model.options)
    std::printf("options    %s\n", printable(model.options).c_str());
  for (const dlc_function &function : functions(model))
    std::printf("function   %s\n", signature(model, function).c_str());
  for (const dlc_dim &dim : dimensions(model)) {
    std::string bound = dim.bound > 0 ? ", at most " + std::to_string(dim.bound) + " unless --dim says otherwise" : "";
    std::printf("dimension  %s in %s%s\n", printable(dim.name).c_str(), range(dim).c_str(), bound.c_str());
  }
  for (const auto &[name, size] : parameterSizes(model))
    std::printf("%s  %s in %s, %s%s\n", name.empty() ? "parameters" : "state     ",
                ((name.empty() ? "" : printable(name) + ": ") + grouped(size.elements)).c_str(),
                (grouped(size.tensors) + (size.tensors == 1 ? " tensor" : " tensors")).c_str(),
                megabytes(size.bytes).c_str(),
                name.empty() ? (std::string(", ") + weightsMode(model.weights_mode)).c_str() : "");
  if (model.weights_mode == constantWeights)
    std::printf("constants  %s, as the code reads them: nothing is loaded or "
                "prepared\n",
                megabytes(uint64_t(model.data_bytes)).c_str());
  for (const dlc_variant &variant : variants(model))
    std::printf("variant    %s, needs %s%s%s\n", printable(variant.name).c_str(), listed(needsOf(variant)).c_str(),
                codeOf(variant).c_str(), &variant - model.variants == chosen ? "  <- used on this machine" : "");
  for (const dlc_variant &variant : variants(model))
    if (variant.device)
      std::printf("kernels    %s: %s; --json names them\n", printable(variant.name).c_str(),
                  kernelsOf(*variant.device).c_str());
  if (chosen < 0) {
    std::printf("variant    none runs on this machine\n");
    return;
  }
  if (!memory) {
    std::string missing;
    for (size_t i = 0; i < dims.size(); i++)
      if (dims[i] <= 0)
        missing += " --dim " + printable(model.dims[i].name) + "=N";
    std::printf("memory     depends on the size: give%s\n", missing.c_str());
    return;
  }
  std::string at;
  for (size_t i = 0; i < dims.size(); i++)
    at += (i ? ", " : " at ") + printable(model.dims[i].name) + " = " + std::to_string(dims[i]);
  std::printf("memory     weights %s, prepared %s, context %s%s\n", megabytes(memory->weights).c_str(),
              megabytes(memory->prepared).c_str(), megabytes(memory->arena + memory->context).c_str(), at.c_str());
}

static Json argumentJson(const dlc_model &model, const dlc_argument &argument) {
  Json shape = Json::array();
  for (int i = 0; i < argument.rank; i++) {
    const dlc_extent &extent = argument.extents[i];
    shape.push_back(extent.dim == DLC_CONSTANT ? Json(extent.size)
                    : extent.dim >= 0          ? jsonText(model.dims[extent.dim].name)
                                               : Json(nullptr));
  }
  const char *kinds[] = {"input", "output", "hyper"};
  Json out = {{"name", jsonText(argument.name)},
              {"kind", kinds[argument.kind]},
              {"type", typeName(argument.type)},
              {"shape", shape}};
  if (argument.kind == DLC_HYPER)
    out["default"] = defaultValue(argument);
  if (argument.checked)
    out["bound"] = argument.bound;
  return out;
}

static void printJson(const Library &library, const Dims &dims, const dlc_memory_info *memory, int chosen) {
  const dlc_model &model = *library;
  Json out = {{"model", jsonText(model.name)},
              {"compiler", jsonText(model.compiler)},
              {"target", jsonText(model.target)},
              {"options", jsonText(model.options ? model.options : "")},
              {"weights", weightsMode(model.weights_mode)},
              {"data_bytes", model.data_bytes}};
  out["functions"] = Json::array();
  for (const dlc_function &function : functions(model)) {
    Json entry = {{"name", jsonText(function.name)}, {"trains", (function.flags & DLC_TRAINS) != 0}};
    entry["arguments"] = Json::array();
    for (const dlc_argument &argument : arguments(function))
      entry["arguments"].push_back(argumentJson(model, argument));
    out["functions"].push_back(entry);
  }
  out["dims"] = Json::array();
  for (const dlc_dim &dim : dimensions(model))
    out["dims"].push_back({{"name", jsonText(dim.name)}, {"low", dim.low}, {"high", dim.high}, {"bound", dim.bound}});
  out["parameters"] = Json::array();
  for (const dlc_parameter &parameter : parameters(model))
    out["parameters"].push_back({{"name", jsonText(parameter.name)},
                                 {"kind", parameter.kind == DLC_PARAMETER ? "parameter" : "slot"},
                                 {"type", typeName(parameter.type)},
                                 {"shape", Shape(parameter.extents, parameter.extents + parameter.rank)}});
  out["variants"] = Json::array();
  for (const dlc_variant &variant : variants(model)) {
    Json entry = {{"name", jsonText(variant.name)}, {"needs", needsOf(variant)}};
    for (int i = 0; variant.device && i < variant.device->kernel_count; i++)
      entry["kernels"].push_back(
          {{"name", jsonText(variant.device->kernels[i].name)}, {"threads", variant.device->kernels[i].threads}});
    out["variants"].push_back(entry);
  }
  out["variant"] = chosen < 0 ? Json(nullptr) : jsonText(model.variants[chosen].name);
  if (memory) {
    Json at = Json::object();
    for (size_t i = 0; i < dims.size(); i++)
      at[model.dims[i].name] = dims[i];
    out["memory"] = {{"dims", at},
                     {"weights", memory->weights},
                     {"prepared", memory->prepared},
                     {"arena", memory->arena},
                     {"context", memory->context}};
  }
  std::fputs(line(out).c_str(), stdout);
}

static int info(const Options &options) {
  Library library(options.model);
  Dims dims(library->dim_count, -1);
  parseDims(*library, options.dims, dims);
  Error error;
  int chosen = options.runner.choose(*library, &error);
  // Without bounds for every dimension the memory is not known, and is left
  // out.
  bool known = true;
  for (size_t i = 0; i < dims.size(); i++) {
    dims[i] = dims[i] < 0 ? library->dims[i].bound : dims[i];
    known &= dims[i] > 0;
  }
  dlc_memory_info memory{};
  if (known && chosen >= 0)
    memory = memoryOf(library, dims, options.runner);
  (options.json ? printJson : printText)(library, dims, known && chosen >= 0 ? &memory : nullptr, chosen);
  return 0;
}

Command addInfo(CLI::App &app) {
  auto options = std::make_shared<Options>();
  CLI::App *command = app.add_subcommand("info", "show functions, shapes, memory and CPU features of a compiled model");
  option(command, "model", options->model, "MODEL.so", "compiled model")->required();
  option(command, "--dim", options->dims, "NAME=SIZE", "show the memory for this upper bound");
  options->runner.addTo(command, /*oneVariant=*/false);
  command->add_flag("--json", options->json, "one JSON object");
  return {command, [options] { return info(*options); }};
}

} // namespace dlc
