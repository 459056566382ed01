// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/report/Report.h"
#include "dialects/dl/Dl.h"
#include "passes/DescribeInterface/Interface.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/Elements/Target.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;
using llvm::json::Array;
using llvm::json::Object;

namespace {

/// Where nobody gave a bound: large enough that batches look like batches.
constexpr int64_t usualExtent = 64;
/// Of traffic beyond the second-level cache, a cycle: nominal, for "bound". Of a core, and of one of the 108
/// processors of an A100.
constexpr int64_t coreBytesPerCycle = 8, gpuBytesPerCycle = 10;

/// Names are data: bytes that are no UTF-8 cannot stand in JSON.
std::string text(StringRef name) { return llvm::json::fixUTF8(name); }

class Reporter {
public:
  explicit Reporter(const Interface &interface) : interface(interface) {
    for (const Interface::Dim &dim : interface.dims)
      values[dim.name] = dim.bound > 0 ? dim.bound : std::clamp(usualExtent, dim.low, dim.high);
  }

  Array dims() {
    Array result;
    for (const Interface::Dim &dim : interface.dims)
      result.push_back(
          Object{{"name", text(dim.name)}, {"low", dim.low}, {"high", dim.high}, {"value", values[dim.name]}});
    return result;
  }

  Object describe(VariantOp variant) {
    TargetAttr target = variant.getTarget();
    bytesPerCycle = isGpu(target) ? gpuBytesPerCycle : coreBytesPerCycle;
    Array kernels, functions;
    costs.clear();
    for (Operation &op : variant.getBody().front())
      if (auto facts = op.getAttrOfType<DictionaryAttr>(factsAttribute))
        kernels.push_back(kernel(&op, facts, target));
    for (Operation &op : variant.getBody().front())
      if (auto launches = op.getAttrOfType<ArrayAttr>("dl.launches"))
        functions.push_back(function(&op, launches));
    return Object{{"name", variant.getSymName()},  {"device", isGpu(target) ? "cuda" : "cpu"},
                  {"cpu", target.getCpu()},        {"vector_bits", target.getVectorBits()},
                  {"fma", target.getFma()},        {"bytes_per_cycle", bytesPerCycle},
                  {"kernels", std::move(kernels)}, {"functions", std::move(functions)}};
  }

private:
  struct Cost {
    int64_t flops, read, written;
  };

  int64_t value(const DimExpr &expression) {
    FailureOr<int64_t> result = expression.evaluate(values);
    return succeeded(result) ? *result : 0;
  }
  static DimExpr expression(DictionaryAttr facts, StringRef name) { return *DimExpr::fromAttr(facts.get(name)); }
  Object amount(DictionaryAttr facts, StringRef name) {
    DimExpr amount = expression(facts, name);
    return Object{{"expression", text(amount.str())}, {"value", value(amount)}};
  }

  /// Operations in a cycle, at most, of a core's vectors or of a GPU's processor.
  static int64_t operationsPerCycle(Operation *op, ScheduleAttr schedule, TargetAttr target) {
    if (auto products = op->getAttrOfType<IntegerAttr>(productsAttribute))
      return 2 * products.getInt();
    return schedule.getLanes() * (target.getFma() ? 4 : 2); // each lane: two multiply-adds, or two of either
  }

  /// What a GPU launches for a kernel.
  Array steps(ArrayAttr steps) {
    Array list;
    for (auto step : steps.getAsRange<DictionaryAttr>())
      list.push_back(Object{{"kernel", text(step.getAs<StringAttr>("kernel").getValue())},
                            {"threads", step.getAs<IntegerAttr>("threads").getInt()},
                            {"blocks", amount(step, "blocks")},
                            {"shared_bytes", step.getAs<IntegerAttr>("shared_bytes").getInt()}});
    return list;
  }

  Object kernel(Operation *op, DictionaryAttr facts, TargetAttr target) {
    StringAttr name = SymbolTable::getSymbolName(op);
    auto schedule = op->getAttrOfType<ScheduleAttr>("dl.schedule");
    Array ops;
    for (auto pair : cast<ArrayAttr>(facts.get("ops")).getAsRange<ArrayAttr>())
      ops.push_back(
          Object{{"op", cast<StringAttr>(pair[0]).getValue()}, {"node", text(cast<StringAttr>(pair[1]).getValue())}});
    Cost cost{value(expression(facts, "flops")), value(expression(facts, "read")), value(expression(facts, "written"))};
    costs[name.getValue()] = cost;
    double bytes = cost.read + cost.written, intensity = bytes > 0 ? cost.flops / bytes : 0;
    auto perCycle = static_cast<double>(operationsPerCycle(op, schedule, target));
    Object result{{"name", text(name.getValue())},
                  {"generator", schedule.getGenerator()},
                  {"schedule", Object{{"lanes", schedule.getLanes()},
                                      {"rows", schedule.getRows()},
                                      {"vectors", schedule.getVectors()},
                                      {"unroll", schedule.getUnroll()},
                                      {"block_m", schedule.getBlockM()},
                                      {"block_k", schedule.getBlockK()},
                                      {"pack", schedule.getPack()},
                                      {"grain", schedule.getGrain()},
                                      {"prefetch", schedule.getPrefetch()},
                                      {"parts", schedule.getParts()}}},
                  {"ops", std::move(ops)},
                  {"flops", amount(facts, "flops")},
                  {"read", amount(facts, "read")},
                  {"written", amount(facts, "written")},
                  {"kept", amount(facts, "kept")},
                  {"flops_per_byte", intensity},
                  {"flops_per_cycle", perCycle},
                  {"bound", intensity * bytesPerCycle >= perCycle ? "compute" : "memory"}};
    if (auto launches = op->getAttrOfType<ArrayAttr>(stepsAttribute))
      result["steps"] = steps(launches);
    return result;
  }

