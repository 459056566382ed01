// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A model beside its library, and the search for the value that departs.
#ifndef DLC_TOOLS_DLC_PROBE_H
#define DLC_TOOLS_DLC_PROBE_H

#include "data/Archive.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "dlc/runtime.h"
#include "mlir/IR/OwningOpRef.h"
#include "passes/DescribeInterface/Interface.h"
#include <optional>

namespace dlc {

/// Where a tensor departs most from what it should be.
struct Departure {
  bool departs = false;
  int64_t position = 0;
  double got = 0, expected = 0, largest = 0; // largest: difference, relative to the largest expected value
};
/// Floats may depart by `tolerance` of the value and of the largest finite one
/// (negative: the default of the type); integers may not.
Departure departureOf(const dl::Tensor &got, const dl::Tensor &expected, double tolerance);

/// A result of an op of the function, by place.
struct Point {
  unsigned op, result;
  auto operator<=>(const Point &) const = default;
};

/// What a value within the function should be.
struct Reference {
  std::string name;
  dl::Tensor value;
};

/// A function of a model at stage dl, its library, inputs, and expected results.
class Subject {
public:
  Subject();
  ~Subject();
  /// False with `error` set, or after a diagnostic.
  bool open(const std::string &model, const std::string &library, const std::string &function, std::string &error);
  /// Reads or draws inputs, reads weights, and evaluates.
  bool chooseInputs(const std::string &inputs, const std::string &weights, std::string &error);
  /// Replaces the expected result called `name`, or adds to `references`. False
  /// where the model has no such value, with `error` set where one of another
  /// shape or type.
  bool setExpected(const std::string &name, const Array &array, std::string &error);

  const Interface::Function &described() const { return *function; }
  const Interface::Argument &output(size_t index) const;
  mlir::FailureOr<std::vector<dl::Tensor>> callLibrary(std::string &error);
  /// Calls function 0 of `model` (with as many outputs as `expected` has entries).
  mlir::FailureOr<std::vector<dl::Tensor>> call(const dlc_model &model, int32_t index, std::string &error);

  mlir::MLIRContext &context() { return *mlir; }
  mlir::ModuleOp module() { return *source; }

  Interface interface;
  std::vector<dl::Tensor> inputs, expected;
  std::map<Point, Reference> references; // of values that are no results, in the order of the program
  std::vector<int64_t> dims;
  std::map<std::string, dl::Tensor> state;
  mlir::DictionaryAttr targets;                           // the library's, of the device's kind
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT; // of what runs both: --device
  double tolerance = -1;

private:
  std::unique_ptr<mlir::MLIRContext> mlir;
  mlir::OwningOpRef<mlir::ModuleOp> source;
  const dlc_model *library = nullptr;
  const Interface::Function *function = nullptr;
  std::map<std::string, Point> valueNames();
  bool chooseTargets(std::string &error);
  std::string checkpoint;
};

struct Found {
  std::string what; // "node 'conv1' (dl.conv)"
  Departure departure;
  std::string reduced; // a module at stage dl
};

/// The values that `subject.references` holds, compiled as results of one
/// function, in that order. Failure after a diagnostic.
mlir::FailureOr<std::vector<dl::Tensor>> valuesOf(Subject &subject);
/// A value that departs, as findFirstDeparture tells it.
Found foundAt(Subject &subject, Point point, const Departure &departure);

/// The first value that the result number `index` depends on and that departs
/// from the evaluator's when it is compiled alone; none where the result itself
/// does not. Values are halved by program order, then followed to the operands
/// that depart. Failure after a diagnostic.
mlir::FailureOr<std::optional<Found>> findFirstDeparture(Subject &subject, unsigned index);

} // namespace dlc
#endif // DLC_TOOLS_DLC_PROBE_H
