// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Creating contexts: choosing the variant, planning and allocating the arena,
// starting threads. Everything a call needs is made here.
#include "Context.h"
#include "Cpu.h"
#include "Errors.h"
#include "OnDevice.h"
#include "Weights.h"
#include <algorithm>
#include <new>

using namespace dlc::v1;

namespace {
/// The options with defaults filled in, and what was chosen by them.
struct Plan {
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  int32_t variant = 0, workers = 1;
  uint64_t arena = 0, tables = 0;
};
} // namespace

/// Reads what the caller's struct has: an older, shorter one leaves defaults.
static dlc_status readOptions(const dlc_context_options *given, Plan &plan, dlc_error *error) {
  if (!given)
    return DLC_OK;
  constexpr size_t head = sizeof(uint32_t);
  if (given->size < head)
    return fail(error, DLC_BAD_ARGUMENT) << "options.size is " << uint64_t(given->size)
                                         << ": start from DLC_CONTEXT_OPTIONS_INIT";
  __builtin_memcpy(&plan.options, given, std::min<size_t>(given->size, sizeof(plan.options)));
  const dlc_context_options &options = plan.options;
  constexpr int32_t most = 4096; // beyond any machine, below any overflow of a plan
  if (options.threads < 0 || options.threads > most)
    return fail(error, DLC_BAD_ARGUMENT) << "options.threads is " << options.threads << ", expected 0 to " << most;
  if (options.parallel_for && options.threads > 1)
    return fail(error, DLC_BAD_ARGUMENT) << "options ask for " << options.threads
                                         << " threads and bring a parallel_for: choose one";
  if (options.parallel_for && (options.max_workers < 1 || options.max_workers > most))
    return fail(error, DLC_BAD_ARGUMENT) << "options.max_workers is " << options.max_workers << ", expected 1 to "
                                         << most;
  if (options.device_type && options.device_type != kDLCPU && options.device_type != kDLCUDA)
    return fail(error, DLC_BAD_ARGUMENT) << "options.device_type is " << options.device_type
                                         << ", expected 0, kDLCPU (1) or kDLCUDA (2)";
  plan.workers = options.parallel_for ? options.max_workers : std::max(options.threads, 1);
  return DLC_OK;
}

/// Writes the bound of each named dimension: the given one, or its default.
static dlc_status chooseBounds(const dlc_model &model, const int64_t *given, int64_t *bounds, dlc_error *error) {
  for (int32_t i = 0; i < model.dim_count; ++i) {
    const dlc_dim &dim = model.dims[i];
    int64_t bound = given && given[i] ? given[i] : dim.bound;
    if (!bound)
      return fail(error, DLC_BAD_ARGUMENT) << dim.name << " has no default: give the context an upper bound for it";
    if (bound < dim.low || bound < 0)
      return fail(error, DLC_BAD_SHAPE) << "the bound of " << dim.name << " is " << bound
                                        << ", the library needs at least " << std::max<int64_t>(dim.low, 0);
    if (dim.high && bound > dim.high)
      return fail(error, DLC_BAD_SHAPE) << "the bound of " << dim.name << " is " << bound
                                        << ", the library was compiled for at most " << dim.high;
    bounds[i] = bound;
  }
  return DLC_OK;
}

/// Places the tables of a context; `context` NULL only counts their bytes.
static uint64_t placeTables(const dlc_model &model, const dlc_variant &variant, int32_t workers, unsigned char *memory,
                            dlc_context *context) {
  int64_t mostArguments = 0, mostExtents = 0;
  for (int32_t f = 0; f < model.function_count; ++f) {
    const dlc_function &function = model.functions[f];
    int64_t extents = 0;
    for (int32_t a = 0; a < function.argument_count; ++a)
      extents += function.arguments[a].rank;
    mostArguments = std::max<int64_t>(mostArguments, function.argument_count);
    mostExtents = std::max(mostExtents, extents);
  }
  Carver carver(memory);
  dlc_context sink;
  dlc_context &c = context ? *context : sink;
  carver.take<dlc_context>(1);
  c.bounds = carver.take<int64_t>(model.dim_count);
  c.dims = carver.take<int64_t>(model.dim_count);
  c.extents = carver.take<int64_t>(mostExtents);
  c.arguments = carver.take<void *>(mostArguments);
  c.offsets = carver.take<int64_t *>(model.function_count + 1);
  for (int32_t f = 0; f <= model.function_count; ++f) {
    const dlc_entry &entry = f < model.function_count ? variant.entries[f] : variant.prepare;
    int64_t *table = carver.take<int64_t>(entry.offset_count);
    if (context)
      c.offsets[f] = table;
  }
  bool there = variant.device;
  c.addresses = carver.take<void *>(there ? mostArguments : 0);
  c.moves = carver.take<Move>(there ? 2 * mostArguments : 0);
  c.isOnDevice = there ? carver.take<unsigned char>(mostArguments) : nullptr;
  c.uses = carver.take<unsigned char>(int64_t(model.function_count) * model.dim_count);
  c.ownWorkers = carver.take<dlc::v1::Worker>(workers);
  return carver.bytes();
}

