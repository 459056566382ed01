// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The constant `struct dlc_model`, field by field as dlc/abi.h declares it.
#include "compiler/ElementTypes.h"
#include "compiler/link/Describe.h"
#include "dialects/dl/evaluate/Tensor.h"
#include "dlc/abi.h"
#include "dlc/dlpack.h"
#include "llvm/IR/IRBuilder.h"

using namespace mlir;

namespace dlc {

std::string dataSymbol(StringRef model) { return (model + ".data").str(); }

/// A hyper-parameter's default as it is stored, low bytes first.
static uint64_t bitsOf(Attribute value) {
  if (auto floating = dyn_cast<FloatAttr>(value))
    return floating.getValue().bitcastToAPInt().getZExtValue();
  auto integer = cast<IntegerAttr>(value);
  return integer.getValue().getZExtValue();
}

namespace {
/// Builds constants; structs are made of their fields with C's layout.
class Builder {
public:
  explicit Builder(llvm::Module &module)
      : module(module), context(module.getContext()), pointer(llvm::PointerType::getUnqual(context)) {}

  llvm::Constant *i32(int64_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), value,
                                  /*IsSigned=*/true);
  }
  llvm::Constant *i64(uint64_t value) { return llvm::ConstantInt::get(llvm::Type::getInt64Ty(context), value); }
  llvm::Constant *null() { return llvm::ConstantPointerNull::get(pointer); }
  llvm::Constant *record(ArrayRef<llvm::Constant *> fields) { return llvm::ConstantStruct::getAnon(fields); }
  /// Address of the elements; NULL for none.
  llvm::Constant *array(ArrayRef<llvm::Constant *> elements) {
    if (elements.empty())
      return null();
    auto *type = llvm::ArrayType::get(elements[0]->getType(), elements.size());
    return hold(llvm::ConstantArray::get(type, elements));
  }
  llvm::Constant *text(StringRef value) {
    llvm::Constant *&known = texts[value];
    if (!known) {
      auto *bytes = llvm::ConstantDataArray::getString(context, value);
      auto *global = hold(bytes);
      global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
      global->setAlignment(llvm::Align(1));
      known = global;
    }
    return known;
  }
  llvm::FunctionType *codeType() { return llvm::FunctionType::get(llvm::Type::getInt32Ty(context), {pointer}, false); }
  llvm::FunctionType *planType() {
    auto *i32 = llvm::Type::getInt32Ty(context);
    return llvm::FunctionType::get(llvm::Type::getInt64Ty(context), {pointer, i32, pointer}, false);
  }
  /// A variant's function, which another object has: as Flatten.h says it is.
  llvm::Constant *function(StringRef name, llvm::FunctionType *type) {
    if (name.empty())
      return null();
    auto callee = module.getOrInsertFunction(name, type);
    auto *function = llvm::cast<llvm::Function>(callee.getCallee());
    function->setVisibility(llvm::GlobalValue::HiddenVisibility);
    return function;
  }
  /// The elements of a tensor as they lie in memory.
  llvm::Constant *elements(ElementsAttr value) {
    FailureOr<dl::Tensor> tensor = dl::Tensor::fromAttr(value);
    if (failed(tensor))
      return null();
    std::string bytes(tensor->size() * elementBytes(tensor->elementType), 0);
    tensor->toBytes(bytes.data());
    auto *global = hold(llvm::ConstantDataArray::getString(context, bytes, /*AddNull=*/bytes.empty()));
    global->setAlignment(llvm::Align(Interface::alignment));
    return global;
  }
  /// Bytes that are no text; NULL where there are none.
  llvm::Constant *bytes(StringRef value) {
    if (value.empty())
      return null();
    auto *global = hold(llvm::ConstantDataArray::getString(context, value, /*AddNull=*/false));
    global->setAlignment(llvm::Align(Interface::alignment));
    return global;
  }
  llvm::GlobalVariable *hold(llvm::Constant *value) {
    return new llvm::GlobalVariable(module, value->getType(),
                                    /*isConstant=*/true, llvm::GlobalValue::PrivateLinkage, value);
  }

  llvm::Module &module;
  llvm::LLVMContext &context;
  llvm::PointerType *pointer;
  llvm::StringMap<llvm::Constant *> texts;
};
} // namespace

