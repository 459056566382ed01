// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Probe.h"
#include "compiler/Compile.h"
#include "compiler/Object.h"
#include "compiler/Pipeline.h"
#include "compiler/Targets.h"
#include "tools/dlc-verify/Compiled.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace dlc {

/// A function that returns values of another, at stage dl, and its interface.
static OwningOpRef<ModuleOp> probeOf(Subject &subject, ArrayRef<Point> points) {
  OwningOpRef<ModuleOp> module = subject.module().clone();
  const Interface::Function &described = subject.described();
  auto function = module->lookupSymbol<func::FuncOp>(described.name);
  for (auto other : llvm::make_early_inc_range(module->getOps<func::FuncOp>()))
    if (other != function && other.getName() != "dl.initialise")
      other.erase();
  Block &body = function.getBody().front();
  SmallVector<Value> values;
  for (Point point : points)
    values.push_back(std::next(body.begin(), point.op)->getResult(point.result));
  Operation *terminator = body.getTerminator();
  terminator->setOperands(values);
  for (unsigned i = function.getNumResults(); i-- > 0;)
    function.setResultAttrs(i, DictionaryAttr::get(module->getContext()));
  function.setType(FunctionType::get(module->getContext(), function.getArgumentTypes(), TypeRange(ValueRange(values))));
  for (unsigned i = 0; i < values.size(); ++i)
    function.setResultAttrs(i, DictionaryAttr::get(module->getContext()));

  // What nothing needs any more goes, from the back.
  for (Operation &dead : llvm::make_early_inc_range(llvm::reverse(body)))
    if (&dead != terminator && isOpTriviallyDead(&dead))
      dead.erase();

  Interface interface = subject.interface;
  interface.functions = {described};
  llvm::erase_if(interface.functions[0].arguments,
                 [](auto &argument) { return argument.kind == Interface::Kind::Output; });
  interface.functions[0].trains = false;
  for (Interface::State &state : interface.state)
    state.written = false;
  dl::DimAnalysis analysis;
  for (auto [i, value] : llvm::enumerate(values)) {
    Interface::Argument output;
    output.name = i ? "value" + std::to_string(i) : "value";
    output.kind = Interface::Kind::Output;
    output.type = getElementTypeOrSelf(value.getType());
    output.dims = dl::DimVector(analysis.of(value));
    interface.functions[0].arguments.push_back(output);
  }
  (*module)->setAttr(Interface::attribute, interface.toAttr(module->getContext()));
  (*module)->removeAttr("dl.self_tests");
  return module;
}

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream);
  stream << "\n";
  return text;
}

/// What the one function of `module` returns, compiled as the library was.
static FailureOr<std::vector<dl::Tensor>> callCompiled(Subject &subject, ModuleOp module) {
  FailureOr<Compiled> compiled = Compiled::ofStage(module, Stage::Dl, subject.targets);
  if (failed(compiled))
    return failure();
  std::string error;
  FailureOr<std::vector<dl::Tensor>> got = subject.call(*compiled->model, 0, error);
  if (failed(got))
    return module->emitError(error);
  return got;
}

/// Whether the value departs when it is compiled alone.
static FailureOr<Departure> probe(Subject &subject, Point point) {
  OwningOpRef<ModuleOp> module = probeOf(subject, point);
  const std::string &name = subject.described().name;
  dl::Evaluator evaluator(*module);
  evaluator.state = subject.state;
  FailureOr<std::vector<dl::Tensor>> expected = evaluator.call(name, subject.inputs);
  if (failed(expected))
    return failure();
  FailureOr<std::vector<dl::Tensor>> got = callCompiled(subject, *module);
  if (failed(got))
    return failure();
  return departureOf((*got)[0], (*expected)[0], subject.tolerance);
}

