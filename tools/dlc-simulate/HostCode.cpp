// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/HostCode.h"
#include "compiler/codegen/Codegen.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "passes/Elements/Target.h"
#include "tools/dlc-simulate/Intrinsics.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;

namespace dlc::simulate {
namespace {
/// Functions that calls in host code name.
constexpr std::pair<StringLiteral, void *(*)()> functions[] = {
    {"simulate.thread", [] { return reinterpret_cast<void *>(threadIndex); }},
    {"simulate.block", [] { return reinterpret_cast<void *>(blockIndex); }},
    {"simulate.barrier", [] { return reinterpret_cast<void *>(barrier); }},
    {"simulate.down", [] { return reinterpret_cast<void *>(shuffleDown); }},
    {"simulate.up", [] { return reinterpret_cast<void *>(shuffleUp); }},
    {"simulate.across", [] { return reinterpret_cast<void *>(shuffleAcross); }},
    {"simulate.matrices", [] { return reinterpret_cast<void *>(loadMatrices); }},
    {"simulate.product", [] { return reinterpret_cast<void *>(multiplyMatrices); }},
    {"simulate.tf32", [] { return reinterpret_cast<void *>(roundToTf32); }},
    {"simulate.ballot", [] { return reinterpret_cast<void *>(ballot); }},
    {"simulate.index", [] { return reinterpret_cast<void *>(shuffleIndex); }},
    {"simulate.copy", [] { return reinterpret_cast<void *>(copyAsync); }},
    {"simulate.end", [] { return reinterpret_cast<void *>(endCopies); }},
    {"simulate.await", [] { return reinterpret_cast<void *>(awaitCopies); }},
};

/// NVVM to calls, one op after the other.
class Rewriter {
public:
  explicit Rewriter(ModuleOp module) : module(module), builder(module.getContext()) {}

  LogicalResult run() {
    AttrTypeReplacer spaces;
    spaces.addReplacement(
        [](LLVM::LLVMPointerType type) -> Type { return LLVM::LLVMPointerType::get(type.getContext()); });
    SmallVector<Operation *> ops;
    module.walk([&](Operation *op) {
      if (isa<NVVM::NVVMDialect>(op->getDialect()))
        ops.push_back(op);
      if (auto global = dyn_cast<LLVM::GlobalOp>(op)) {
        global.setAddrSpace(0);
        global.setLinkage(LLVM::Linkage::External);
        OpBuilder inside(module.getContext());
        Block &block = global.getInitializerRegion().emplaceBlock();
        inside.setInsertionPointToStart(&block);
        LLVM::ReturnOp::create(inside, global.getLoc(),
                               LLVM::ZeroOp::create(inside, global.getLoc(), global.getType()));
      }
      if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op)) {
        function->removeAttr(NVVM::NVVMDialect::getKernelFuncAttrName());
        function->removeAttr(NVVM::NVVMDialect::getReqntidAttrName());
        function->removeAttr(NVVM::NVVMDialect::getMinctasmAttrName());
      }
    });
    spaces.recursivelyReplaceElementsIn(module, /*replaceAttrs=*/true, /*replaceLocs=*/false, /*replaceTypes=*/true);
    for (Operation *op : ops)
      if (failed(replace(op)))
        return op->emitOpError("is none that the simulator knows");
    return success();
  }

private:
  Value constant(int64_t value) {
    return LLVM::ConstantOp::create(builder, builder.getUnknownLoc(), builder.getI32IntegerAttr(value));
  }

  Value call(StringRef name, Type result, ValueRange operands) {
    auto type = LLVM::LLVMFunctionType::get(result ? result : LLVM::LLVMVoidType::get(module.getContext()),
                                            llvm::to_vector(operands.getTypes()));
    if (!module.lookupSymbol(name)) {
      OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
      LLVM::LLVMFuncOp::create(top, module.getLoc(), name, type);
    }
    auto op = LLVM::CallOp::create(builder, builder.getUnknownLoc(), type, name, operands);
    return result ? op.getResult() : Value();
  }

  Value shuffle(NVVM::ShflOp op) {
    StringRef name = op.getKind() == NVVM::ShflKind::down   ? "simulate.down"
                     : op.getKind() == NVVM::ShflKind::up   ? "simulate.up"
                     : op.getKind() == NVVM::ShflKind::bfly ? "simulate.across"
                     : op.getKind() == NVVM::ShflKind::idx  ? "simulate.index"
                                                            : "";
    if (name.empty() || op.getReturnValueAndIsValid())
      return {};
    Type i32 = builder.getI32Type(), type = op.getType();
    Value word = op.getVal();
    if (type != i32)
      word = LLVM::BitcastOp::create(builder, op.getLoc(), i32, word);
    word = call(name, i32, {word, op.getOffset(), op.getMaskAndClamp()});
    return type == i32 ? word : Value(LLVM::BitcastOp::create(builder, op.getLoc(), type, word));
  }

