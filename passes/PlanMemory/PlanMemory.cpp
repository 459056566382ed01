// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/PlanMemory.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "passes/DescribeInterface/Interface.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/EmitRemarks/Remarks.h"
#include "passes/PlanMemory/Arena.h"
#include "passes/PlanMemory/Profile.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_PLANMEMORY
#include "passes/PlanMemory/PlanMemory.h.inc"

namespace {

/// Where a value lies: a space of the frame, a number within it (see dl.buffer).
struct Storage {
  Space space = Space::arena;
  int64_t number = 0;
  ConstantOp constant; // instead: elements known at compile time
  Value base, byte;    // or: so many bytes into an i8 buffer (slices in loops)
};

class Planning {
public:
  Planning(func::FuncOp function, VariantOp variant, const Interface &interface, Remarks &remarks)
      : function(function), variant(variant), interface(interface), remarks(remarks), builder(function) {
    for (auto [i, dim] : llvm::enumerate(interface.dims)) {
      dimNumbers[dim.name] = i;
      lows[dim.name] = std::max<int64_t>(dim.low, 0);
    }
  }

  LogicalResult run() {
    Block &body = function.getBody().front();
    auto returnOp = cast<func::ReturnOp>(body.getTerminator());
    number(body);
    if (failed(placeArguments()))
      return failure();
    orderUpdates(body, returnOp);
    number(body);
    placeResults(body, returnOp);
    placeRest(body);
    if (remarks.wanted())
      sayPlan(returnOp);
    auto module = variant->getParentOfType<ModuleOp>();
    reports = module->hasAttr(reportAttribute);
    if (module->hasAttr(profileAttribute))
      profile.emplace(arena, body);
    return emit(body, returnOp);
  }

private:
  //===-- Analysis -------------------------------------------------------===//

  void number(Block &body) {
    step.clear();
    unsigned next = 0;
    for (Operation &op : body)
      step[&op] = next++;
  }
  /// The step of the top-level op that holds `op`.
  unsigned stepOf(Operation *op) { return step.lookup(function.getBody().front().findAncestorOpInBlock(*op)); }

  /// The value whose bytes these are: reshapes are other shapes of the same bytes.
  static Value bytesOf(Value value) {
    while (auto view = value.getDefiningOp<ReshapeOp>())
      value = view.getInput();
    return value;
  }

  func::FuncOp kernelOf(LaunchOp launch) { return variant.lookupSymbol<func::FuncOp>(launch.getKernel()); }

  /// Everything that reads these bytes, through views; with `last`, the step of the last.
  void forReaders(Value value, llvm::function_ref<void(OpOperand &)> visit) {
    for (OpOperand &use : value.getUses()) {
      if (isa<ReshapeOp>(use.getOwner()))
        forReaders(use.getOwner()->getResult(0), visit);
      else
        visit(use);
    }
  }