  Object function(Operation *op, ArrayAttr launches) {
    Array list;
    int64_t flops = 0, read = 0, written = 0;
    for (auto launch : launches.getAsRange<DictionaryAttr>()) {
      StringRef kernel = cast<StringAttr>(launch.get("kernel")).getValue();
      int64_t times = value(expression(launch, "times"));
      Cost cost = costs.lookup(kernel);
      flops += times * cost.flops, read += times * cost.read, written += times * cost.written;
      list.push_back(Object{{"kernel", text(kernel)}, {"times", amount(launch, "times")}});
    }
    Object result{{"name", text(SymbolTable::getSymbolName(op).getValue())},
                  {"flops", flops},
                  {"read", read},
                  {"written", written},
                  {"launches", std::move(list)},
                  {"arena", arena(op->getAttrOfType<ArrayAttr>("dl.arena"))}};
    if (auto slot = op->getAttrOfType<IntegerAttr>("dl.profile_slot"))
      result["profile_slot"] = slot.getInt();
    return result;
  }

  /// Places the tensors as the plan's code will (PlanMemory/Arena.cpp), for one worker.
  Object arena(ArrayAttr tensors) {
    struct Placed {
      int64_t first, last, end;
    };
    SmallVector<Placed> placed;
    Array list;
    int64_t total = 0, unshared = 0;
    for (auto tensor : tensors.getAsRange<DictionaryAttr>()) {
      int64_t first = cast<IntegerAttr>(tensor.get("first")).getInt(),
              last = cast<IntegerAttr>(tensor.get("last")).getInt(), offset = 0;
      auto aligned = [&](StringRef name) {
        return llvm::alignTo(value(expression(tensor, name)), Interface::alignment);
      };
      int64_t size = aligned("bytes") + aligned("per_worker");
      for (const Placed &other : placed)
        if (other.first <= last && first <= other.last)
          offset = std::max(offset, other.end);
      placed.push_back({first, last, offset + size});
      total = std::max(total, offset + size);
      unshared += size;
      list.push_back(Object{{"slot", tensor.getAs<IntegerAttr>("slot").getInt()},
                            {"holds", text(tensor.getAs<StringAttr>("holds").getValue())},
                            {"bytes", amount(tensor, "bytes")},
                            {"per_worker", amount(tensor, "per_worker")},
                            {"first", first},
                            {"last", last},
                            {"offset", offset}});
    }
    return Object{{"bytes", total}, {"bytes_without_reuse", unshared}, {"tensors", std::move(list)}};
  }

  const Interface &interface;
  std::map<std::string, int64_t> values;
  int64_t bytesPerCycle = coreBytesPerCycle; // of the variant
  llvm::StringMap<Cost> costs;
};

} // namespace

FailureOr<std::string> dlc::writeReport(ModuleOp module, StringRef model, StringRef compiler) {
  FailureOr<Interface> interface = Interface::of(module);
  if (failed(interface))
    return failure();
  Reporter reporter(*interface);
  // Best first, as the library has them; a GPU's last.
  auto ordered = llvm::to_vector(module.getOps<VariantOp>());
  llvm::stable_sort(ordered, [](VariantOp a, VariantOp b) {
    auto rank = [](VariantOp v) { return std::pair(!isGpu(v.getTarget()), v.getTarget().getVectorBits()); };
    return rank(a) > rank(b);
  });
  Array variants;
  for (VariantOp variant : ordered)
    variants.push_back(reporter.describe(variant));
  llvm::json::Value report = Object{{"format", "dlc report"},  {"version", 1},
                                    {"model", text(model)},    {"compiler", text(compiler)},
                                    {"dims", reporter.dims()}, {"variants", std::move(variants)}};
  std::string result;
  llvm::raw_string_ostream stream(result);
  stream << llvm::formatv("{0:2}", report) << "\n";
  return result;
}
