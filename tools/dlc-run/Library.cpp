// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Library.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <algorithm>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dlc {

void require(dlc_status status, const Error &error) {
  if (status != DLC_OK)
    throw Failure(printable(error.message));
}

static const char *machineName(int machine) {
  return machine == EM_X86_64    ? "x86-64"
         : machine == EM_AARCH64 ? "aarch64"
         : machine == EM_RISCV   ? "riscv"
                                 : "another";
}

/// Says in a user's words what dlopen would say in a linker's.
static void checkFile(const std::string &path) {
#if defined(__x86_64__)
  constexpr int here = EM_X86_64;
#else
  constexpr int here = EM_AARCH64;
#endif
  std::string quoted = "'" + printable(path) + "'";
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    throw Failure("cannot open " + quoted + ": " + std::strerror(errno));
  struct stat status{};
  Elf64_Ehdr header{};
  bool regular = !fstat(file, &status) && S_ISREG(status.st_mode);
  ssize_t got = regular ? read(file, &header, sizeof header) : 0;
  close(file);
  if (!regular)
    throw Failure(quoted + " is not a regular file, expected a compiled model (.so)");
  if (path.ends_with(".mlir") || path.ends_with(".onnx"))
    throw Failure(quoted + " is not compiled yet: dlc " + printable(path) + " -o model.so");
  if (got != sizeof header || std::memcmp(header.e_ident, ELFMAG, SELFMAG) || header.e_type != ET_DYN)
    throw Failure(quoted + " is not a shared library, expected a compiled model (.so)");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != here)
    throw Failure(quoted + " is made for " + machineName(header.e_machine) + " machines, this one is " +
                  machineName(here));
}

Library::Library(const std::string &path) : path(path) {
  checkFile(path);
  // Without a slash dlopen would search the system's folders instead of this
  // one.
  std::string place = path.find('/') == std::string::npos ? "./" + path : path;
  handle = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    throw Failure("cannot open '" + printable(path) + "': " + printable(dlerror()));
  auto accessor = reinterpret_cast<dlc_model_accessor>(dlsym(handle, DLC_MODEL_ACCESSOR));
  if (!accessor)
    throw Failure("'" + printable(path) + "' holds no compiled model: it does not export " + DLC_MODEL_ACCESSOR);
  model = accessor();
  Error error;
  dlc_status status = dlc_model_check(model, 0, &error);
  if (status != DLC_OK)
    throw Failure(printable(path) + ": " + printable(error.message));
}

const char *Library::profileReport() const {
  std::string name = std::string(model->name) + "_profile_report";
  auto *report = reinterpret_cast<const char *(*)()>(dlsym(handle, name.c_str()));
  return report ? report() : nullptr;
}

Weights::Weights(const Library &library, int64_t seed) {
  dlc_weights *created = nullptr;
  Error error;
  require(dlc_weights_create(&*library, 0, nullptr, 0, &created, &error), error);
  handle.reset(created);
  if (seed)
    require(dlc_weights_initialise(created, seed, &error), error);
}

void Weights::resume(const std::string &path) {
  Error error;
  require(dlc_weights_resume(get(), path.c_str(), &error), error);
}

void Weights::load(const std::string &path) {
  Error error;
  require(dlc_weights_load(get(), path.c_str(), &error), error);
}

void Weights::startFrom(const std::string &path, int64_t seed) {
  load(path);
  const dlc_model &model = *dlc_weights_model(get());
  std::vector<Bytes> values(model.parameter_count);
  Error error;
  for (int i = 0; i < model.parameter_count; i++) {
    values[i].resize(model.parameters[i].bytes);
    require(dlc_weights_get(get(), i, values[i].data(), values[i].size(), &error), error);
  }
  require(dlc_weights_initialise(get(), seed, &error), error);
  for (int i = 0; i < model.parameter_count; i++)
    if (model.parameters[i].kind == DLC_PARAMETER)
      require(dlc_weights_set(get(), i, values[i].data(), values[i].size(), &error), error);
}

void Weights::save(const std::string &path) {
  Error error;
  require(dlc_weights_save(get(), path.c_str(), &error), error);
}

Dims boundsFor(const dlc_model &model, Dims bounds) {
  for (size_t i = 0; i < bounds.size(); i++) {
    const dlc_dim &dim = model.dims[i];
    if (bounds[i] <= 0)
      bounds[i] = dim.bound > 0 ? dim.bound : std::max<int64_t>(1, dim.low);
  }
  return bounds;
}

Context::Context(const Weights &weights, const Dims &bounds, const Runner &runner, const ContextMemory &memory) {
  dlc_context_options options = runner.options();
  options.arena = memory.arena;
  options.arena_bytes = memory.arenaBytes;
  options.times = memory.times;
  options.times_bytes = memory.timesBytes;
  dlc_context *created = nullptr;
  Error error;
  Dims all = boundsFor(*dlc_weights_model(weights.get()), bounds);
  require(dlc_context_create(weights.get(), all.data(), &options, &created, &error), error);
  handle.reset(created);
}

void Context::call(int function, const Dims &dims, const std::vector<void *> &arguments) {
  Error error;
  require(dlc_call(handle.get(), function, dims.data(), arguments.data(), &error), error);
}

dlc_memory_info memoryOf(const Library &library, const Dims &bounds, const Runner &runner) {
  dlc_context_options options = runner.options();
  dlc_memory_info memory = DLC_MEMORY_INFO_INIT;
  Error error;
  Dims all = boundsFor(*library, bounds);
  require(dlc_memory(&*library, all.data(), &options, &memory, &error), error);
  return memory;
}

std::vector<Shape> shapesOf(const dlc_model &model, int function, const Dims &dims) {
  std::vector<Shape> shapes;
  size_t total = 0;
  for (const dlc_argument &argument : arguments(model.functions[function])) {
    shapes.emplace_back(argument.rank);
    total += argument.rank;
  }
  std::vector<int64_t> extents(total + 1);
  Error error;
  require(dlc_shapes_of(&model, function, dims.data(), extents.data(), &error), error);
  auto next = extents.begin();
  for (Shape &shape : shapes) {
    std::copy_n(next, shape.size(), shape.begin());
    next += shape.size();
  }
  return shapes;
}

} // namespace dlc
