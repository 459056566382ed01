// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Commands.h"
#include "Probe.h"
#include "Words.h"
#include "compiler/Outputs.h"
#include "data/Archive.h"
#include "data/Device.h"
#include "data/Text.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace mlir;

namespace dlc {

static const char compareHelp[] =
    R"(dlc compare MODEL.mlir|MODEL.onnx MODEL.so [options]

Calls a function of the library and compares what it returns with the reference evaluator.
Where they differ, every value of the model is suspected in turn, compiled by itself as the
library was, and the first one that departs is named, with the node it comes from; the part
of the model that computes it is written, for dlc --from=dl.

  --function NAME      which (default: the first that does not train, else the first)
  --input FILE         inputs by name, .npz or .safetensors (default: random ones)
  --reference FILE     what values should be, by name, in place of the evaluator's: results, and
                       what is within: a tensor or node of ONNX, an op with loc("name") in a
                       text; those are compared in order, and the first that departs is named
  --device NAME        cpu, cuda or cuda:N (default: cpu in a library compiled for it)
  --weights FILE       a checkpoint for both (default: the model's own weights)
  --tolerance T        of the value and of the largest one (default: 1e-4 in f32, by type)
  -o FILE.mlir         where the reduced model goes (default: MODEL.reduced.mlir)
)";

static int complain(const Twine &message, int code = 1) {
  llvm::errs() << "dlc: error: compare: " << message << "\n";
  return code;
}

/// One line on a value that departs.
static std::string placeOf(const Departure &departure) {
  std::string text;
  llvm::raw_string_ostream(text) << "element " << departure.position << " is " << llvm::format("%.9g", departure.got)
                                 << ", expected " << llvm::format("%.9g", departure.expected);
  return text;
}

/// "tensor<1x3xf32>"
static std::string typeOf(const dl::Tensor &tensor) {
  std::string text;
  llvm::raw_string_ostream(text) << RankedTensorType::get(tensor.shape, tensor.elementType);
  return text;
}

namespace {
class Comparison {
public:
  Comparison(const Words &words, Subject &subject) : words(words), subject(subject) {}

  int run() {
    std::string error;
    if (std::string text = words["--device"]; !readDevice(text, subject.options))
      return complain("--device: expected cpu, cuda or cuda:N, given '" + text + "'", 2);
    if (!subject.open(words.files[0], words.files[1], words["--function"], error) ||
        !subject.chooseInputs(words["--input"], words["--weights"], error))
      return error.empty() ? 1 : complain(error);
    if (std::string text = words["--tolerance"];
        !text.empty() && (StringRef(text).getAsDouble(subject.tolerance) || subject.tolerance < 0))
      return complain("--tolerance: expected a number of 0 or more, given '" + text + "'", 2);
    if (std::string path = words["--reference"]; !path.empty() && !readReference(path, error))
      return complain(error);

    std::optional<unsigned> first; // result that departs
    FailureOr<std::vector<dl::Tensor>> results = subject.callLibrary(error);
    if (failed(results))
      return complain(error);
    for (auto [i, result] : llvm::enumerate(*results)) {
      Departure departure = departureOf(result, subject.expected[i], subject.tolerance);
      llvm::outs() << subject.described().name << ": output '" << printable(subject.output(i).name) << "' "
                   << (departure.departs ? "departs: " + placeOf(departure) : "agrees") << ", largest difference "
                   << llvm::format("%.3g", departure.largest) << "\n";
      if (departure.departs && !first)
        first = i;
    }
    llvm::outs().flush();
    std::optional<Found> within;
    if (!subject.references.empty() && failed(compareWithin(within)))
      return 1; // told
    if (within)
      return tell(*within);
    return first ? findNode(*first) : 0;
  }

private:
  bool readReference(const std::string &path, std::string &error) {
    NamedArrays arrays;
    if (!readArchive(path, arrays, error))
      return false;
    std::vector<std::string> unknown;
    for (auto &[name, array] : arrays)
      if (!subject.setExpected(name, array, error)) {
        if (!error.empty())
          return false;
        unknown.push_back("'" + printable(name) + "'");
      }
    if (unknown.size() == arrays.size()) {
      error = path + " names no value of '" + subject.described().name + "': " + listed(unknown);
      return false;
    }
    if (!unknown.empty()) // folded, fused or misspelt: the rest is worth comparing
      llvm::errs() << "dlc: warning: compare: " << path
                   << ": not compared, as the compiled model has no such value: " << listed(unknown) << "\n";
    return true;
  }

  /// Compares values within the function; `found` is the first that departs.
  LogicalResult compareWithin(std::optional<Found> &found) {
    FailureOr<std::vector<dl::Tensor>> values = valuesOf(subject);
    if (failed(values))
      return failure();
    size_t i = 0;
    for (const auto &[point, reference] : subject.references) {
      const dl::Tensor &got = (*values)[i++];
      if (got.shape != reference.value.shape || got.elementType != reference.value.elementType) {
        complain("the reference of '" + printable(reference.name) + "' is " + typeOf(reference.value) +
                 ", the model's value is " + typeOf(got));
        return failure();
      }
      Departure departure = departureOf(got, reference.value, subject.tolerance);
      llvm::outs() << subject.described().name << ": value '" << printable(reference.name) << "' "
                   << (departure.departs ? "departs: " + placeOf(departure) : "agrees") << ", largest difference "
                   << llvm::format("%.3g", departure.largest) << "\n";
      if (departure.departs && !found)
        found = foundAt(subject, point, departure);
    }
    llvm::outs().flush();
    return success();
  }

  int findNode(unsigned result) {
    FailureOr<std::optional<Found>> found = findFirstDeparture(subject, result);
    if (failed(found))
      return 1; // told by a diagnostic
    if (!*found)
      return complain(words.files[1] +
                      " departs from the model, and code compiled from the model now does not: the library was made "
                      "from another model or by another dlc, or the reference means something else");
    return tell(**found);
  }

  int tell(const Found &found) {
    llvm::outs() << "first departs: " << found.what << ": " << placeOf(found.departure) << "\n";
    std::string path = words["-o"], error;
    if (path.empty())
      path = StringRef(words.files[0]).rsplit('.').first.str() + ".reduced.mlir";
    Outputs outputs;
    if (!outputs.add(path, found.reduced, false, error) || !outputs.commit(error))
      return complain(error);
    llvm::outs() << "reduced model: " << path << "\n";
    return 1;
  }

  const Words &words;
  Subject &subject;
};
} // namespace

int runCompare(ArrayRef<char *> list) {
  if (list.size() == 1 && (StringRef(list[0]) == "--help" || StringRef(list[0]) == "-h")) {
    llvm::outs() << compareHelp;
    return 0;
  }
  Words words(list, {"--function", "--device", "--input", "--reference", "--weights", "--tolerance", "-o"});
  if (!words.error.empty())
    return complain(words.error, 2);
  if (words.files.size() != 2)
    return complain("expected MODEL.mlir|MODEL.onnx MODEL.so", 2);
  Subject subject;
  return Comparison(words, subject).run();
}

} // namespace dlc
