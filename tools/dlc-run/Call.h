// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Storage for one function's arguments.
#ifndef DLC_TOOLS_RUN_CALL_H
#define DLC_TOOLS_RUN_CALL_H
#include "dlc-run/Library.h"
#include <map>

namespace dlc {

using Hypers = std::map<std::string, double>;

/// Buffers for every argument of a function, large enough for `bounds`.
/// Inputs may point elsewhere instead, so that whole files are not copied.
class Call {
public:
  Call(const dlc_model &model, int function, const Dims &bounds);

  /// Runs on actual dimensions, each at most its bound.
  void run(Context &context, const Dims &dims) { context.call(function, dims, addresses); }

  uint8_t *data(int argument) const { return static_cast<uint8_t *>(addresses[argument]); }
  /// The bytes stay the caller's.
  void point(int argument, const uint8_t *data) { addresses[argument] = const_cast<uint8_t *>(data); }
  /// Sets a hyper-parameter.
  void set(int argument, double value);
  /// The shape of an argument at actual dimensions.
  Shape shape(int argument, const Dims &dims) const;
  /// An output (of any rank) as an array of its own.
  Array output(int argument, const Dims &dims) const;
  const dlc_function &signature() const { return model.functions[function]; }

private:
  const dlc_model &model;
  int function;
  std::vector<Bytes> storage;
  std::vector<void *> addresses;
};

/// Enters "--hyper name=value" for a function; its other hyper-parameters keep
/// their defaults.
Hypers parseHypers(const dlc_function &function, const std::vector<std::string> &assignments);

} // namespace dlc
#endif
