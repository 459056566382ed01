// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc/runtime.h for C++20: handles that destroy themselves, spans for data.
//
//   dlc::Error error;
//   dlc::Weights weights = dlc::Weights::create(*fashion_model(), error);
//   dlc::Context context = weights.context({64}, {}, error);
//   float scores[640];
//   if (!context || !context.call("predict", {dlc::Tensor(image, {64, 28, 28}),
//   dlc::Tensor(scores, {64, 10})}, error))
//     std::puts(error.message());
//
// Nothing throws: what can fail returns false, or a handle that is false, and
// has said why in `error`. Everything is inline; no library beside the model's
// own or libdlc_runtime is needed.
#ifndef DLC_RUNTIME_HPP
#define DLC_RUNTIME_HPP
#include "dlc/runtime.h"
#include <cstdint>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>

namespace dlc {

/// Why the last call that was given it failed.
class Error {
public:
  dlc_status code() const { return error.code; }
  /// One line, "" after success.
  const char *message() const { return error.message; }
  operator dlc_error *() { return &error; }

private:
  dlc_error error = DLC_ERROR_INIT;
};

/// A borrowed tensor: the address and extents of an argument. The data must
/// outlive the call it is passed to; up to eight extents.
class Tensor {
public:
  static constexpr int32_t mostExtents = 8;

  /// Data in a span, an array or a vector, row-major. A shape of another size
  /// than the data has makes a tensor that every call refuses.
  template <typename Data>
  Tensor(Data &&data, std::initializer_list<int64_t> extents) {
    std::span all(data);
    using Element = typename decltype(all)::value_type;
    set(const_cast<Element *>(all.data()), typeOf<Element>(), extents);
    int64_t count = 1;
    for (int64_t extent : extents)
      count *= extent;
    if (count != int64_t(all.size()))
      rank = -1;
  }
  /// A scalar.
  template <typename Element>
    requires std::is_arithmetic_v<Element>
  Tensor(Element &scalar) {
    set(const_cast<std::remove_const_t<Element> *>(&scalar),
        typeOf<std::remove_const_t<Element>>(), {});
  }
  /// The 16-bit floating-point types, held in uint16_t.
  static Tensor f16(std::span<const uint16_t> data,
                    std::initializer_list<int64_t> extents) {
    return Tensor(data, extents).as({kDLFloat, 16, 1});
  }
  static Tensor bf16(std::span<const uint16_t> data,
                     std::initializer_list<int64_t> extents) {
    return Tensor(data, extents).as({kDLBfloat, 16, 1});
  }
  /// A hyper-parameter's default.
  Tensor(std::nullptr_t) {}

  bool given() const { return data; }
  DLTensor view() const {
    return {
        data, {kDLCPU, 0}, rank, type, const_cast<int64_t *>(extents), nullptr,
        0};
  }

private:
  template <typename Element> static constexpr DLDataType typeOf() {
    static_assert(std::is_arithmetic_v<Element>, "a tensor holds numbers");
    if constexpr (std::is_same_v<Element, bool>)
      return {kDLBool, 8, 1};
    else
      return {uint8_t(std::is_floating_point_v<Element> ? kDLFloat
                      : std::is_signed_v<Element>       ? kDLInt
                                                        : kDLUInt),
              sizeof(Element) * 8, 1};
  }
  void set(void *address, DLDataType dtype,
           std::initializer_list<int64_t> shape) {
    static int64_t nothing;
    data = address ? address : &nothing;
    type = dtype;
    rank = shape.size() <= mostExtents ? int32_t(shape.size()) : -1;
    for (int32_t i = 0; i < rank; ++i)
      extents[i] = shape.begin()[i];
  }
  Tensor &as(DLDataType dtype) {
    type = dtype;
    return *this;
  }