/// The named dimension that an extent is, or -1.
static int32_t dimOf(const dl::DimExpr &extent, const Interface &interface) {
  for (auto [index, dim] : llvm::enumerate(interface.dims))
    if (extent == dl::DimExpr::symbol(dim.name))
      return index;
  return -1;
}

static llvm::Constant *describeArgument(Builder &b, const Interface::Argument &argument, const Interface &interface) {
  SmallVector<llvm::Constant *> extents;
  for (const dl::DimExpr &extent : argument.dims) {
    int32_t dim = dimOf(extent, interface);
    if (dim < 0)
      dim = extent.isConstant() ? DLC_CONSTANT : DLC_COMPUTED;
    extents.push_back(b.record({b.i64(extent.constant()), b.i32(dim), b.i32(0)}));
  }
  int32_t kind = argument.kind == Interface::Kind::Input    ? DLC_INPUT
                 : argument.kind == Interface::Kind::Output ? DLC_OUTPUT
                                                            : DLC_HYPER;
  return b.record({b.text(argument.name), b.i32(kind), b.i32(elementCode(argument.type)), b.i32(argument.dims.size()),
                   b.i32(argument.below.has_value()), b.i64(argument.below.value_or(0)), b.array(extents),
                   b.i64(argument.defaultValue ? bitsOf(argument.defaultValue) : 0)});
}

/// `void shapes(const int64_t *dims, int64_t *extents)`; NULL where every
/// extent is a number or a name, which the runtime reads from the description.
static llvm::Constant *describeShapes(Builder &b, const Interface::Function &function, const Names &names,
                                      const Interface &interface) {
  bool computed = llvm::any_of(function.arguments, [&](auto &argument) {
    return llvm::any_of(
        argument.dims, [&](const dl::DimExpr &extent) { return !extent.isConstant() && dimOf(extent, interface) < 0; });
  });
  if (!computed)
    return b.null();
  auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(b.context), {b.pointer, b.pointer}, false);
  auto *shapes = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage,
                                        names.model + "." + function.name + ".shapes", b.module);
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(b.context, "", shapes));
  int64_t position = 0;
  for (const Interface::Argument &argument : function.arguments)
    for (const dl::DimExpr &extent : argument.dims) {
      llvm::Value *value = emitExtent(builder, extent, interface, shapes->getArg(0));
      builder.CreateStore(value, builder.CreateConstGEP1_64(builder.getInt64Ty(), shapes->getArg(1), position++));
    }
  builder.CreateRetVoid();
  return shapes;
}

/// What a function asks of its dimensions, and the code that finds the first
/// thing it does not get: given and expected, compared one after the other.
static llvm::Constant *describeRequirements(Builder &b, const Interface::Function &function, const Names &names,
                                            const Interface &interface) {
  if (function.requirements.empty())
    return b.record({b.null(), b.null()});
  auto *find = llvm::Function::Create(
      llvm::FunctionType::get(llvm::Type::getInt64Ty(b.context), {b.pointer, b.pointer, b.pointer}, false),
      llvm::GlobalValue::InternalLinkage, names.model + "." + function.name + ".find", b.module);
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(b.context, "", find));
  SmallVector<llvm::Constant *> list;
  auto side = [&](const dl::DimExpr &expr) { return b.text(expr.isConstant() ? "" : expr.str() + " = "); };
  for (auto [index, asked] : llvm::enumerate(function.requirements)) {
    list.push_back(
        b.record({b.text(asked.what), side(asked.given), side(asked.expected), b.i32(asked.exact), b.i32(0)}));
    llvm::Value *given = emitExtent(builder, asked.given, interface, find->getArg(0));
    llvm::Value *expected = emitExtent(builder, asked.expected, interface, find->getArg(0));
    llvm::Value *met = asked.exact ? builder.CreateICmpEQ(given, expected) : builder.CreateICmpSGE(given, expected);
    auto *unmet = llvm::BasicBlock::Create(b.context, "", find), *next = llvm::BasicBlock::Create(b.context, "", find);
    builder.CreateCondBr(met, next, unmet);
    builder.SetInsertPoint(unmet);
    builder.CreateStore(given, find->getArg(1));
    builder.CreateStore(expected, find->getArg(2));
    builder.CreateRet(builder.getInt64(index));
    builder.SetInsertPoint(next);
  }
  builder.CreateRet(builder.getInt64(-1));
  return b.record({b.array(list), find});
}

