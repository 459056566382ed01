// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Evaluation.h"
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Summary.h"
#include <algorithm>

namespace dlc {

/// The greatest class count drawn as a confusion matrix: a cell stays readable.
static constexpr int64_t mostClasses = 20;
static constexpr size_t mostPictures = 20;

/// Rows first .. of the data through the call, `batch` at a time.
template <typename Each>
static void forBatches(Call &call, Context &context, const Dataset &data, Dims dims, int64_t batch, Each each) {
  for (int64_t first = 0; first < data.rows(); first += batch) {
    int64_t n = std::min(batch, data.rows() - first);
    if (data.rowDim() >= 0)
      dims[data.rowDim()] = n;
    data.view(call, first);
    call.run(context, dims);
    each(first, n);
  }
}

Evaluation::Evaluation(const dlc_model &model, int function, const Dims &bounds)
    : call(model, function, bounds), loss(argumentIndex(model.functions[function], "loss", DLC_OUTPUT)),
      hits(findArgument(model.functions[function], "hits", DLC_OUTPUT)) {
  for (int output : {loss, hits})
    if (output >= 0 && call.signature().arguments[output].rank)
      throw Failure(printable(call.signature().name) + ": output '" +
                    printable(call.signature().arguments[output].name) + "' is " +
                    describe(model, call.signature().arguments[output]) + ", expected one number, a sum over the rows");
}

Score Evaluation::run(Context &context, const Dataset &data, Dims dims, int64_t batch) {
  double sum = 0, right = 0;
  auto value = [&](int output) { return element(call.data(output), call.signature().arguments[output].type, 0); };
  forBatches(call, context, data, dims, batch, [&](int64_t, int64_t) {
    sum += value(loss);
    right += hits >= 0 ? value(hits) : 0;
  });
  auto rows = static_cast<double>(data.rows());
  return {sum / rows, hits >= 0 ? right / rows : NAN};
}

/// Grey pictures among a function's inputs: bytes [rows x h x w] or [rows x 1 x
/// h x w].
static const Column *pictureColumn(const dlc_function &function, const Dataset &data) {
  for (const std::string &name : argumentNames(function, DLC_INPUT)) {
    const Column *column = data.find(name);
    if (!column || column->array.type != DLC_U8)
      continue;
    const Shape &shape = column->array.shape;
    bool grey = shape.size() == 3 || (shape.size() == 4 && shape[1] == 1);
    if (grey && shape.back() <= 256 && shape[shape.size() - 2] <= 256 && shape.back() > 0 &&
        shape[shape.size() - 2] > 0)
      return column;
  }
  return nullptr;
}

static Picture pictureOf(const Column &column, int64_t row) {
  const Array &array = column.array;
  Picture picture;
  picture.width = array.shape.back();
  picture.height = array.shape[array.shape.size() - 2];
  const uint8_t *first = array.bytes.data() + row * picture.width * picture.height;
  picture.pixels.assign(first, first + picture.width * picture.height);
  return picture;
}

int64_t classCount(const dlc_argument &argument) {
  bool scores = argument.kind == DLC_OUTPUT && isFloat(argument.type) && argument.rank == 2 &&
                rowDimension(argument) >= 0 && argument.extents[1].dim == DLC_CONSTANT;
  return scores ? argument.extents[1].size : 0;
}

std::string examine(const dlc_model &model, int function, Context &context, const Dataset &data, Dims dims,
                    int64_t batch, History &history) {
  const dlc_function &signature = model.functions[function];
  std::string name = printable(signature.name);
  int scores = -1;
  for (int i = 0; i < signature.argument_count; i++) {
    const dlc_argument &argument = signature.arguments[i];
    if (argument.kind == DLC_INPUT && !data.find(argument.name))
      return name + " takes '" + printable(argument.name) + "', which --test does not give";
    if (scores < 0 && classCount(argument) && rowDimension(argument) == data.rowDim())
      scores = i;
  }
  const Column *label = nullptr;
  for (const Column &column : data.all())
    if (findArgument(signature, column.name, DLC_INPUT) < 0 && column.array.shape.size() == 1 &&
        !isFloat(column.array.type))
      label = &column;
  if (scores < 0 || !label)
    return name + (scores < 0 ? " has no output of scores per class" : " has no labels to be compared with");

  dims[data.rowDim()] = batch;
  Call call(model, function, dims);
  int64_t classes = call.shape(scores, dims)[1];
  int32_t type = signature.arguments[scores].type;
  const Column *pictures = pictureColumn(signature, data);
  history.confusion.clear();
  history.pictures.clear();
  if (classes <= mostClasses)
    history.confusion.assign(classes, std::vector<int64_t>(classes));
  forBatches(call, context, data, dims, batch, [&](int64_t first, int64_t n) {
    for (int64_t k = 0; k < n; k++) {
      int64_t truth = integer(label->array.bytes.data(), label->array.type, first + k);
      int64_t best = argmax(call.data(scores), type, k * classes, classes);
      if (classes <= mostClasses && truth >= 0 && truth < classes)
        history.confusion[truth][best]++;
      if (!pictures || history.pictures.size() == mostPictures)
        continue;
      Picture picture = pictureOf(*pictures, first + k);
      picture.truth = truth;
      picture.prediction = best;
      picture.confidence = element(call.data(scores), type, k * classes + best);
      history.pictures.push_back(std::move(picture));
    }
  });
  return "";
}

} // namespace dlc