  void *data = nullptr;
  DLDataType type{};
  int32_t rank = 0;
  int64_t extents[mostExtents] = {};
};

/// Options of a context; see dlc_context_options.
struct Options : dlc_context_options {
  Options() : dlc_context_options DLC_CONTEXT_OPTIONS_INIT {}
  Options &withThreads(int32_t n) {
    threads = n;
    return *this;
  }
  Options &withVariant(const char *name) {
    variant = name;
    return *this;
  }
  /// `loop(n, body)` calls `body(index, worker)` for each index, on workers
  /// below `workers`, and returns when all are done. It must outlive the
  /// context.
  template <typename Loop>
  Options &withParallelFor(Loop &loop, int32_t workers) {
    user = &loop;
    max_workers = workers;
    parallel_for = [](void *self, int64_t n, dlc_body body, void *arg) {
      (*static_cast<Loop *>(self))(
          n, [=](int64_t index, int32_t worker) { body(arg, index, worker); });
    };
    return *this;
  }
};

/// A handle that is destroyed with its owner.
template <typename Handle, dlc_status (*destroy)(Handle *)> class Owned {
public:
  Owned() = default;
  Owned(Owned &&other) noexcept
      : handle(std::exchange(other.handle, nullptr)) {}
  Owned &operator=(Owned &&other) noexcept {
    std::swap(handle, other.handle);
    return *this;
  }
  ~Owned() { destroy(handle); }
  explicit operator bool() const { return handle; }
  /// For functions of dlc/runtime.h.
  Handle *get() const { return handle; }

protected:
  Handle *handle = nullptr;
};

/// One caller's memory and threads. Destroy it before its weights.
class Context : public Owned<dlc_context, dlc_context_destroy> {
public:
  const dlc_model &model() const { return *dlc_context_model(handle); }

  /// Calls a function by name or number, with one tensor per argument, outputs
  /// included. At most 64 arguments; allocates nothing.
  [[nodiscard]] bool call(const char *function,
                          std::initializer_list<Tensor> arguments,
                          dlc_error *error) {
    return call(dlc_model_find(dlc_context_model(handle), function), arguments,
                error);
  }
  [[nodiscard]] bool call(int32_t function,
                          std::initializer_list<Tensor> arguments,
                          dlc_error *error) {
    constexpr size_t most = 64;
    DLTensor views[most];
    const DLTensor *addresses[most];
    size_t count = 0;
    for (const Tensor &argument : arguments) {
      if (count == most)
        break;
      views[count] = argument.view();
      addresses[count] = argument.given() ? &views[count] : nullptr;
      ++count;
    }
    return !dlc_call_dlpack(handle, function, addresses,
                            int32_t(arguments.size()), error);
  }

private:
  friend class Weights;
};

/// Parameters, optimizer state, step and seed.
class Weights : public Owned<dlc_weights, dlc_weights_destroy> {
public:
  /// The model's own values, or those of a checkpoint in memory.
  [[nodiscard]] static Weights create(const dlc_model &model, dlc_error *error,
                                      std::span<const std::byte> data = {}) {
    Weights weights;
    dlc_weights_create(&model, 0, data.data(), data.size(), &weights.handle,
                       error);
    return weights;
  }
  [[nodiscard]] Weights copy(dlc_error *error) const {
    Weights weights;
    dlc_weights_copy(handle, &weights.handle, error);
    return weights;
  }
  /// `bounds`: the largest size of each named dimension; none for the defaults.
  [[nodiscard]] Context context(std::initializer_list<int64_t> bounds,
                                const Options &options,
                                dlc_error *error) const {
    Context context;
    constexpr size_t most = 64;
    int64_t all[most] = {};
    for (size_t i = 0; i < bounds.size() && i < most; ++i)
      all[i] = bounds.begin()[i];
    dlc_context_create(handle, all, &options, &context.handle, error);
    return context;
  }
  [[nodiscard]] bool load(const char *path, dlc_error *error) {
    return !dlc_weights_load(handle, path, error);
  }
  [[nodiscard]] bool resume(const char *path, dlc_error *error) {
    return !dlc_weights_resume(handle, path, error);
  }
  [[nodiscard]] bool save(const char *path, dlc_error *error) const {
    return !dlc_weights_save(handle, path, error);
  }
  [[nodiscard]] bool publishTo(Weights &other, dlc_error *error) const {
    return !dlc_weights_publish(handle, other.handle, error);
  }
  [[nodiscard]] bool initialise(int64_t seed, dlc_error *error) {
    return !dlc_weights_initialise(handle, seed, error);
  }
  int64_t step() const { return dlc_weights_step(handle); }
  int64_t seed() const { return dlc_weights_seed(handle); }
};

/// The order of an epoch; see dlc_shuffle.
inline void shuffle(uint64_t seed, int64_t epoch, std::span<int64_t> order) {
  dlc_shuffle(seed, epoch, int64_t(order.size()), order.data());
}

} // namespace dlc
#endif