  LogicalResult placeArguments() {
    unsigned user = 0;
    for (BlockArgument argument : function.getArguments()) {
      auto state = function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state");
      if (auto prepared = function.getArgAttrOfType<IntegerAttr>(argument.getArgNumber(), "dl.prepared")) {
        storage[argument] = {Space::prepared, prepared.getInt(), {}, {}, {}};
        readsPrepared = true;
        continue;
      }
      if (!state) {
        storage[argument] = {Space::argument, user++, {}, {}, {}};
        continue;
      }
      FailureOr<int64_t> offset = stateOffset(state.getValue());
      if (failed(offset))
        return function.emitOpError() << "reads unknown state " << state;
      storage[argument] = {Space::state, *offset, {}, {}, {}};
    }
    userArguments = user;
    return success();
  }
  FailureOr<int64_t> stateOffset(StringRef symbol) {
    if (symbol == "dl.seed")
      return 0;
    if (symbol == "dl.step")
      return 8;
    const Interface::State *state = interface.findState(symbol);
    return state ? FailureOr<int64_t>(state->offset) : FailureOr<int64_t>(failure());
  }
  FlatSymbolRefAttr resultState(unsigned index) { return function.getResultAttrOfType<FlatSymbolRefAttr>(index, "dl.state"); }
  BlockArgument argumentOf(FlatSymbolRefAttr state) {
    for (BlockArgument argument : function.getArguments())
      if (function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state") == state)
        return argument;
    return {};
  }

  /// The launch that may write result `index` of the entry over the present state.
  LaunchOp updater(func::ReturnOp returnOp, unsigned index) {
    FlatSymbolRefAttr state = resultState(index);
    Value value = bytesOf(returnOp.getOperand(index));
    auto launch = value.getDefiningOp<LaunchOp>();
    if (!state || !launch || launch->getBlock() != returnOp->getBlock())
      return {};
    // Returned once, and not to the user as well.
    if (llvm::count_if(returnOp.getOperands(), [&](Value v) { return bytesOf(v) == value; }) != 1)
      return {};
    BlockArgument present = argumentOf(state);
    if (!present)
      return launch;
    auto ties = kernelOf(launch)->getAttrOfType<ArrayAttr>("dl.in_place");
    ArrayRef<int64_t> allowed = cast<DenseI64ArrayAttr>(ties[cast<OpResult>(value).getResultNumber()]).asArrayRef();
    for (auto [i, input] : llvm::enumerate(launch.getInputs()))
      if (bytesOf(input) == present && !llvm::is_contained(allowed, static_cast<int64_t>(i)))
        return {};
    return launch;
  }

  /// Moves launches that write state behind every reader of what they overwrite
  /// and behind everything that can report a data error.
  void orderUpdates(Block &body, func::ReturnOp returnOp) {
    Operation *lastFault = nullptr;
    body.walk([&](LaunchOp launch) {
      bool faults = false;
      kernelOf(launch).walk([&](FaultOp) { faults = true; });
      if (faults)
        lastFault = body.findAncestorOpInBlock(*launch);
    });
    for (unsigned i = 0; i < returnOp.getNumOperands(); ++i) {
      LaunchOp launch = updater(returnOp, i);
      if (!launch)
        continue;
      Operation *after = lastFault && launch->isBeforeInBlock(lastFault) ? lastFault : launch.getOperation();
      if (BlockArgument present = argumentOf(resultState(i)))
        forReaders(present, [&](OpOperand &use) {
          Operation *reader = body.findAncestorOpInBlock(*use.getOwner());
          if (reader != launch && reader != returnOp && after->isBeforeInBlock(reader))
            after = reader;
        });
      if (after == launch)
        continue;
      // Only if nothing before that point wants what the launch computes.
      bool movable = true;
      for (Value result : launch.getResults())
        forReaders(result, [&](OpOperand &use) {
          Operation *reader = body.findAncestorOpInBlock(*use.getOwner());
          movable &= reader == returnOp || after->isBeforeInBlock(reader);
        });
      if (!movable)
        continue;
      // Views of its results go with it.
      SmallVector<Operation *> views;
      for (Value result : launch.getResults())
        for (Operation *user : result.getUsers())
          if (isa<ReshapeOp>(user) && !after->isBeforeInBlock(user))
            views.push_back(user);
      launch->moveAfter(after);
      for (Operation *view : views)
        view->moveAfter(launch);
    }
  }

  /// Where result `index`, which is no state, belongs; counts the user's outputs.
  Storage outputStorage(unsigned index, unsigned &output) {
    if (auto prepared = function.getResultAttrOfType<IntegerAttr>(index, "dl.prepared"))
      return {Space::prepared, prepared.getInt(), {}, {}, {}};
    return {Space::argument, output++, {}, {}, {}};
  }

  /// Launches write straight into outputs and state where that is safe.
  void placeResults(Block &body, func::ReturnOp returnOp) {
    unsigned lastFault = 0;
    body.walk([&](LaunchOp launch) {
      kernelOf(launch).walk([&](FaultOp) { lastFault = std::max(lastFault, stepOf(launch) + 1); });
    });
    firstUpdate = step[returnOp];
    unsigned output = userArguments;
    for (unsigned i = 0; i < returnOp.getNumOperands(); ++i) {
      Value value = bytesOf(returnOp.getOperand(i));
      FlatSymbolRefAttr state = resultState(i);
      if (!state) {
        auto launch = value.getDefiningOp<LaunchOp>();
        bool once = llvm::count_if(returnOp.getOperands(), [&](Value v) { return bytesOf(v) == value; }) == 1;
        Storage target = outputStorage(i, output);
        if (launch && once && launch->getBlock() == &body)
          storage[value] = target;
        continue;
      }
      LaunchOp launch = updater(returnOp, i);
      if (!launch || step[launch] < lastFault) {
        if (value != argumentOf(state)) // which stays as it is
          sayCopied(state, returnOp.getOperand(i), launch ? "a data error may be found later in the call" : "no kernel of its own computes it element by element");
        continue;
      }
      bool safe = true;
      if (BlockArgument present = argumentOf(state))
        forReaders(present, [&](OpOperand &use) { safe &= use.getOwner() == launch || stepOf(use.getOwner()) <= step[launch]; });
      if (!safe) {
        sayCopied(state, value, "the present value is read afterwards");
        continue;
      }
      if (remarks.wanted())
        remarks.passed("InPlace", launch.getLoc(), function.getName()).say("@" + state.getValue() + " is updated in place").with("State", state.getValue());
      storage[value] = {Space::state, *stateOffset(state.getValue()), {}, {}, {}};
      firstUpdate = std::min(firstUpdate, step[launch]);
    }
    faults = lastFault != 0;
  }

  void sayCopied(FlatSymbolRefAttr state, Value value, StringRef why) {
    if (remarks.wanted())
      remarks.missed("Copied", value.getLoc(), function.getName())
          .say("the next value of @" + state.getValue() + " is computed elsewhere and copied: " + why)
          .with("State", state.getValue());
  }

  /// Says what the arena holds and what shares its bytes.
  void sayPlan(func::ReturnOp returnOp) {
    Arena::Sample sample = arena.sample(dimNumbers);
    std::string extents = dimNumbers.empty() ? "" : " for extents of 64";
    remarks.analysis("Arena", function.getLoc(), function.getName())
        .say(Twine(arena.size()) + " tensors take " + Twine(sample.bytes) + " bytes" + extents + " and one worker, without reuse " + Twine(sample.bytesWithoutReuse))
        .with("Tensors", arena.size())
        .with("Bytes", sample.bytes)
        .with("BytesWithoutReuse", sample.bytesWithoutReuse);
    for (const Arena::Sample::Reuse &reuse : sample.reuses)
      remarks.passed("Reused", reuse.location, function.getName())
          .say("its " + Twine(reuse.bytes) + " bytes are also those of tensors alive at other times")
          .with("Bytes", reuse.bytes)
          .with("Others", reuse.others);
  }

  DimExpr bytes(Value value) { return product(DimVector(dims.of(value))) * DimExpr(elementBytes(elementTypeOf(value))); }
  unsigned lastUse(Value value, unsigned from) {
    unsigned last = from;
    forReaders(value, [&](OpOperand &use) { last = std::max(last, stepOf(use.getOwner())); });
    return last;
  }

  /// Every other value gets a slot of the arena.
  void placeRest(Block &body) {
    for (Operation &op : body) {
      if (auto constant = dyn_cast<ConstantOp>(op))
        storage[constant.getResult()] = {Space::arena, 0, constant, {}, {}};
      if (auto launch = dyn_cast<LaunchOp>(op))
        placeLaunch(launch, step[&op]);
      if (auto scan = dyn_cast<ScanOp>(op))
        placeScan(scan, step[&op]);
    }
    // State that becomes what other state was: copied before any is overwritten.
    auto returnOp = cast<func::ReturnOp>(body.getTerminator());
    for (unsigned i = 0; i < returnOp.getNumOperands(); ++i) {
      auto argument = dyn_cast<BlockArgument>(bytesOf(returnOp.getOperand(i)));
      FlatSymbolRefAttr state = resultState(i);
      if (state && argument && argumentOf(state) != argument && function.getArgAttr(argument.getArgNumber(), "dl.state"))
        stateCopies[i] = arena.add(returnOp.getLoc(), bytes(argument), step[returnOp], step[returnOp]);
    }
  }
  void placeLaunch(LaunchOp launch, unsigned at) {
    for (Value result : launch.getResults())
      if (!storage.contains(result))
        storage[result] = {Space::arena, arena.add(result.getLoc(), bytes(result), at, lastUse(result, at), 0, launch.getKernel().str()), {}, {}, {}};
    func::FuncOp kernel = kernelOf(launch);
    DimExpr shared = attributeDim(kernel, "dl.shared"), perWorker = attributeDim(kernel, "dl.scratch");
    if (shared != DimExpr(0) || perWorker != DimExpr(0))
      scratch[launch] = arena.add(launch.getLoc(), shared, at, at, perWorker, ("scratch of " + launch.getKernel()).str());
  }
  static DimExpr attributeDim(func::FuncOp kernel, StringRef name) {
    Attribute attr = kernel->getAttr(name);
    return attr ? *DimExpr::fromAttr(attr) : DimExpr(0);
  }
  /// Whether the next value of carry `i` is the present one of another carry.
  static bool takesOther(ScanOp scan, size_t i) {
    Block &body = scan.getBody().front();
    auto carry = dyn_cast<BlockArgument>(bytesOf(body.getTerminator()->getOperand(i)));
    return carry && carry.getOwner() == &body && carry.getArgNumber() < scan.getInits().size() && carry.getArgNumber() != i;
  }
  void placeScan(ScanOp scan, unsigned at) {
    for (Value result : scan.getResults()) {
      (void)dims.of(result);
      if (!storage.contains(result))
        storage[result] = {Space::arena, arena.add(result.getLoc(), bytes(result), at, lastUse(result, at)), {}, {}, {}};
    }
    Block &body = scan.getBody().front();
    for (auto [i, next] : llvm::enumerate(body.getTerminator()->getOperands().take_front(scan.getInits().size())))
      if (takesOther(scan, i))
        spare[{scan, i}] = arena.add(scan.getLoc(), bytes(next), at, at);
    for (auto [i, sequence] : llvm::enumerate(scan.getSequences()))
      if (bytesOf(sequence).getDefiningOp<ConstantOp>())
        spare[{scan, scan.getInits().size() + i}] = arena.add(scan.getLoc(), bytes(sequence), at, at);
    for (auto [i, constant] : llvm::enumerate(scan.getConstants()))
      aliases[body.getArgument(scan.getInits().size() + scan.getSequences().size() + i)] = constant;
    for (Operation &op : body) {
      if (auto constant = dyn_cast<ConstantOp>(op))
        storage[constant.getResult()] = {Space::arena, 0, constant, {}, {}};
      if (auto launch = dyn_cast<LaunchOp>(op)) {
        for (Value result : launch.getResults())
          storage[result] = {Space::arena, arena.add(result.getLoc(), bytes(result), at, at, 0, launch.getKernel().str()), {}, {}, {}};
        placeLaunch(launch, at);
      }
      if (auto inner = dyn_cast<ScanOp>(op)) {
        for (Value result : inner.getResults())
          storage[result] = {Space::arena, arena.add(result.getLoc(), (dims.of(result), bytes(result)), at, at), {}, {}, {}};
        placeScan(inner, at);
      }
    }
  }

  //===-- Code -----------------------------------------------------------===//

  Value index(int64_t value) { return arith::ConstantIndexOp::create(builder, location, value); }
  Value extent(const DimExpr &dim) { return emitExtent(builder, location, dim, names); }
  static Type storedType(Type type) {
    if (type.isBF16()) // as bits, as the generators have it
      return IntegerType::get(type.getContext(), 16);
    auto integer = dyn_cast<IntegerType>(type);
    return integer && integer.getWidth() <= 8 ? IntegerType::get(type.getContext(), 8) : type;
  }

  /// The buffer of a value as elements of its type, or (`raw`) as bytes.
  FailureOr<Value> buffer(Value value, bool raw = false) {
    Value owner = bytesOf(value);
    while (aliases.contains(owner))
      owner = bytesOf(aliases[owner]);
    auto it = storage.find(owner);
    if (it == storage.end())
      return function.emitOpError() << "holds a value that nothing computes: " << owner;
    Storage &where = it->second;
    DimVector extents(dims.of(value));
    DimExpr count = product(extents);
    Type element = raw ? Type(builder.getI8Type()) : storedType(elementTypeOf(value));
    Value size = extent(raw ? count * DimExpr(elementBytes(elementTypeOf(value))) : count);
    auto type = MemRefType::get({ShapedType::kDynamic}, element);
    if (where.constant) {
      Value global = constantBuffer(where.constant);
      if (!global)
        return where.constant.emitOpError("has no elements at hand");
      if (raw)
        return function.emitOpError() << "copies a constant byte by byte";
      return global;
    }
    if (where.base)
      return Value(memref::ViewOp::create(builder, location, type, where.base, where.byte, ValueRange{size}));
    return Value(BufferOp::create(builder, location, type, frame, where.space, where.number, size));
  }

  /// A constant of many values as a global of the variant.
  Value constantBuffer(ConstantOp constant) {
    auto elements = dyn_cast<DenseElementsAttr>(constant.getValue());
    if (auto resource = dyn_cast<DenseResourceElementsAttr>(constant.getValue()))
      if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
        elements = DenseElementsAttr::getFromRawBuffer(resource.getType(), blob->getData());
    if (!elements)
      return {};
    Type stored = storedType(elements.getElementType());
    int64_t count = elements.getNumElements();
    DenseElementsAttr flat = elements.reshape(RankedTensorType::get({count}, elements.getElementType()));
    if (elements.getElementType().isBF16())
      flat = cast<DenseElementsAttr>(flat.bitcast(stored));
    else if (stored != elements.getElementType())
      flat = flat.mapValues(stored, [&](const APInt &v) { return elements.getElementType().isSignedInteger() ? v.sext(8) : v.zextOrTrunc(8); });
    auto type = MemRefType::get({count}, stored);
    std::string name = (function.getName() + ".constant" + Twine(constants++)).str();
    {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPoint(function);
      memref::GlobalOp::create(builder, location, name, builder.getStringAttr("private"), type, flat, /*constant=*/true, builder.getI64IntegerAttr(64));
    }
    Value global = memref::GetGlobalOp::create(builder, location, type, name);
    return memref::CastOp::create(builder, location, MemRefType::get({ShapedType::kDynamic}, stored), global);
  }

  LogicalResult emit(Block &body, func::ReturnOp returnOp) {
    auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
    location = function.getLoc();
    auto code = func::FuncOp::create(builder, location, (function.getName() + ".code").str(), builder.getFunctionType({pointer}, {builder.getI32Type()}));
    Block *entry = code.addEntryBlock();
    frame = entry->getArgument(0);
    builder.setInsertionPointToStart(entry);
    for (auto &[name, number] : dimNumbers)
      names[name] = FrameDimOp::create(builder, location, builder.getIndexType(), frame, builder.getI64IntegerAttr(number));
    for (Operation &op : body) {
      if (faults && step[&op] == firstUpdate)
        returnIfFault();
      if (failed(emitOp(&op)))
        return failure();
    }
    if (failed(copyOut(returnOp)))
      return failure();
    func::ReturnOp::create(builder, location, ValueRange{arith::ConstantOp::create(builder, location, builder.getI32IntegerAttr(0))});
    builder.setInsertionPointAfter(code);
    arena.emitPlan(builder, function.getLoc(), (function.getName() + ".plan").str(), dimNumbers, lows);
    if (!readsPrepared)
      code->setAttr("dl.unprepared", builder.getUnitAttr());
    if (Attribute bytes = function->getAttr("dl.prepared_bytes"))
      code->setAttr("dl.prepared_bytes", bytes);
    code->setAttr("dl.offsets", builder.getI64IntegerAttr(arena.size()));
    if (reports) {
      code->setAttr("dl.launches", builder.getArrayAttr(launches));
      code->setAttr("dl.arena", arena.toAttr(builder.getContext(), dimNumbers));
    }
    if (profile)
      code->setAttr("dl.profile_slot", builder.getI64IntegerAttr(profile->slot));
    std::string name = function.getName().str();
    function.erase();
    code.setName(name);
    return success();
  }

  /// Ends the call when a data error was reported: no state has changed yet.
  void returnIfFault() { FaultExitOp::create(builder, location, frame); }

  LogicalResult emitOp(Operation *op) {
    location = op->getLoc();
    if (isa<ReshapeOp, ConstantOp, func::ReturnOp, YieldOp>(op))
      return success();
    if (auto launch = dyn_cast<LaunchOp>(op))
      return emitLaunch(launch);
    if (auto scan = dyn_cast<ScanOp>(op))
      return emitScan(scan);
    return op->emitOpError("is left over: no kernel computes it");
  }

  LogicalResult emitLaunch(LaunchOp launch) {
    func::FuncOp kernel = kernelOf(launch);
    SmallVector<Value> arguments{frame};
    SmallVector<Value> values(launch.getInputs());
    llvm::append_range(values, launch.getResults());
    for (Value value : values) {
      FailureOr<Value> memory = buffer(value);
      if (failed(memory))
        return failure();
      arguments.push_back(*memory);
    }
    auto bytesType = MemRefType::get({ShapedType::kDynamic}, builder.getI8Type());
    auto slot = scratch.find(launch);
    int64_t number = slot == scratch.end() ? 0 : slot->second;
    if (slot == scratch.end()) // never touched: any address does
      arguments.push_back(BufferOp::create(builder, location, bytesType, frame, Space::state, 0, index(0)));
    else
      arguments.push_back(BufferOp::create(builder, location, bytesType, frame, Space::arena, number, index(0)));
    for (Attribute name : kernel->getAttrOfType<ArrayAttr>("dl.dims")) {
      auto it = names.find(cast<StringAttr>(name).getValue().str());
      if (it == names.end())
        return launch.emitOpError() << "needs dimension " << name << ", which no argument of '" << function.getName() << "' tells";
      arguments.push_back(it->second);
    }
    // The kernel's name, and how often a call launches it here.
    launches.push_back(builder.getDictionaryAttr(
        {builder.getNamedAttr("kernel", builder.getStringAttr(launch.getKernel())), builder.getNamedAttr("times", trips.toAttr(builder.getContext()))}));
    if (profile)
      profile->begin(builder, location, frame, launches.size() - 1);
    func::CallOp::create(builder, location, kernel, arguments);
    if (profile)
      profile->end(builder, location, frame, launches.size() - 1);
    return success();
  }

  /// Copies a value into a slot of the arena made for that; returns the slot.
  FailureOr<Value> copyToSpare(Value from, unsigned slot) {
    FailureOr<Value> source = buffer(from);
    if (failed(source))
      return failure();
    auto type = MemRefType::get({ShapedType::kDynamic}, storedType(elementTypeOf(from)));
    Value target = BufferOp::create(builder, location, type, frame, Space::arena, slot, extent(product(DimVector(dims.of(from)))));
    memref::CopyOp::create(builder, location, *source, target);
    return target;
  }
  LogicalResult copy(Value from, Value to) {
    FailureOr<Value> source = buffer(from), target = buffer(to);
    if (failed(source) || failed(target))
      return failure();
    memref::CopyOp::create(builder, location, *source, *target);
    return success();
  }

  LogicalResult emitScan(ScanOp scan) {
    Block &body = scan.getBody().front();
    auto yield = cast<YieldOp>(body.getTerminator());
    size_t carries = scan.getInits().size(), sequences = scan.getSequences().size();
    for (size_t i = 0; i < carries; ++i) {
      if (failed(copy(scan.getInits()[i], scan.getResult(i))))
        return failure();
      aliases[body.getArgument(i)] = scan.getResult(i);
    }
    Value length = extent(*DimExpr::fromAttr(scan.getLength()));
    SmallVector<Value> sequenceBytes, stackedBytes;
    for (auto [i, sequence] : llvm::enumerate(scan.getSequences())) {
      auto slot = spare.find({scan, carries + i});
      if (slot != spare.end()) { // a constant is no bytes in the frame
        if (failed(copyToSpare(sequence, slot->second)))
          return failure();
        sequenceBytes.push_back(BufferOp::create(builder, location, MemRefType::get({ShapedType::kDynamic}, builder.getI8Type()), frame, Space::arena,
                                                 slot->second, extent(bytes(sequence))));
        continue;
      }
      FailureOr<Value> raw = buffer(sequence, /*raw=*/true);
      if (failed(raw))
        return failure();
      sequenceBytes.push_back(*raw);
    }
    for (Value stacked : scan.getResults().drop_front(carries)) {
      FailureOr<Value> raw = buffer(stacked, /*raw=*/true);
      if (failed(raw))
        return failure();
      stackedBytes.push_back(*raw);
    }
    auto loop = scf::ForOp::create(builder, location, index(0), length, index(1));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    Value at = loop.getInductionVar();
    if (scan.getReverse())
      at = builder.createOrFold<arith::SubIOp>(location, builder.createOrFold<arith::SubIOp>(location, length, index(1)), at);
    for (size_t i = 0; i < sequences; ++i) {
      Value slice = body.getArgument(carries + i);
      Value byte = builder.createOrFold<arith::MulIOp>(location, at, extent(bytes(slice)));
      storage[slice] = {Space::arena, 0, {}, sequenceBytes[i], byte};
    }
    DimExpr outside = trips;
    trips = trips * *DimExpr::fromAttr(scan.getLength());
    for (Operation &op : body)
      if (failed(emitOp(&op)))
        return failure();
    trips = outside;
    location = scan.getLoc();
    // Stacked values first: a carry's present value may be one of them.
    for (size_t i = carries; i < scan.getNumResults(); ++i) {
      Value value = yield.getValues()[i];
      FailureOr<Value> source = buffer(value);
      if (failed(source))
        return failure();
      Value byte = builder.createOrFold<arith::MulIOp>(location, at, extent(bytes(value)));
      auto type = MemRefType::get({ShapedType::kDynamic}, storedType(elementTypeOf(value)));
      Value target = memref::ViewOp::create(builder, location, type, stackedBytes[i - carries], byte, ValueRange{extent(product(DimVector(dims.of(value))))});
      memref::CopyOp::create(builder, location, *source, target);
    }
    // Carries that take another's value: through memory of their own, because
    // the other may be overwritten first.
    SmallVector<Value> saved(carries);
    for (size_t i = 0; i < carries; ++i) {
      if (!takesOther(scan, i))
        continue;
      FailureOr<Value> copied = copyToSpare(yield.getValues()[i], spare.at({scan, i}));
      if (failed(copied))
        return failure();
      saved[i] = *copied;
    }
    for (size_t i = 0; i < carries; ++i)
      if (!saved[i] && bytesOf(yield.getValues()[i]) != body.getArgument(i) && failed(copy(yield.getValues()[i], scan.getResult(i))))
        return failure();
    for (size_t i = 0; i < carries; ++i) {
      if (!saved[i])
        continue;
      FailureOr<Value> target = buffer(scan.getResult(i));
      if (failed(target))
        return failure();
      memref::CopyOp::create(builder, location, saved[i], *target);
    }
    return success();
  }

  /// Results that no kernel wrote where they belong.
  LogicalResult copyOut(func::ReturnOp returnOp) {
    unsigned output = userArguments;
    llvm::DenseMap<unsigned, Value> saved;
    for (auto [i, slot] : stateCopies) {
      FailureOr<Value> copied = copyToSpare(returnOp.getOperand(i), slot);
      if (failed(copied))
        return failure();
      saved[i] = *copied;
    }
    for (unsigned i = 0; i < returnOp.getNumOperands(); ++i) {
      Value value = returnOp.getOperand(i);
      FlatSymbolRefAttr state = resultState(i);
      Storage target = state ? Storage{Space::state, *stateOffset(state.getValue()), {}, {}, {}} : outputStorage(i, output);
      auto it = storage.find(bytesOf(value));
      if (it != storage.end() && !it->second.constant && !it->second.base && it->second.space == target.space && it->second.number == target.number)
        continue;
      FailureOr<Value> source = saved.contains(i) ? FailureOr<Value>(saved[i]) : buffer(value);
      if (failed(source))
        return failure();
      Value size = extent(product(DimVector(dims.of(value))));
      auto type = MemRefType::get({ShapedType::kDynamic}, storedType(elementTypeOf(value)));
      Value memory = BufferOp::create(builder, location, type, frame, target.space, target.number, size);
      memref::CopyOp::create(builder, location, *source, memory);
    }
    return success();
  }
  func::FuncOp function;
  VariantOp variant;
  const Interface &interface;
  Remarks &remarks;
  OpBuilder builder;
  Location location{UnknownLoc::get(function.getContext())};
  DimAnalysis dims;
  Arena arena;
  std::map<std::string, int64_t> dimNumbers, lows;
  std::map<std::string, Value> names;
  llvm::DenseMap<Operation *, unsigned> step;
  llvm::DenseMap<Value, Storage> storage;
  llvm::DenseMap<Value, Value> aliases;
  llvm::DenseMap<Operation *, unsigned> scratch;
  /// Slots for copies: by scan, a carry's number or carries + a sequence's.
  std::map<std::pair<Operation *, size_t>, unsigned> spare;
  llvm::DenseMap<unsigned, unsigned> stateCopies; // by result of the entry
  Value frame;
  unsigned userArguments = 0, firstUpdate = 0, constants = 0;
  SmallVector<Attribute> launches; // as code has them, for reports
  DimExpr trips = 1;               // of the loops around
  std::optional<Profile> profile;
  bool reports = false;
  bool faults = false, readsPrepared = false;
};

struct PlanMemory : impl::PlanMemoryBase<PlanMemory> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    auto module = variant->getParentOfType<ModuleOp>();
    FailureOr<Interface> interface = Interface::of(module);
    if (failed(interface))
      return signalPassFailure();
    Remarks remarks(variant, "memory");
    for (auto function : llvm::make_early_inc_range(variant.getOps<func::FuncOp>()))
      if (function->hasAttr("dl.entry") && failed(Planning(function, variant, *interface, remarks).run()))
        return signalPassFailure();
  }
};

} // namespace
} // namespace dlc