static void findUses(dlc_context &context) {
  const dlc_model &model = *context.model;
  for (int32_t f = 0; f < model.function_count; ++f)
    for (int32_t a = 0; a < model.functions[f].argument_count; ++a) {
      const dlc_argument &argument = model.functions[f].arguments[a];
      for (int32_t k = 0; k < argument.rank; ++k)
        if (argument.kind != DLC_OUTPUT && argument.extents[k].dim >= 0)
          context.uses[f * model.dim_count + argument.extents[k].dim] = 1;
    }
}

/// Plans every function of the variant and `prepare`; the arena serves one at a
/// time.
static dlc_status planArena(const dlc_model &model, const dlc_variant &variant, int32_t workers, const int64_t *bounds,
                            int64_t *const *offsets, uint64_t &arena, dlc_error *error) {
  arena = 0;
  for (int32_t f = 0; f <= model.function_count; ++f) {
    bool own = f < model.function_count;
    const dlc_entry &entry = own ? variant.entries[f] : variant.prepare;
    if (!entry.plan)
      continue;
    int64_t bytes = entry.plan(bounds, workers, offsets[f]);
    if (bytes < 0)
      return fail(error, DLC_NO_MEMORY) << (own ? model.functions[f].name : "prepare")
                                        << ": these bounds need more than 2^62 bytes";
    arena = std::max(arena, uint64_t(bytes));
  }
  return DLC_OK;
}

/// Builds a context without arena and threads: what both creating one and
/// measuring one need.
static dlc_status buildContext(const dlc_model *model, const int64_t *bounds, const dlc_context_options *given,
                               Plan &plan, dlc_context **out, dlc_error *error) {
  if (dlc_status status = readOptions(given, plan, error))
    return status;
  if (dlc_status status = chooseVariant(*model, plan.options.device_type, plan.options.variant, plan.variant, error))
    return status;
  const dlc_variant &variant = model->variants[plan.variant];
  int32_t workers = plan.options.parallel_for || plan.workers == 1 ? 0 : plan.workers;
  plan.tables = placeTables(*model, variant, workers, nullptr, nullptr);
  unsigned char *memory = allocate(plan.tables);
  if (!memory)
    return fail(error, DLC_NO_MEMORY) << "out of memory for a context of " << model->name;
  auto *context = new (memory) dlc_context{};
  placeTables(*model, variant, workers, memory, context);
  context->model = model;
  context->variant = &variant;
  context->variantIndex = plan.variant;
  context->usesTiles = variant.features & DLC_CPU_AMX;
  dlc_status status = chooseBounds(*model, bounds, context->bounds, error);
  if (!status)
    status = planArena(*model, variant, plan.workers, context->bounds, context->offsets, plan.arena, error);
  if (status) {
    release(context);
    return status;
  }
  findUses(*context);
  *out = context;
  return DLC_OK;
}

extern "C" dlc_status dlc_memory(const dlc_model *model, const int64_t *bounds, const dlc_context_options *options,
                                 dlc_memory_info *memory, dlc_error *error) {
  KeepErrno keep;
  if (dlc_status status = dlc_model_check(model, 0, error))
    return status;
  if (!memory || memory->size < sizeof(dlc_memory_info))
    return fail(error, DLC_BAD_ARGUMENT) << (memory ? "memory.size is too small: start from DLC_MEMORY_INFO_INIT"
                                                    : "memory is NULL");
  Plan plan;
  dlc_context *context = nullptr;
  if (dlc_status status = buildContext(model, bounds, options, plan, &context, error))
    return status;
  const dlc_variant &variant = model->variants[plan.variant];
  release(context);
  memory->weights = mappedState(*model) ? 0 : uint64_t(model->state_bytes);
  memory->prepared = keepsPrepared(variant) ? uint64_t(variant.prepared_bytes) : 0;
  memory->arena = plan.arena;
  memory->context = plan.tables;
  return succeed(error);
}