  /// Calls a function that writes its result, `op`'s, where its last operand points.
  Value callInto(StringRef name, Operation *op, SmallVector<Value> operands) {
    OpBuilder entry = OpBuilder::atBlockBegin(&op->getParentOfType<LLVM::LLVMFuncOp>().getBody().front());
    Type pointer = LLVM::LLVMPointerType::get(op->getContext()), type = op->getResult(0).getType();
    Value one = LLVM::ConstantOp::create(entry, op->getLoc(), entry.getI32IntegerAttr(1));
    operands.push_back(LLVM::AllocaOp::create(entry, op->getLoc(), pointer, type, one));
    call(name, {}, operands);
    return LLVM::LoadOp::create(builder, op->getLoc(), type, operands.back());
  }

  Value loadMatrices(NVVM::LdMatrixOp op) {
    if (op.getNum() != 4 || op.getEltType() != NVVM::LdStMatrixEltType::B16)
      return {};
    return callInto("simulate.matrices", op, {op.getPtr(), constant(op.getLayout() == NVVM::MMALayout::col)});
  }

  Value multiply(NVVM::MmaOp op) {
    NVVM::MMAShapeAttr shape = op.getShape();
    std::optional<NVVM::MMATypes> type = op.getMultiplicandAPtxType();
    bool isTf32 = type == NVVM::MMATypes::tf32;
    if (shape.getM() != 16 || shape.getN() != 8 || shape.getK() != (isTf32 ? 8 : 16) || op.getOperandA().size() != 4 ||
        op.getOperandC().size() != 4)
      return {};
    auto kind = isTf32 ? Factors::Tf32 : type == NVVM::MMATypes::f16 ? Factors::F16 : Factors::Bf16;
    SmallVector<Value> operands{constant(static_cast<int32_t>(kind))};
    for (ValueRange words : {op.getOperandA(), op.getOperandB()})
      for (Value word : words)
        operands.push_back(LLVM::BitcastOp::create(builder, op.getLoc(), builder.getI32Type(), word));
    llvm::append_range(operands, op.getOperandC());
    return callInto("simulate.product", op, operands);
  }

  LogicalResult replace(Operation *op) {
    builder.setInsertionPoint(op);
    Type i32 = builder.getI32Type();
    Value value;
    bool known =
        TypeSwitch<Operation *, bool>(op)
            .Case([&](NVVM::ThreadIdXOp) { return static_cast<bool>(value = call("simulate.thread", i32, {})); })
            .Case([&](NVVM::BlockIdXOp) { return static_cast<bool>(value = call("simulate.block", i32, {})); })
            .Case([&](NVVM::ShflOp shfl) { return static_cast<bool>(value = shuffle(shfl)); })
            .Case([&](NVVM::LdMatrixOp load) { return static_cast<bool>(value = loadMatrices(load)); })
            .Case([&](NVVM::ConvertFloatToTF32Op convert) {
              return convert.getRnd() == NVVM::FPRoundingMode::RNA &&
                     static_cast<bool>(value = call("simulate.tf32", i32, {convert.getSrc()}));
            })
            .Case([&](NVVM::MmaOp mma) { return static_cast<bool>(value = multiply(mma)); })
            .Case([&](NVVM::VoteSyncOp vote) {
              return vote.getKind() == NVVM::VoteSyncKind::ballot &&
                     static_cast<bool>(value = call("simulate.ballot", i32, {vote.getPred()}));
            })
            .Case([&](NVVM::Barrier0Op) { return call("simulate.barrier", {}, {}), true; })
            .Case([&](NVVM::CpAsyncOp copy) {
              Value bytes = constant(copy.getSize());
              return call("simulate.copy", {},
                          {copy.getDst(), copy.getSrc(), bytes, copy.getCpSize() ? copy.getCpSize() : bytes}),
                     true;
            })
            .Case([&](NVVM::CpAsyncCommitGroupOp) { return call("simulate.end", {}, {}), true; })
            .Case([&](NVVM::CpAsyncWaitGroupOp wait) {
              return call("simulate.await", {}, {constant(wait.getN())}), true;
            })
            .Default(false);
    if (!known)
      return failure();
    if (value)
      op->getResult(0).replaceAllUsesWith(value);
    op->erase();
    return success();
  }

