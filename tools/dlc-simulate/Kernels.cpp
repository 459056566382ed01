// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/Kernels.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "passes/DescribeInterface/Interface.h"
#include "passes/Elements/KernelCode.h"
#include "passes/Elements/Target.h"
#include "passes/FormKernels/FormKernels.h"
#include "tools/dlc-simulate/Intrinsics.h"
#include "tools/dlc-simulate/Threads.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <cstring>

using namespace mlir;
using namespace dlc::dl;

namespace dlc::simulate {
namespace {
/// A tensor's memory: NaN (all bits set) before and around what is written.
class Memory {
public:
  /// `shift` bytes past a multiple of 16.
  Memory(int64_t bytes, int64_t shift) : bytes(bytes), shift(shift), store(bytes + shift + 2 * guard + 15, '\xff') {}
  char *data() {
    return reinterpret_cast<char *>(llvm::alignTo(reinterpret_cast<uintptr_t>(store.data()) + guard, 16)) + shift;
  }
  bool isGuarded() {
    char *begin = data(), *end = begin + bytes;
    auto untouched = [](char byte) { return byte == '\xff'; };
    return std::all_of(begin - guard, begin, untouched) && std::all_of(end, end + guard, untouched);
  }

private:
  static constexpr int64_t guard = 256;
  int64_t bytes, shift;
  std::vector<char> store;
};

int64_t bytesOf(const Tensor &tensor) { return tensor.size() * elementBytes(tensor.elementType); }

FailureOr<SmallVector<int64_t>> extentsOf(ArrayAttr attr, const std::map<std::string, int64_t> &dims) {
  FailureOr<DimVector> exprs = fromAttr(attr);
  if (failed(exprs))
    return failure();
  SmallVector<int64_t> extents;
  for (const DimExpr &expr : *exprs) {
    FailureOr<int64_t> value = expr.evaluate(dims);
    if (failed(value))
      return failure();
    extents.push_back(*value);
  }
  return extents;
}

/// What an integer argument has to stay below: it may be a class number, or an index.
int64_t boundOf(BlockArgument argument, DimAnalysis &analysis, const std::map<std::string, int64_t> &dims) {
  int64_t bound = 4;
  auto stayBelow = [&](const DimExpr &extent) { bound = std::min(bound, extent.evaluate(dims).value_or(bound)); };
  for (Operation *user : argument.getUsers())
    if (auto gather = dyn_cast<GatherOp>(user); gather && gather.getIndices() == argument)
      stayBelow(analysis.of(gather.getInput())[gather.getAxis()]);
    else if (auto scatter = dyn_cast<ScatterAddOp>(user); scatter && scatter.getIndices() == argument)
      stayBelow(analysis.of(scatter.getResult())[scatter.getAxis()]);
    else if (auto check = dyn_cast<CheckIndexOp>(user))
      if (auto dim = DimExpr::fromAttr(check.getDim()); succeeded(dim))
        stayBelow(*dim);
  return std::max<int64_t>(1, bound);
}

/// Small numbers, from `low` on, each `special`th not finite (0: none); integers from 0 to below `bound`.
Tensor randomTensor(Type type, ArrayRef<int64_t> shape, double low, int64_t bound, uint64_t seed, uint32_t stream,
                    int64_t special) {
  Tensor tensor(type, shape);
  for (int64_t i = 0, e = tensor.size(); i < e; ++i) {
    double uniform = (philox(seed, i / 4, stream, 0)[i % 4] >> 8) * 0x1p-24;
    tensor.set(i, tensor.isFloat() ? low + uniform * 3 : std::floor(uniform * double(type.isInteger(1) ? 2 : bound)));
  }
  for (int64_t i = special ? seed % special : tensor.size(), e = tensor.size(); tensor.isFloat() && i < e; i += special)
    tensor.set(i, (i / special + stream) % 3 == 0 ? NAN : (i / special) % 2 ? INFINITY : -INFINITY);
  return tensor;
}
} // namespace

std::vector<std::string> KernelCheck::names() const { return namesOf(kernel); }

/// Terms of the longest sum of the kernel.
int64_t KernelCheck::terms() const {
  DimAnalysis analysis;
  int64_t most = 1;
  auto visit = [&](Value value, ArrayRef<int64_t> axes, int64_t parts = 1) {
    int64_t product = 1;
    for (int64_t axis : axes)
      product *= analysis.of(value)[axis].evaluate(dims).value_or(1);
    most = std::max(most, product / parts);
  };
  KernelOp holder = kernel; // a handle is not const
  for (Operation &op : holder.getBody().front())
    if (auto contract = dyn_cast<ContractOp>(op))
      visit(contract.getLhs(), contract.getLhsContract());
    else if (isa<ConvOp, ConvInputGradOp, ConvFilterGradOp>(op)) {
      // Every tap and channel that a group sums over; of the filter's gradient, every pixel.
      int64_t rank = analysis.of(op.getOperand(1)).size(), summed = isa<ConvInputGradOp>(op) ? rank - 1 : rank - 2;
      SmallVector<int64_t> axes{summed};
      for (int64_t axis = 0; axis < rank - 2; ++axis)
        axes.push_back(axis);
      if (isa<ConvFilterGradOp>(op))
        axes = llvm::to_vector(llvm::seq<int64_t>(0, rank - 1));
      bool perGroup = isa<ConvInputGradOp>(op);
      visit(op.getOperand(1), axes, perGroup ? op.getAttrOfType<IntegerAttr>("groups").getInt() : 1);
    } else if (partOf(&op) == Part::Reduce)
      visit(op.getOperand(0), op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef());
  return most;
}

std::string KernelCheck::run(const std::map<std::string, int64_t> &values, uint64_t seed) {
  dims = values;
  inputs.clear();
  // Roots and logarithms are of variances and probabilities: near zero and below
  // it the last bit of a sum would decide everything.
  bool positive = llvm::any_of(kernel.getBody().front(),
                               [](Operation &op) { return isa<SqrtOp, RsqrtOp, LogOp, Log1pOp, PowOp>(op); });
  DimAnalysis analysis;
  for (auto [i, argument] : llvm::enumerate(kernel.getBody().getArguments())) {
    auto shape = extentsOf(cast<ArrayAttr>(kernel.getArgumentDims()[i]), dims);
    if (failed(shape))
      return "argument " + std::to_string(i) + " has extents without a value";
    if (llvm::any_of(*shape, [](int64_t extent) { return extent < 0; }))
      return ""; // no call has these dimensions: the runtime refuses them
    inputs.push_back(randomTensor(elementTypeOf(argument), *shape, positive ? 0.25 : -1,
                                  boundOf(argument, analysis, dims), seed, i, special));
  }
  evaluator.dims = dims;
  SmallVector<const Tensor *> pointers;
  for (const Tensor &input : inputs)
    pointers.push_back(&input);
  auto results = evaluator.run(kernel.getBody().front(), pointers);
  if (failed(results))
    return "the evaluator refuses it";
  expected = std::move(*results);
  setCopiesEarly(false);
  std::string error = simulate(false);
  if (error.empty())
    error = simulate(true);
  setCopiesEarly(true);
  return error.empty() ? simulate(false) : error;
}

std::string KernelCheck::simulate(bool inPlace) {
  std::vector<Memory> memory;
  memory.reserve(inputs.size() + expected.size());
  auto shiftOf = [&](const Tensor &tensor) { return aligned ? 0 : elementBytes(tensor.elementType); };
  SmallVector<int64_t> place; // each result's memory
  for (const Tensor &input : inputs) {
    memory.emplace_back(bytesOf(input), shiftOf(input));
    input.toBytes(memory.back().data());
  }
  auto ties = functions.front()->getAttrOfType<ArrayAttr>("dl.in_place");
  llvm::DenseSet<int64_t> taken;
  for (auto [i, result] : llvm::enumerate(expected)) {
    int64_t tie = -1;
    for (int64_t argument : cast<DenseI64ArrayAttr>(ties[i]).asArrayRef())
      if (inPlace && tie < 0 && taken.insert(argument).second)
        tie = argument;
    place.push_back(tie < 0 ? static_cast<int64_t>(memory.size()) : tie);
    if (tie < 0)
      memory.emplace_back(bytesOf(result), shiftOf(result));
  }
  SmallVector<void *> pointers;
  for (size_t i = 0; i < inputs.size(); ++i)
    pointers.push_back(memory[i].data());
  for (int64_t number : place)
    pointers.push_back(memory[number].data());
  std::string error = launch(pointers);
  for (size_t i = 0; error.empty() && i < expected.size(); ++i) {
    const Tensor &result = expected[i];
    error = compare(result, Tensor::fromBytes(result.elementType, result.shape, memory[place[i]].data()), i);
  }
  if (error.empty() && !llvm::all_of(memory, [](Memory &one) { return one.isGuarded(); }))
    error = "writes beyond a tensor";
  return error.empty() || !inPlace ? error : "with results in place of inputs, " + error;
}

/// All launches of the kernel, one after the other.
std::string KernelCheck::launch(ArrayRef<void *> pointers) {
  int64_t bytes = 0;
  for (LLVM::LLVMFuncOp function : functions)
    if (Attribute scratch = function->getAttr("dl.scratch"))
      bytes = std::max(bytes, DimExpr::fromAttr(scratch)->evaluate(dims).value_or(0));
  Memory scratch(bytes, /*shift=*/0);
  for (LLVM::LLVMFuncOp function : functions)
    if (std::string error = launch(function, pointers, scratch.data()); !error.empty())
      return error;
  return scratch.isGuarded() ? "" : "writes beyond its scratch";
}

std::string KernelCheck::launch(LLVM::LLVMFuncOp function, ArrayRef<void *> pointers, void *scratch) {
  std::array<int64_t, 5> fault{};
  void *faultAt = fault.data();
  SmallVector<void *> values(pointers), arguments{&faultAt};
  for (void *&value : values)
    arguments.push_back(&value);
  SmallVector<int64_t> extents;
  for (Attribute name : function->getAttrOfType<ArrayAttr>("dl.dims"))
    extents.push_back(dims.at(cast<StringAttr>(name).str()));
  for (int64_t &extent : extents)
    arguments.push_back(&extent);
  if (function->hasAttr("dl.scratch"))
    arguments.push_back(&scratch);
  FailureOr<int64_t> grid = DimExpr::fromAttr(function->getAttr("dl.grid"))->evaluate(dims);
  if (failed(grid))
    return "the number of blocks has no value";
  unsigned threads = function->getAttrOfType<DenseI32ArrayAttr>(NVVM::NVVMDialect::getReqntidAttrName())[0];
  HostCode::Entry entry = code.find(function.getSymName());
  if (!entry)
    return "there is no code for it";
  std::string error;
  for (int64_t block = 0; block < *grid && error.empty(); ++block) {
    code.fillShared(0xff);
    dropCopies();
    runBlock(block, threads, [&] { entry(arguments.data()); }, error);
  }
  if (error.empty() && fault[0])
    error = "reports value " + std::to_string(fault[3]) + " at " + std::to_string(fault[2]) + ", outside of [0, " +
            std::to_string(fault[4]) + ")";
  return error;
}

static int precisionOf(Type type) {
  return static_cast<int>(APFloat::semanticsPrecision(cast<FloatType>(type).getFloatSemantics()));
}

/// Bits of the coarsest floating point that the kernel computes in.
int KernelCheck::precision() const {
  int least = std::numeric_limits<int>::max();
  KernelOp holder = kernel; // a handle is not const
  bool isTf32 = allowsTf32(holder->getParentOfType<VariantOp>().getTarget());
  for (Operation &op : holder.getBody().front()) {
    if (isTf32 && isa<ContractOp, ConvOp, ConvInputGradOp, ConvFilterGradOp>(op))
      least = static_cast<int>(APFloat::semanticsPrecision(APFloat::FloatTF32()));
    for (Type type : op.getResultTypes())
      if (auto element = dyn_cast<FloatType>(getElementTypeOrSelf(type)))
        least = std::min(least, precisionOf(element));
  }
  return least;
}

std::string KernelCheck::compare(const Tensor &wanted, const Tensor &given, size_t result) const {
  double largest = 0;
  for (double value : wanted.floats)
    if (std::isfinite(value))
      largest = std::max(largest, std::fabs(value));
  // 16-bit elements are added in f32 and rounded a few times, at any place of the kernel.
  int rounds = precision(), adds = std::max(rounds, precisionOf(Float32Type::get(wanted.elementType.getContext())));
  double allowed = std::ldexp(largest, 1 - adds) * static_cast<double>(terms()) + std::ldexp(largest, 1 - rounds) * 8;
  for (int64_t i = 0, e = wanted.size(); i < e; ++i) {
    bool same = wanted.isFloat() ? wanted.floats[i] == given.floats[i] ||
                                       (std::isnan(wanted.floats[i]) && std::isnan(given.floats[i])) ||
                                       std::fabs(wanted.floats[i] - given.floats[i]) <= allowed
                                 : wanted.ints[i] == given.ints[i];
    if (!same)
      return "element " + std::to_string(i) + " of result " + std::to_string(result) + " is " +
             std::to_string(given.at(i)) + ", expected " + std::to_string(wanted.at(i)) + " within " +
             std::to_string(allowed);
  }
  return "";
}

} // namespace dlc::simulate
