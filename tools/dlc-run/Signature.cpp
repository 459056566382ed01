// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Signature.h"
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Bindings.h"
#include <algorithm>

namespace dlc {

std::span<const dlc_function> functions(const dlc_model &model) {
  return {model.functions, static_cast<size_t>(model.function_count)};
}
std::span<const dlc_argument> arguments(const dlc_function &function) {
  return {function.arguments, static_cast<size_t>(function.argument_count)};
}
std::span<const dlc_dim> dimensions(const dlc_model &model) {
  return {model.dims, static_cast<size_t>(model.dim_count)};
}
std::span<const dlc_parameter> parameters(const dlc_model &model) {
  return {model.parameters, static_cast<size_t>(model.parameter_count)};
}
std::span<const dlc_variant> variants(const dlc_model &model) {
  return {model.variants, static_cast<size_t>(model.variant_count)};
}

bool isWithin(const dlc_dim &dim, int64_t value) { return value >= dim.low && (!dim.high || value <= dim.high); }

std::string range(const dlc_dim &dim) {
  return std::to_string(dim.low) + ".." + (dim.high ? std::to_string(dim.high) : "");
}

int findFunction(const dlc_model &model, const std::string &name) {
  for (int i = 0; i < model.function_count; i++)
    if (name == model.functions[i].name)
      return i;
  return -1;
}

int functionIndex(const dlc_model &model, const std::string &name) {
  int index = findFunction(model, name);
  if (index >= 0)
    return index;
  std::vector<std::string> names;
  for (const dlc_function &function : functions(model))
    names.push_back(function.name);
  throw Failure(printable(model.name) + ": no function '" + printable(name) + "'" + suggestion(name, names) +
                "; the model has " + listed(names));
}

std::vector<std::string> argumentNames(const dlc_function &function, int kind) {
  std::vector<std::string> names;
  for (const dlc_argument &argument : arguments(function))
    if (argument.kind == kind)
      names.push_back(argument.name);
  return names;
}

int findArgument(const dlc_function &function, const std::string &name, int kind) {
  for (int i = 0; i < function.argument_count; i++)
    if (function.arguments[i].kind == kind && name == function.arguments[i].name)
      return i;
  return -1;
}

int argumentIndex(const dlc_function &function, const std::string &name, int kind) {
  int index = findArgument(function, name, kind);
  if (index >= 0)
    return index;
  const char *word = kind == DLC_INPUT ? "input" : kind == DLC_OUTPUT ? "output" : "hyper-parameter";
  std::vector<std::string> names = argumentNames(function, kind);
  throw Failure(printable(function.name) + ": no " + word + " '" + printable(name) + "'" + suggestion(name, names) +
                "; " + word + "s are " + listed(names));
}

std::string describe(const dlc_model &model, const dlc_argument &argument) {
  std::string out = typeName(argument.type);
  if (!argument.rank)
    return out;
  out += '[';
  for (int i = 0; i < argument.rank; i++) {
    const dlc_extent &extent = argument.extents[i];
    out += i ? " x " : "";
    out += extent.dim == DLC_CONSTANT ? std::to_string(extent.size)
           : extent.dim >= 0          ? printable(model.dims[extent.dim].name)
                                      : "?";
  }
  return out + "]";
}

void unify(const dlc_model &model, const dlc_function &function, const dlc_argument &argument, const Array &given,
           Dims &dims, int rows) {
  std::string where = printable(function.name) + ": argument '" + printable(argument.name) + "'";
  auto mismatch = [&] {
    return Failure(where + " is " + given.describe() + ", expected " + describe(model, argument));
  };
  if (given.type != argument.type || static_cast<int>(given.shape.size()) != argument.rank)
    throw mismatch();
  for (int i = 0; i < argument.rank; i++) {
    const dlc_extent &extent = argument.extents[i];
    if (extent.dim < 0) {
      if (given.shape[i] != extent.size)
        throw mismatch();
      continue;
    }
    const dlc_dim &dim = model.dims[extent.dim];
    int64_t &value = dims[extent.dim];
    if (value >= 0 && value != given.shape[i])
      throw Failure(where + " is " + given.describe() + ", but '" + printable(dim.name) + "' is " +
                    std::to_string(value) + " already");
    value = given.shape[i];
    if (extent.dim != rows && !isWithin(dim, value))
      throw Failure(where + " is " + given.describe() + ", but '" + printable(dim.name) + "' lies in " + range(dim));
  }
}

int rowDimension(const dlc_argument &argument) {
  return argument.rank > 0 && argument.extents[0].dim >= 0 ? argument.extents[0].dim : -1;
}

void parseDims(const dlc_model &model, const std::vector<std::string> &assignments, Dims &dims) {
  std::vector<std::string> names;
  for (const dlc_dim &dim : dimensions(model))
    names.push_back(dim.name);
  for (const auto &[name, value] : parseBindings(assignments, "--dim")) {
    int64_t size = parseCount(value, "--dim " + name);
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw Failure(printable(model.name) + ": no dimension '" + printable(name) + "'" + suggestion(name, names) +
                    "; dimensions are " + listed(names));
    size_t index = found - names.begin();
    if (!isWithin(model.dims[index], size))
      throw Failure("--dim " + printable(name) + ": " + std::to_string(size) + " is outside " +
                    range(model.dims[index]));
    dims[index] = size;
  }
}

void completeDims(const dlc_model &model, Dims &dims) {
  for (size_t i = 0; i < dims.size(); i++) {
    if (dims[i] < 0)
      dims[i] = model.dims[i].bound;
    if (dims[i] <= 0 && model.dims[i].low > 0)
      throw Failure("dimension '" + printable(model.dims[i].name) + "' is not known: give --dim " +
                    printable(model.dims[i].name) + "=N");
  }
}

double defaultValue(const dlc_argument &hyper) {
  return element(reinterpret_cast<const uint8_t *>(&hyper.default_bits), hyper.type, 0);
}

} // namespace dlc