static llvm::Constant *describeState(Builder &b, const Interface::State &state) {
  SmallVector<llvm::Constant *> extents;
  for (int64_t extent : state.type.getShape())
    extents.push_back(b.i64(extent));
  return b.record({b.text(state.name), b.i32(state.slot ? DLC_SLOT : DLC_PARAMETER),
                   b.i32(elementCode(state.type.getElementType())), b.i32(state.type.getRank()), b.i32(state.written),
                   b.array(extents), b.i64(state.offset), b.i64(state.bytes()), b.i64(state.data)});
}

static llvm::Constant *describeEntry(Builder &b, const EntryCode &entry) {
  return b.record({b.function(entry.code, b.codeType()), b.function(entry.plan, b.planType()), b.i32(entry.offsets),
                   b.i32(entry.timers)});
}

/// Another object's constant.
static llvm::Constant *external(Builder &b, StringRef name) {
  auto *symbol = new llvm::GlobalVariable(b.module, llvm::Type::getInt8Ty(b.context), /*isConstant=*/true,
                                          llvm::GlobalValue::ExternalLinkage, nullptr, name);
  symbol->setVisibility(llvm::GlobalValue::HiddenVisibility);
  return symbol;
}

/// What a variant for a GPU launches, as `struct dlc_device_code`; NULL for others.
static llvm::Constant *describeDevice(Builder &b, const VariantCode &variant) {
  if (!variant.device)
    return b.null();
  const DeviceCode &device = *variant.device;
  SmallVector<llvm::Constant *> kernels, constants, images;
  for (const DeviceCode::Image &image : device.images) {
    int64_t capability = 0;
    bool exact = false;
    parseGpu(image.gpu, capability, exact);
    images.push_back(b.record({b.i32(capability), b.i32(exact), b.bytes(image.cubin), b.i64(image.cubin.size())}));
  }
  for (const DeviceCode::Kernel &kernel : device.kernels)
    kernels.push_back(b.record({b.text(kernel.name), b.i32(kernel.threads), b.i32(kernel.parameters),
                                b.i32(kernel.sharedBytes), b.i32(kernel.reports)}));
  for (auto &[name, bytes] : variant.constants)
    constants.push_back(b.record({external(b, name), b.i64(bytes)}));
  return b.hold(b.record({b.i32(kDLCUDA), b.i32(device.capability), b.i32(device.exact), b.i32(device.driver),
                          b.text(device.text), b.i32(kernels.size()), b.i32(constants.size()), b.i32(images.size()),
                          b.array(kernels), b.array(constants), b.array(images)}));
}

static llvm::Constant *describeVariant(Builder &b, const VariantCode &variant, int64_t constantBytes) {
  SmallVector<llvm::Constant *> entries;
  for (const EntryCode &entry : variant.entries)
    entries.push_back(describeEntry(b, entry));
  return b.record({b.text(variant.name), b.i64(variant.target.getFeaturesMask()),
                   b.i64(constantBytes ? constantBytes : variant.preparedBytes),
                   b.i64(constantBytes ? 0 : -1), // the one block of all variants
                   describeEntry(b, variant.initialise), describeEntry(b, variant.prepare), b.array(entries),
                   describeDevice(b, variant)});
}

/// What AddSelfTests wrote, as `struct dlc_self_test`.
static llvm::Constant *describeSelfTest(Builder &b, DictionaryAttr test, const Interface &interface) {
  auto integer = [&](Attribute value) {
    auto number = dyn_cast_or_null<IntegerAttr>(value);
    return number ? number.getInt() : 0;
  };
  auto number = [&](StringRef name) -> llvm::Constant * {
    auto value = test.getAs<FloatAttr>(name);
    return llvm::ConstantFP::get(llvm::Type::getDoubleTy(b.context), value ? value.getValueAsDouble() : 0);
  };
  auto list = [&](StringRef name) {
    auto values = test.getAs<ArrayAttr>(name);
    return values ? values.getValue() : ArrayRef<Attribute>();
  };
  auto name = test.getAs<StringAttr>("function");
  int64_t index = -1;
  for (auto [i, function] : llvm::enumerate(interface.functions))
    if (name && function.name == name.getValue())
      index = i;
  SmallVector<llvm::Constant *> dims, arguments;
  for (Attribute dim : list("dims"))
    dims.push_back(b.i64(integer(dim)));
  for (Attribute argument : list("arguments"))
    arguments.push_back(isa<ElementsAttr>(argument) ? b.elements(cast<ElementsAttr>(argument)) : b.null());
  if (index < 0 || dims.size() != interface.dims.size() ||
      arguments.size() != interface.functions[index].arguments.size())
    return nullptr;
  return b.record({b.text(name), b.i32(index), b.i32(integer(test.get("calls"))), b.array(dims), b.array(arguments),
                   number("relative"), number("absolute")});
}

