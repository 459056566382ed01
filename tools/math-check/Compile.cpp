// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From a `math` operation to a function pointer, by way of the pass under test.
#include "MathCheck.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/ExecutionEngine/CRunnerUtils.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"
#include "passes/ExpandMath/ExpandMath.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;

namespace mathcheck {

struct Kernel::Implementation {
  MLIRContext context;
  std::unique_ptr<ExecutionEngine> engine;
  void *entry = nullptr;
};

Kernel::~Kernel() = default;

static DialectRegistry makeRegistry() {
  DialectRegistry registry;
  registry.insert<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect, index::IndexDialect,
                  math::MathDialect, memref::MemRefDialect, scf::SCFDialect, ub::UBDialect, vector::VectorDialect>();
  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
  registerConvertFuncToLLVMInterface(registry);
  index::registerConvertIndexToLLVMInterface(registry);
  registerConvertMathToLLVMInterface(registry);
  registerConvertMemRefToLLVMInterface(registry);
  ub::registerConvertUBToLLVMInterface(registry);
  vector::registerConvertVectorToLLVMInterface(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  return registry;
}

static std::string loopText(const Function &function, bool f64, int lanes) {
  std::string scalar = f64 ? "f64" : "f32";
  std::string second = function.integerPower() ? "i32" : scalar;
  auto shaped = [&](const std::string &t) { return lanes ? llvm::formatv("vector<{0}x{1}>", lanes, t).str() : t; };
  auto load = [&](const char *name, const char *from, const std::string &t) {
    if (lanes)
      return llvm::formatv("%{0} = vector.load %{1}[%i] : memref<?x{2}>, {3}\n", name, from, t, shaped(t)).str();
    return llvm::formatv("%{0} = memref.load %{1}[%i] : memref<?x{2}>\n", name, from, t).str();
  };
  std::string type = shaped(scalar);
  if (function.integerPower())
    type += ", " + shaped(second);
  std::string text = llvm::formatv("func.func @f(%x: memref<?x{0}>, %y: memref<?x{1}>, %out: memref<?x{0}>,"
                                   " %n: index) attributes {{llvm.emit_c_interface} {{\n"
                                   "%zero = arith.constant 0 : index\n"
                                   "%step = arith.constant {2} : index\n"
                                   "scf.for %i = %zero to %n step %step {{\n",
                                   scalar, second, lanes ? lanes : 1);
  text += load("a", "x", scalar);
  if (function.operands() == 2)
    text += load("b", "y", second);
  text += llvm::formatv("%r = math.{0} %a{1} : {2}\n", function.name, function.operands() == 2 ? ", %b" : "", type);
  text += lanes ? llvm::formatv("vector.store %r, %out[%i] : memref<?x{0}>, "
                                "{1}\n}\nreturn\n}\n",
                                scalar, shaped(scalar))
                      .str()
                : llvm::formatv("memref.store %r, %out[%i] : memref<?x{0}>\n"
                                "}\nreturn\n}\n",
                                scalar)
                      .str();
  return text;
}

namespace {
struct ApproximateUpstream : PassWrapper<ApproximateUpstream, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ApproximateUpstream)
  void getDependentDialects(DialectRegistry &registry) const override { registry.insert<vector::VectorDialect>(); }
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateMathPolynomialApproximationPatterns(patterns);
    (void)applyPatternsGreedily(getOperation(), std::move(patterns));
  }
};
} // namespace

std::unique_ptr<Kernel> Kernel::compile(const Function &function, bool f64, const CompileOptions &options) {
  return compile(loopText(function, f64, options.lanes), options);
}

std::unique_ptr<Kernel> Kernel::compile(const std::string &text, const CompileOptions &options) {
  static bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;
  auto self = std::make_unique<Kernel>();
  self->implementation = std::make_unique<Implementation>();
  MLIRContext &context = self->implementation->context;
  context.appendDialectRegistry(makeRegistry());
  context.loadAllAvailableDialects();

  auto module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    return nullptr;
  PassManager pm(&context);
  if (options.upstream) {
    pm.addPass(std::make_unique<ApproximateUpstream>());
  } else {
    dlc::ExpandMathOptions pass;
    pass.fma = options.fma;
    pass.avx512 = options.avx512;
    pass.f16 = options.f16;
    pm.addPass(dlc::createExpandMath(pass));
  }
  pm.addPass(createCSEPass());
  pm.addPass(createLoopInvariantCodeMotionPass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  if (failed(pm.run(*module)))
    return nullptr;

  auto fail = [](llvm::Error error) {
    llvm::errs() << "cannot compile: " << toString(std::move(error)) << "\n";
    return nullptr;
  };
  auto host = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!host)
    return fail(host.takeError());
  host->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
  auto machine = host->createTargetMachine();
  if (!machine)
    return fail(machine.takeError());
  ExecutionEngineOptions engineOptions;
  auto optimize = makeOptimizingTransformer(2, 0, machine->get());
  engineOptions.transformer = optimize;
  auto engine = ExecutionEngine::create(*module, engineOptions, std::move(*machine));
  if (!engine)
    return fail(engine.takeError());
  self->implementation->engine = std::move(*engine);
  auto entry = self->implementation->engine->lookup("_mlir_ciface_f");
  if (!entry)
    return fail(entry.takeError());
  self->implementation->entry = *entry;
  return self;
}

void Kernel::run(const void *x, const void *y, void *out, int64_t length) const {
  // The descriptor's layout does not depend on the element type.
  auto describe = [&](const void *p) {
    StridedMemRefType<char, 1> d;
    d.basePtr = d.data = static_cast<char *>(const_cast<void *>(p));
    d.offset = 0;
    d.sizes[0] = length;
    d.strides[0] = 1;
    return d;
  };
  auto a = describe(x), b = describe(y), c = describe(out);
  using Entry = void (*)(void *, void *, void *, int64_t);
  reinterpret_cast<Entry>(implementation->entry)(&a, &b, &c, length);
}

} // namespace mathcheck
