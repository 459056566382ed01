// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Call.h"
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Bindings.h"
#include <algorithm>

namespace dlc {

Call::Call(const dlc_model &model, int function, const Dims &bounds)
    : model(model), function(function), storage(model.functions[function].argument_count),
      addresses(model.functions[function].argument_count) {
  Dims known = bounds;
  for (int64_t &bound : known)
    bound = std::max<int64_t>(bound, 0);
  std::vector<Shape> shapes = shapesOf(model, function, known);
  for (size_t i = 0; i < shapes.size(); i++) {
    const dlc_argument &argument = signature().arguments[i];
    int64_t bytes = checkedBytes(shapes[i], typeSize(argument.type));
    if (bytes < 0)
      throw Failure(printable(signature().name) + ": argument '" + printable(argument.name) + "' would be " +
                    typeName(argument.type) + describeShape(shapes[i]) + ", more than 2^62 bytes");
    // Never NULL: an empty tensor still has an address.
    storage[i].resize(std::max<int64_t>(bytes, 8));
    addresses[i] = storage[i].data();
    if (argument.kind == DLC_HYPER)
      set(static_cast<int>(i), defaultValue(argument));
  }
}

void Call::set(int argument, double value) {
  store(storage[argument].data(), signature().arguments[argument].type, 0, value);
}

Shape Call::shape(int argument, const Dims &dims) const { return shapesOf(model, function, dims)[argument]; }

Array Call::output(int argument, const Dims &dims) const {
  Array array{signature().arguments[argument].type, shape(argument, dims), {}};
  array.bytes.assign(data(argument), data(argument) + checkedBytes(array.shape, typeSize(array.type)));
  return array;
}

Hypers parseHypers(const dlc_function &function, const std::vector<std::string> &assignments) {
  Hypers hypers;
  for (const dlc_argument &argument : arguments(function))
    if (argument.kind == DLC_HYPER)
      hypers[argument.name] = defaultValue(argument);
  for (const auto &[name, value] : parseBindings(assignments, "--hyper")) {
    argumentIndex(function, name, DLC_HYPER);
    hypers[name] = parseNumber(value, "--hyper " + name);
  }
  return hypers;
}

} // namespace dlc
