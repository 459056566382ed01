// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/AddSelfTests/AddSelfTests.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "mlir/IR/Diagnostics.h"
#include "passes/AddSelfTests/Inputs.h"
#include <cmath>

using namespace mlir;
using dlc::dl::Tensor;

namespace dlc {
#define GEN_PASS_DEF_ADDSELFTESTS
#include "passes/AddSelfTests/AddSelfTests.h.inc"

namespace {

/// A call and what came of it.
struct SelfTest {
  std::vector<Tensor> inputs, outputs;
  Dims dims;
};

/// What floats may depart by, from the narrowest float type in the function.
double toleranceOf(func::FuncOp function) {
  double tolerance = 1e-9;
  auto see = [&](Type type) {
    type = getElementTypeOrSelf(type);
    if (isa<FloatType>(type))
      tolerance = std::max(tolerance, type.isF64() ? 1e-9 : type.isF32() ? 1e-4 : type.isF16() ? 0x1p-6 : 0x1p-3);
  };
  function.walk([&](Operation *op) {
    llvm::for_each(op->getOperandTypes(), see);
    llvm::for_each(op->getResultTypes(), see);
  });
  return tolerance;
}

struct AddSelfTests : impl::AddSelfTestsBase<AddSelfTests> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<Interface> found = Interface::of(module);
    if (failed(found))
      return signalPassFailure();
    const Interface &interface = *found;
    auto given = module->getAttrOfType<DictionaryAttr>("dl.self_test_inputs");
    if (!given)
      given = DictionaryAttr::get(&getContext());
    module->removeAttr("dl.self_test_inputs");
    if (failed(checkNames(interface, given)))
      return signalPassFailure();

    dl::Evaluator evaluator(module);
    evaluator.budget = budget;
    if (failed(evaluator.initialise())) {
      explainBudget(evaluator, "the initial weights");
      return signalPassFailure();
    }
    SmallVector<Attribute> tests;
    for (const Interface::Function &described : interface.functions) {
      auto function = module.lookupSymbol<func::FuncOp>(described.name);
      FailureOr<std::optional<SelfTest>> test = makeTest(function, described, interface, given, evaluator);
      if (failed(test))
        return signalPassFailure();
      if (*test)
        tests.push_back(write(function, described, **test));
    }
    module->setAttr("dl.self_tests", ArrayAttr::get(&getContext(), tests));
  }

private:
  static constexpr int64_t trainingCalls = 3;

  /// Nothing may be given that no function takes.
  LogicalResult checkNames(const Interface &interface, DictionaryAttr given) {
    for (NamedAttribute one : given) {
      bool known = llvm::any_of(interface.functions, [&](auto &function) {
        return llvm::any_of(function.arguments, [&](auto &argument) {
          StringRef name = one.getName().strref();
          return argument.kind != Interface::Kind::Output &&
                 (name == argument.name || name == function.name + "." + argument.name);
        });
      });
      if (!known)
        return emitError(getOperation().getLoc())
               << "self-test: no function has an argument '" << one.getName().strref() << "'";
    }
    return success();
  }

  void explainBudget(const dl::Evaluator &evaluator, const Twine &what) {
    if (evaluator.exhausted())
      emitError(getOperation().getLoc()) << "self-test: evaluating " << what.str() << " takes more than "
                                         << budget.getValue()
                                         << " steps; --self-test-budget=N allows more, --self-test=FILE smaller inputs";
  }

  /// The first call that the evaluator accepts; none for a case that is an error.
  FailureOr<std::optional<SelfTest>> makeTest(func::FuncOp function, const Interface::Function &described,
                                              const Interface &interface, DictionaryAttr given,
                                              dl::Evaluator &evaluator) {
    std::vector<Dims> dims = dimsToTry(interface);
    FailureOr<std::vector<Tensor>> inputs = givenInputs(function, described, interface, given, dims.front());
    if (failed(inputs))
      return failure();
    if (!inputs->empty()) {
      FailureOr<SelfTest> test = call(described, std::move(*inputs), dims.front(), evaluator);
      if (succeeded(test))
        return std::optional(std::move(*test));
      explainBudget(evaluator, "'" + described.name + "'");
      return failure();
    }
    if (function->hasAttr("dl.inputs")) {
      ScopedDiagnosticHandler quiet(&getContext(), [](Diagnostic &) { return success(); });
      FailureOr<SelfTest> test =
          call(described, caseInputs(function, described, interface, dims.front()), dims.front(), evaluator);
      return succeeded(test) ? std::optional(std::move(*test)) : std::nullopt;
    }
    std::string refusal;
    for (const Dims &one : dims) {
      ScopedDiagnosticHandler keep(&getContext(), [&](Diagnostic &diagnostic) {
        refusal = diagnostic.str();
        return success();
      });
      FailureOr<SelfTest> test = call(described, randomInputs(function, described, interface, one), one, evaluator);
      if (succeeded(test))
        return std::optional(std::move(*test));
      if (evaluator.exhausted())
        break;
    }
    explainBudget(evaluator, "'" + described.name + "'");
    if (!evaluator.exhausted())
      emitError(function.getLoc()) << "self-test: '" << described.name << "' accepts none of the inputs tried ("
                                   << refusal << "); --self-test=FILE gives others";
    return failure();
  }

  FailureOr<SelfTest> call(const Interface::Function &described, std::vector<Tensor> inputs, const Dims &dims,
                           dl::Evaluator &evaluator) {
    // Every test starts from the model's own values.
    auto state = evaluator.state;
    evaluator.step = 0;
    evaluator.renewBudget();
    FailureOr<std::vector<Tensor>> outputs = failure();
    for (int64_t n = described.trains ? trainingCalls : 1; n > 0; --n)
      if (failed(outputs = evaluator.call(described.name, inputs)))
        break;
    evaluator.state = std::move(state);
    if (failed(outputs))
      return failure();
    return SelfTest{std::move(inputs), std::move(*outputs), dims};
  }

  Attribute write(func::FuncOp function, const Interface::Function &described, const SelfTest &test) {
    Builder builder(&getContext());
    SmallVector<Attribute> arguments;
    for (const Tensor &input : test.inputs)
      arguments.push_back(input.toAttr());
    double largest = 0;
    for (const Tensor &output : test.outputs) {
      arguments.push_back(output.toAttr());
      for (double value : output.floats)
        if (std::isfinite(value))
          largest = std::max(largest, std::fabs(value));
    }
    double tolerance = toleranceOf(function);
    return builder.getDictionaryAttr({
        builder.getNamedAttr("function", builder.getStringAttr(described.name)),
        builder.getNamedAttr("calls", builder.getI64IntegerAttr(described.trains ? trainingCalls : 1)),
        builder.getNamedAttr("dims", builder.getI64ArrayAttr(test.dims)),
        builder.getNamedAttr("arguments", builder.getArrayAttr(arguments)),
        builder.getNamedAttr("relative", builder.getF64FloatAttr(tolerance)),
        builder.getNamedAttr("absolute", builder.getF64FloatAttr(tolerance * largest)),
    });
  }
};
} // namespace
} // namespace dlc