static dlc_status takeArena(dlc_context &context, const Plan &plan, dlc_error *error) {
  const dlc_context_options &options = plan.options;
  if (!options.arena) {
    context.ownsArena = true;
    if (context.variant->device)
      return DLC_OK; // OnDevice::begin allocates it
    if (!(context.arena = allocate(plan.arena)))
      return fail(error, DLC_NO_MEMORY) << "out of memory for a context of " << context.model->name
                                        << ": its arena needs " << plan.arena << " bytes";
    return DLC_OK;
  }
  if (options.arena_bytes < plan.arena)
    return fail(error, DLC_NO_MEMORY) << "options.arena has " << options.arena_bytes << " bytes, these bounds need "
                                      << plan.arena;
  if (reinterpret_cast<uintptr_t>(options.arena) % blockAlignment)
    return fail(error, DLC_BAD_LAYOUT) << "options.arena is not aligned to " << uint64_t(blockAlignment) << " bytes";
  context.arena = static_cast<unsigned char *>(options.arena);
  return DLC_OK;
}

static dlc_status takeWorkers(dlc_context &context, const Plan &plan, dlc_error *error) {
  const dlc_context_options &options = plan.options;
  context.parallelFor = serialFor;
  if (options.parallel_for) {
    context.hosted.parallelFor = options.parallel_for;
    context.hosted.user = options.user;
    context.hosted.maxWorkers = options.max_workers;
    context.hosted.usesTiles = context.usesTiles;
    context.parallelFor = HostedLoop::run;
    context.user = &context.hosted;
  } else if (plan.workers > 1) {
    if (dlc_status status = context.threads.start(plan.workers, context.usesTiles, context.ownWorkers, error))
      return status;
    context.hasThreads = true;
    context.parallelFor = Threads::run;
    context.user = &context.threads;
  }
  return DLC_OK;
}

/// Frees what the context has; nothing of its weights is touched afterwards.
static void freeContext(dlc_context *context) {
  if (context->hasThreads)
    context->threads.stop();
  if (context->variant->device)
    context->model->backend->onDevice->end(*context);
  else if (context->ownsArena)
    release(context->arena);
  release(context);
}

/// Takes a context, which may be gone, off the books.
static void leave(dlc_weights &weights, bool counted, bool isOnDevice) {
  Lock lock(weights.mutex);
  weights.contexts -= counted;
  weights.deviceContexts -= isOnDevice;
}

extern "C" dlc_status dlc_context_create(dlc_weights *weights, const int64_t *bounds,
                                         const dlc_context_options *options, dlc_context **out, dlc_error *error) {
  if (!weights || !out)
    return fail(error, DLC_BAD_ARGUMENT) << (weights ? "context" : "weights") << " is NULL";
  KeepErrno keep;
  *out = nullptr;
  Plan plan;
  dlc_context *context = nullptr;
  if (dlc_status status = buildContext(weights->model, bounds, options, plan, &context, error))
    return status;
  context->weights = weights;
  dlc_status status = DLC_OK;
  if (context->variant->device) {
    Lock lock(weights->mutex);
    status = weights->model->backend->onDevice->use(*weights, plan.variant, plan.options.device_id, error);
    weights->deviceContexts += !status; // the device stays from here on
  }
  if (status) {
    release(context);
    return status;
  }
  status = takeArena(*context, plan, error);
  if (!status)
    status = context->variant->device
                 ? context->model->backend->onDevice->begin(*context, plan.options, plan.arena, error)
                 : takeWorkers(*context, plan, error);
  if (!status) {
    Lock lock(weights->mutex);
    status = wantVariant(*weights, plan.variant, error);
    weights->contexts += !status;
  }
  if (status) {
    bool isOnDevice = context->variant->device;
    freeContext(context);
    leave(*weights, /*counted=*/false, isOnDevice);
    return status;
  }
  *out = context;
  return succeed(error);
}

extern "C" dlc_status dlc_context_destroy(dlc_context *context) {
  if (!context)
    return DLC_OK;
  KeepErrno keep;
  if (context->busy.exchange(true, std::memory_order_acquire))
    return DLC_BUSY;
  dlc_weights &weights = *context->weights;
  bool isOnDevice = context->variant->device;
  freeContext(context); // first: weights without contexts may be destroyed
  leave(weights, /*counted=*/true, isOnDevice);
  return DLC_OK;
}

extern "C" int32_t dlc_context_variant(const dlc_context *context) DLC_NONBLOCKING {
  return context ? context->variantIndex : -1;
}

extern "C" const dlc_model *dlc_context_model(const dlc_context *context) DLC_NONBLOCKING {
  return context ? context->model : nullptr;
}
