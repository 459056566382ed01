// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// The words of a compiled model: its functions, arguments and dimensions,
/// found by name, compared with arrays and described in errors.
#ifndef DLC_TOOLS_RUN_SIGNATURE_H
#define DLC_TOOLS_RUN_SIGNATURE_H
#include "data/Array.h"
#include "dlc/abi.h"
#include <span>
#include <string>
#include <vector>

namespace dlc {

/// Values of the model's named dimensions; -1 while unknown.
using Dims = std::vector<int64_t>;

std::span<const dlc_function> functions(const dlc_model &model);
std::span<const dlc_argument> arguments(const dlc_function &function);
std::span<const dlc_dim> dimensions(const dlc_model &model);
std::span<const dlc_parameter> parameters(const dlc_model &model);
std::span<const dlc_variant> variants(const dlc_model &model);

/// Whether a size is within a dimension's hard limits; `high` 0 is no limit.
bool isWithin(const dlc_dim &dim, int64_t value);
/// "1..64", "1.." without an upper limit.
std::string range(const dlc_dim &dim);

/// The index of the function called `name`; Failure with the nearest name when
/// there is none.
int functionIndex(const dlc_model &model, const std::string &name);
/// The same, but -1 when there is none.
int findFunction(const dlc_model &model, const std::string &name);

/// The index of the argument of this kind; Failure with the nearest name when
/// there is none.
int argumentIndex(const dlc_function &function, const std::string &name, int kind);
int findArgument(const dlc_function &function, const std::string &name, int kind);
std::vector<std::string> argumentNames(const dlc_function &function, int kind);

/// "ui8[batch x 28 x 28]"; an extent that is computed from dimensions is "?".
std::string describe(const dlc_model &model, const dlc_argument &argument);

/// Checks `given` against an input and enters the dimensions it fixes. The
/// message reads "predict: argument 'image' is f32[1x32x32], expected ui8[batch
/// x 28 x 28]". The dimension `rows` is not held to the model's limits: a file
/// has more rows than a call.
void unify(const dlc_model &model, const dlc_function &function, const dlc_argument &argument, const Array &given,
           Dims &dims, int rows = -1);

/// The index of the dimension that runs over rows: the first extent of
/// `argument` when it is named, else -1.
int rowDimension(const dlc_argument &argument);

/// "--dim batch=64,..." entered into dimensions, each within the model's
/// limits.
void parseDims(const dlc_model &model, const std::vector<std::string> &assignments, Dims &dims);

/// Dimensions still unknown become the model's default bound; Failure when it
/// has none.
void completeDims(const dlc_model &model, Dims &dims);

/// The default value of a hyper-parameter.
double defaultValue(const dlc_argument &hyper);

} // namespace dlc
#endif
