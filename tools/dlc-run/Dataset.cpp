// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Dataset.h"
#include "data/Failure.h"
#include "data/Read.h"
#include "data/Text.h"
#include "dlc-run/Bindings.h"
#include "dlc-run/Indices.h"
#include <algorithm>
#include <cstring>

namespace dlc {

Dataset::Dataset(const std::vector<std::string> &given, const std::string &option, int64_t limit) : option(option) {
  for (const auto &[name, file] : parseBindings(given, option))
    columns.push_back({name, file, readArray(file, name, limit)});
}

Column *Dataset::find(const std::string &name) { return const_cast<Column *>(std::as_const(*this).find(name)); }

const Column *Dataset::find(const std::string &name) const {
  auto found = std::find_if(columns.begin(), columns.end(), [&](const Column &column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// The dimension over which a function's rows run: the first named first extent
/// of an input.
static int rowDimensionOf(const dlc_function &function) {
  for (const dlc_argument &argument : arguments(function))
    if (argument.kind == DLC_INPUT && rowDimension(argument) >= 0)
      return rowDimension(argument);
  return -1;
}

void Dataset::bind(const dlc_model &model, int function, Dims &dims) {
  const dlc_function &signature = model.functions[function];
  int rowHere = rowDimensionOf(signature);
  Dims found = dims;
  const Column *first = nullptr;
  for (const dlc_argument &argument : arguments(signature)) {
    if (argument.kind != DLC_INPUT)
      continue;
    Column *column = find(argument.name);
    if (!column)
      throw Failure(printable(signature.name) + ": argument '" + printable(argument.name) + "' is missing, expected " +
                    option + " " + printable(argument.name) + "=FILE with " + describe(model, argument));
    // Rows are compared here, in words about files, and left out of the
    // dimensions.
    if (rowHere >= 0)
      found[rowHere] = -1;
    fitIndices(argument, column->file, column->array);
    try {
      unify(model, signature, argument, column->array, found, rowHere);
    } catch (const Failure &failure) {
      throw Failure(printable(column->file) + ": " + failure.what());
    }
    bool hasRows = rowHere >= 0 && rowDimension(argument) == rowHere;
    if (hasRows && first && first->array.shape[0] != column->array.shape[0])
      throw Failure(option + ": " + printable(column->name) + " has " + grouped(column->array.shape[0]) + " rows, " +
                    printable(first->name) + " has " + grouped(first->array.shape[0]));
    if (hasRows && !first)
      first = column;
  }
  if (first && !first->array.shape[0])
    throw Failure(printable(first->file) + ": no rows, expected at least 1");
  if (rowHere >= 0)
    found[rowHere] = dims[rowHere];
  dims = found;
  if (!bound) {
    row = rowHere;
    rowCount = first ? first->array.shape[0] : 1;
    bound = true;
  } else if (row != rowHere) {
    throw Failure(printable(signature.name) + ": its rows run over another dimension than the training function's");
  }
}

void Dataset::requireUsed(const dlc_model &model, const std::vector<int> &functions) const {
  std::vector<std::string> names;
  for (int function : functions)
    for (const std::string &name : argumentNames(model.functions[function], DLC_INPUT))
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
  for (const Column &column : columns)
    if (std::find(names.begin(), names.end(), column.name) == names.end())
      throw Failure(option + ": no input '" + printable(column.name) + "'" + suggestion(column.name, names) +
                    "; inputs are " + listed(names));
}

void Dataset::gather(Call &call, const int64_t *order, int64_t n) const {
  for (int i = 0; i < call.signature().argument_count; i++) {
    const dlc_argument &argument = call.signature().arguments[i];
    if (argument.kind != DLC_INPUT)
      continue;
    const Array &array = find(argument.name)->array;
    if (row < 0 || rowDimension(argument) != row) {
      call.point(i, array.bytes.data());
      continue;
    }
    size_t bytes = array.bytes.size() / rowCount;
    for (int64_t k = 0; k < n; k++)
      std::memcpy(call.data(i) + k * bytes, array.bytes.data() + order[k] * bytes, bytes);
  }
}

void Dataset::view(Call &call, int64_t first) const {
  for (int i = 0; i < call.signature().argument_count; i++) {
    const dlc_argument &argument = call.signature().arguments[i];
    if (argument.kind != DLC_INPUT)
      continue;
    const Array &array = find(argument.name)->array;
    bool hasRows = row >= 0 && rowDimension(argument) == row;
    call.point(i, array.bytes.data() + (hasRows ? first * (array.bytes.size() / rowCount) : 0));
  }
}

} // namespace dlc
