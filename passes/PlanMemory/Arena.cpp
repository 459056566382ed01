// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/Arena.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Value dlc::emitExtent(OpBuilder &b, Location location, const DimExpr &dim, const std::map<std::string, Value> &names) {
  Value total = arith::ConstantIndexOp::create(b, location, 0);
  for (auto &[monomial, coefficient] : dim.terms()) {
    Value term = arith::ConstantIndexOp::create(b, location, coefficient);
    for (const DimExpr::Atom &atom : monomial) {
      Value factor =
          atom.numerator
              ? b.createOrFold<arith::FloorDivSIOp>(location, emitExtent(b, location, *atom.numerator, names),
                                                    emitExtent(b, location, *atom.denominator, names))
              : names.at(atom.name);
      term = b.createOrFold<arith::MulIOp>(location, factor, term);
    }
    total = b.createOrFold<arith::AddIOp>(location, total, term);
  }
  return total;
}

unsigned Arena::add(Location location, DimExpr bytes, unsigned first, unsigned last, DimExpr perWorker,
                    std::string holds) {
  tensors.push_back({location, bytes, perWorker, first, last, std::move(holds)});
  return tensors.size() - 1;
}

void Arena::extend(unsigned slot, unsigned step) { tensors[slot].last = std::max(tensors[slot].last, step); }

std::vector<int64_t> Arena::nominalBytes(const std::map<std::string, int64_t> &dimNumbers) const {
  std::map<std::string, int64_t> typical;
  for (auto &[dim, number] : dimNumbers)
    typical[dim] = 64;
  std::vector<int64_t> nominal;
  for (const Tensor &tensor : tensors) {
    FailureOr<int64_t> size = (tensor.bytes + tensor.perWorker).evaluate(typical);
    nominal.push_back(succeeded(size) ? *size : 0);
  }
  return nominal;
}

Arena::Layout Arena::layOut(const std::vector<int64_t> &nominal, llvm::function_ref<Rank(Candidate)> rank) const {
  Layout layout{{}, std::vector<int64_t>(tensors.size()), std::vector<int64_t>(tensors.size()), 0};
  std::vector<bool> isPlaced(tensors.size());
  auto rankOf = [&](unsigned slot) { return rank({nominal[slot], layout.begins[slot]}); };
  while (layout.order.size() < tensors.size()) {
    std::optional<unsigned> best;
    for (unsigned slot = 0; slot < tensors.size(); ++slot)
      if (!isPlaced[slot] && (!best || rankOf(slot) < rankOf(*best)))
        best = slot;
    isPlaced[*best] = true;
    layout.order.push_back(*best);
    layout.ends[*best] = layout.begins[*best] + llvm::alignTo(nominal[*best], 64);
    layout.bytes = std::max(layout.bytes, layout.ends[*best]);
    for (unsigned slot = 0; slot < tensors.size(); ++slot)
      if (!isPlaced[slot] && tensors[slot].meets(tensors[*best]))
        layout.begins[slot] = std::max(layout.begins[slot], layout.ends[*best]);
  }
  return layout;
}

Arena::Layout Arena::layOut(const std::vector<int64_t> &nominal) const {
  // Large ones first leave the fewest holes. In a chain every tensor meets the one before: those that can begin
  // lowest come first, every second one, and the others lie above them. Sizes are compared for extents of 64; the
  // result is right for any.
  Layout large = layOut(nominal, [](Candidate c) { return Rank(-c.bytes, 0); });
  Layout largeThenLow = layOut(nominal, [](Candidate c) { return Rank(-c.bytes, c.begin); });
  Layout lowThenLarge = layOut(nominal, [](Candidate c) { return Rank(c.begin, -c.bytes); });
  return std::min({large, largeThenLow, lowThenLarge},
                  [](const Layout &a, const Layout &b) { return a.bytes < b.bytes; });
}