llvm::GlobalVariable *addDescription(llvm::Module &module, const Interface &interface, const Names &names,
                                     const std::vector<VariantCode> &variants, const Facts &facts) {
  Builder b(module);
  SmallVector<llvm::Constant *> dims, state, functions, variantRecords, requirements;
  for (const Interface::Dim &dim : interface.dims)
    dims.push_back(b.record({b.text(dim.name), b.i64(dim.low), b.i64(dim.high), b.i64(dim.bound)}));
  for (const Interface::State &one : interface.state)
    state.push_back(describeState(b, one));
  for (auto [index, function] : llvm::enumerate(interface.functions)) {
    SmallVector<llvm::Constant *> arguments;
    for (const Interface::Argument &argument : function.arguments)
      arguments.push_back(describeArgument(b, argument, interface));
    bool unprepared = llvm::all_of(variants, [&, i = index](auto &variant) {
      return variant.entries[i].unprepared || variant.prepare.code.empty();
    });
    int32_t flags = (function.trains ? DLC_TRAINS : 0) | (unprepared ? DLC_UNPREPARED : 0);
    functions.push_back(b.record({b.text(function.name), b.i32(arguments.size()), b.i32(flags), b.array(arguments),
                                  describeShapes(b, function, names, interface)}));
  }
  if (llvm::any_of(interface.functions, [](auto &function) { return !function.requirements.empty(); }))
    for (const Interface::Function &function : interface.functions)
      requirements.push_back(describeRequirements(b, function, names, interface));
  int64_t constantBytes = facts.weights == Weights::Constant ? interface.dataBytes : 0;
  for (const VariantCode &variant : variants)
    variantRecords.push_back(describeVariant(b, variant, constantBytes));

  SmallVector<llvm::Constant *> selfTests;
  for (Attribute test : facts.selfTests ? facts.selfTests.getValue() : ArrayRef<Attribute>()) {
    auto fields = dyn_cast<DictionaryAttr>(test);
    llvm::Constant *record = fields ? describeSelfTest(b, fields, interface) : nullptr;
    if (!record)
      return nullptr;
    selfTests.push_back(record);
  }

  llvm::Constant *data = b.null();
  bool embeds = interface.dataBytes && facts.weights != Weights::External;
  if (embeds) {
    data = external(b, dataSymbol(names.model));
    cast<llvm::GlobalVariable>(data)->setAlignment(llvm::Align(Interface::alignment));
  }
  bool usesDevice = llvm::any_of(variants, [](auto &variant) { return variant.device.has_value(); });
  auto *model = b.hold(b.record({b.i32(sizeof(dlc_model)),
                                 b.i32(DLC_ABI),
                                 b.i64(signatureOf(interface, names.model)),
                                 b.text(names.model),
                                 b.text(facts.compiler),
                                 b.text(module.getTargetTriple().str()),
                                 b.text(facts.options),
                                 b.i32(dims.size()),
                                 b.i32(state.size()),
                                 b.i32(functions.size()),
                                 b.i32(variantRecords.size()),
                                 b.array(dims),
                                 b.array(state),
                                 b.array(functions),
                                 b.array(variantRecords),
                                 b.i64(interface.stateBytes),
                                 data,
                                 b.i64(embeds ? interface.dataBytes : 0),
                                 b.i32(static_cast<int32_t>(facts.weights)),
                                 b.i32(selfTests.size()),
                                 b.i64(fingerprintOf(interface)),
                                 b.array(selfTests),
                                 b.array(requirements),
                                 usesDevice ? external(b, DLC_CUDA_BACKEND) : b.null()}));
  model->setName(names.model + ".model");
  model->setLinkage(llvm::GlobalValue::InternalLinkage);
  return model;
}

} // namespace dlc