/// The node or place in the text that an op comes from, and what it is.
static std::string describe(Operation *op) {
  std::string text;
  llvm::raw_string_ostream out(text);
  if (auto node = dyn_cast<NameLoc>(op->getLoc()))
    out << "node '" << node.getName().getValue() << "'";
  else if (auto place = op->getLoc()->findInstanceOf<FileLineColLoc>())
    out << place.getFilename().getValue() << ":" << place.getLine();
  else
    out << "a value";
  out << " (" << op->getName() << ")";
  return text;
}

FailureOr<std::vector<dl::Tensor>> valuesOf(Subject &subject) {
  SmallVector<Point> points;
  for (const auto &[point, reference] : subject.references)
    points.push_back(point);
  return callCompiled(subject, *probeOf(subject, points));
}

Found foundAt(Subject &subject, Point point, const Departure &departure) {
  auto function = subject.module().lookupSymbol<func::FuncOp>(subject.described().name);
  Operation *op = &*std::next(function.getBody().front().begin(), point.op);
  return {describe(op), departure, print(*probeOf(subject, point))};
}

FailureOr<std::optional<Found>> findFirstDeparture(Subject &subject, unsigned index) {
  auto function = subject.module().lookupSymbol<func::FuncOp>(subject.described().name);
  Block &body = function.getBody().front();
  std::vector<Operation *> ops;
  llvm::DenseMap<Operation *, unsigned> place;
  for (Operation &op : body.without_terminator()) {
    place[&op] = ops.size();
    ops.push_back(&op);
  }
  // Results that are the user's come in the interface's order, among those of state.
  Value wanted;
  unsigned seen = 0;
  for (auto [i, operand] : llvm::enumerate(body.getTerminator()->getOperands()))
    if (!function.getResultAttr(i, "dl.state") && seen++ == index)
      wanted = operand;
  std::map<Point, Departure> known;
  auto look = [&](Value value) -> FailureOr<Departure> {
    Operation *op = value.getDefiningOp();
    if (!op || op->hasTrait<OpTrait::ConstantLike>())
      return Departure();
    Point key{place[op], cast<OpResult>(value).getResultNumber()};
    if (auto found = known.find(key); found != known.end())
      return found->second;
    FailureOr<Departure> departure = probe(subject, key);
    if (succeeded(departure))
      known[key] = *departure;
    return departure;
  };
  FailureOr<Departure> last = look(wanted);
  if (failed(last))
    return failure();
  if (!last->departs)
    return std::optional<Found>();
  // Halve what lies before it, among what it depends on.
  llvm::SetVector<Operation *> slice;
  SmallVector<Operation *> worklist{wanted.getDefiningOp()};
  while (!worklist.empty())
    if (Operation *op = worklist.pop_back_val(); op && op->getBlock() == &body && slice.insert(op))
      op->walk([&](Operation *inner) {
        for (Value operand : inner->getOperands())
          if (Operation *definer = operand.getDefiningOp(); definer && definer->getBlock() == &body)
            worklist.push_back(definer);
      });
  std::vector<Operation *> order(slice.begin(), slice.end());
  llvm::sort(order, [&](Operation *a, Operation *b) { return place[a] < place[b]; });
  size_t low = 0, high = order.size() - 1; // order[high] departs
  Value first = wanted;
  while (low < high) {
    size_t middle = (low + high) / 2;
    FailureOr<Departure> departure = look(order[middle]->getResult(0));
    if (failed(departure))
      return failure();
    if (departure->departs) {
      high = middle;
      first = order[middle]->getResult(0);
    } else {
      low = middle + 1;
    }
  }
  // Halving may have passed an operand by; none that departs is left behind.
  for (bool moved = true; moved;) {
    moved = false;
    for (Value operand : first.getDefiningOp()->getOperands()) {
      FailureOr<Departure> departure = look(operand);
      if (failed(departure))
        return failure();
      if (departure->departs) {
        first = operand;
        moved = true;
        break;
      }
    }
  }
  Point point{place[first.getDefiningOp()], cast<OpResult>(first).getResultNumber()};
  return std::optional(foundAt(subject, point, known[point]));
}

} // namespace dlc