  ModuleOp module;
  OpBuilder builder;
};

/// `void NAME.entry(ptr %arguments)` loads each argument and calls NAME.
void addEntry(llvm::Module &module, llvm::Function &kernel) {
  llvm::LLVMContext &context = module.getContext();
  llvm::Type *pointer = llvm::PointerType::getUnqual(context);
  auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer}, false);
  auto *entry = llvm::Function::Create(type, llvm::Function::ExternalLinkage, kernel.getName() + ".entry", module);
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(context, "", entry));
  llvm::SmallVector<llvm::Value *> arguments;
  for (llvm::Argument &argument : kernel.args()) {
    llvm::Value *slot = builder.CreateConstGEP1_32(pointer, entry->getArg(0), argument.getArgNo());
    arguments.push_back(builder.CreateLoad(argument.getType(), builder.CreateLoad(pointer, slot)));
  }
  builder.CreateCall(&kernel, arguments);
  builder.CreateRetVoid();
}
} // namespace

std::unique_ptr<HostCode> HostCode::compile(gpu::GPUModuleOp device, std::string &error) {
  auto fail = [&](llvm::Error failure) {
    error = llvm::toString(std::move(failure));
    return nullptr;
  };
  OwningOpRef<ModuleOp> code = ModuleOp::create(device.getLoc());
  auto result = std::make_unique<HostCode>();
  DataLayout layout(*code);
  int64_t brought = 0; // by a launch: an array that is declared alone, for all kernels
  for (auto function : device.getOps<LLVM::LLVMFuncOp>())
    if (auto bytes = function->getAttrOfType<IntegerAttr>(sharedBytesAttribute))
      brought = std::max(brought, bytes.getInt());
  for (Operation &op : *device.getBody()) {
    code->push_back(op.clone());
    auto global = dyn_cast<LLVM::GlobalOp>(code->getBody()->back());
    if (!global)
      continue;
    if (global.getLinkage() == LLVM::Linkage::External)
      global.setGlobalType(LLVM::LLVMArrayType::get(IntegerType::get(device.getContext(), 8), brought));
    result->shared.push_back(
        {global.getSymName().str(), static_cast<size_t>(layout.getTypeSize(global.getType()).getFixedValue())});
  }
  error = "the device code cannot be taken to this machine";
  if (failed(Rewriter(*code).run()))
    return nullptr;
  registerTranslations(*code->getContext());
  auto context = std::make_unique<llvm::LLVMContext>();
  std::unique_ptr<llvm::Module> module = translateModuleToLLVMIR(*code, *context, "simulated");
  if (!module)
    return nullptr;
  llvm::SmallVector<llvm::Function *> kernels;
  for (llvm::Function &function : *module)
    if (!function.isDeclaration())
      kernels.push_back(&function);
  for (llvm::Function *kernel : kernels)
    addEntry(*module, *kernel);

  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto jit = llvm::orc::LLJITBuilder().create();
  if (!jit)
    return fail(jit.takeError());
  llvm::orc::SymbolMap symbols;
  for (auto [name, address] : functions)
    symbols[(*jit)->mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(address()),
                                              llvm::JITSymbolFlags::Exported};
  if (llvm::Error failure = (*jit)->getMainJITDylib().define(llvm::orc::absoluteSymbols(symbols)))
    return fail(std::move(failure));
  module->setDataLayout((*jit)->getDataLayout());
  if (llvm::Error failure = (*jit)->addIRModule(llvm::orc::ThreadSafeModule(std::move(module), std::move(context))))
    return fail(std::move(failure));
  result->jit = std::move(*jit);
  // Compiled at once, so that what does not compile or link is said here.
  for (llvm::StringRef name :
       llvm::map_range(device.getOps<LLVM::LLVMFuncOp>(), [](LLVM::LLVMFuncOp f) { return f.getSymName(); }))
    if (auto symbol = result->jit->lookup((name + ".entry").str()); !symbol)
      return fail(symbol.takeError());
  error.clear();
  return result;
}

HostCode::Entry HostCode::find(llvm::StringRef kernel) {
  auto symbol = jit->lookup((kernel + ".entry").str());
  if (!symbol) {
    llvm::consumeError(symbol.takeError());
    return nullptr;
  }
  return symbol->toPtr<Entry>();
}

void HostCode::fillShared(int byte) {
  for (const Array &array : shared)
    if (auto symbol = jit->lookup(array.name))
      std::memset(symbol->toPtr<void *>(), byte, array.bytes);
    else
      llvm::consumeError(symbol.takeError());
}

} // namespace dlc::simulate