ArrayAttr Arena::toAttr(MLIRContext *context, const std::map<std::string, int64_t> &dimNumbers) const {
  Builder b(context);
  SmallVector<Attribute> placed;
  for (unsigned slot : layOut(nominalBytes(dimNumbers)).order) {
    const Tensor &tensor = tensors[slot];
    placed.push_back(b.getDictionaryAttr({b.getNamedAttr("slot", b.getI64IntegerAttr(slot)),
                                          b.getNamedAttr("bytes", tensor.bytes.toAttr(context)),
                                          b.getNamedAttr("per_worker", tensor.perWorker.toAttr(context)),
                                          b.getNamedAttr("first", b.getI64IntegerAttr(tensor.first)),
                                          b.getNamedAttr("last", b.getI64IntegerAttr(tensor.last)),
                                          b.getNamedAttr("holds", b.getStringAttr(tensor.holds))}));
  }
  return b.getArrayAttr(placed);
}

Arena::Sample Arena::sample(const std::map<std::string, int64_t> &dimNumbers) const {
  std::vector<int64_t> nominal = nominalBytes(dimNumbers);
  auto [order, begins, ends, bytes] = layOut(nominal);
  Sample sample{bytes, 0, {}};
  for (size_t slot = 0; slot < tensors.size(); ++slot)
    sample.bytesWithoutReuse += ends[slot] - begins[slot];
  for (size_t slot = 0; slot < tensors.size(); ++slot) {
    int64_t others = 0;
    for (size_t other = 0; other < tensors.size(); ++other)
      others += other != slot && begins[other] < ends[slot] && begins[slot] < ends[other];
    if (others)
      sample.reuses.push_back({tensors[slot].location, nominal[slot], others});
  }
  return sample;
}

void Arena::emitPlan(OpBuilder &builder, Location location, StringRef name,
                     const std::map<std::string, int64_t> &dimNumbers, const std::map<std::string, int64_t> &lows) {
  OpBuilder::InsertionGuard guard(builder);
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  Type i64 = builder.getI64Type();
  auto function = func::FuncOp::create(builder, location, name,
                                       builder.getFunctionType({pointer, builder.getI32Type(), pointer}, {i64}));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  DimLimits limits{lows, {}};
  for (auto &[dim, number] : dimNumbers) {
    Value address = LLVM::GEPOp::create(builder, location, pointer, i64, entry->getArgument(0),
                                        ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(number)});
    Value value = LLVM::LoadOp::create(builder, location, i64, address, 8);
    limits.highs[dim] = arith::IndexCastOp::create(builder, location, builder.getIndexType(), value);
  }
  Value workers = arith::IndexCastOp::create(builder, location, builder.getIndexType(), entry->getArgument(1));

  Value zero = arith::ConstantIndexOp::create(builder, location, 0);
  SmallVector<Value> ends(tensors.size());
  Value total = zero;
  SmallVector<unsigned> placed;
  for (unsigned slot : layOut(nominalBytes(dimNumbers)).order) {
    const Tensor &tensor = tensors[slot];
    Value offset = zero;
    for (unsigned other : placed)
      if (tensor.meets(tensors[other]))
        offset = builder.createOrFold<arith::MaxSIOp>(location, offset, ends[other]);
    placed.push_back(slot);
    DimExpr aligned = tensor.bytes.ceilDiv(64) * DimExpr(64);
    Value size = emitLargest(builder, location, aligned, limits);
    if (tensor.perWorker != DimExpr(0))
      size = builder.createOrFold<arith::AddIOp>(
          location, size,
          builder.createOrFold<arith::MulIOp>(
              location, workers, emitLargest(builder, location, tensor.perWorker.ceilDiv(64) * DimExpr(64), limits)));
    ends[slot] = builder.createOrFold<arith::AddIOp>(location, offset, size);
    total = builder.createOrFold<arith::MaxSIOp>(location, total, ends[slot]);
    Value address = LLVM::GEPOp::create(builder, location, pointer, i64, entry->getArgument(2),
                                        ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(slot)});
    LLVM::StoreOp::create(builder, location, arith::IndexCastOp::create(builder, location, i64, offset), address, 8);
  }
  func::ReturnOp::create(builder, location, ValueRange{arith::IndexCastOp::create(builder, location, i64, total)});
}
