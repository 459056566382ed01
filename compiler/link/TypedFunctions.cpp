// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a model's header declares, each a few stores and a call of the runtime.
#include "compiler/link/Describe.h"
#include "dlc/abi.h"
#include "llvm/IR/IRBuilder.h"

using namespace mlir;

namespace dlc {
namespace {

class Stubs {
public:
  Stubs(llvm::Module &module, const Interface &interface, const Names &names, llvm::GlobalVariable *description,
        StringRef report)
      : module(module), interface(interface), names(names), description(description), report(report),
        builder(module.getContext()), pointer(builder.getPtrTy()), i32(builder.getInt32Ty()),
        i64(builder.getInt64Ty()) {}

  void add() {
    begin("_model", pointer, {});
    builder.CreateRet(description);
    if (!report.empty()) {
      begin("_profile_report", pointer, {});
      builder.CreateRet(builder.CreateGlobalString(report));
    }

    // The two, and memory, to which the library adds what it is.
    forward("_weights_create_v1", "dlc_weights_create", i32, {i64, pointer, i64, pointer, pointer}, /*withModel=*/true);
    forward("_memory_v1", "dlc_memory", i32, {pointer, pointer, pointer, pointer}, /*withModel=*/true);
    forward("_context_create_v1", "dlc_context_create", i32, {pointer, pointer, pointer, pointer, pointer});

    forward("_weights_destroy", "dlc_weights_destroy", i32, {pointer});
    forward("_weights_initialise", "dlc_weights_initialise", i32, {pointer, i64, pointer});
    for (const char *verb : {"load", "resume", "save", "copy", "publish"})
      forward(std::string("_weights_") + verb, std::string("dlc_weights_") + verb, i32, {pointer, pointer, pointer});
    forward("_weights_load_memory", "dlc_weights_load_memory", i32, {pointer, pointer, i64, pointer});
    forward("_weights_save_memory", "dlc_weights_save_memory", i32, {pointer, pointer, pointer, pointer});
    forward("_weights_step", "dlc_weights_step", i64, {pointer});
    forward("_weights_seed", "dlc_weights_seed", i64, {pointer});
    forward("_weights_set_seed", "dlc_weights_set_seed", i32, {pointer, i64, pointer});
    forward("_weights_get", "dlc_weights_get", i32, {pointer, i32, pointer, i64, pointer});
    forward("_weights_set", "dlc_weights_set", i32, {pointer, i32, pointer, i64, pointer});
    forward("_context_destroy", "dlc_context_destroy", i32, {pointer});
    forward("_context_variant", "dlc_context_variant", i32, {pointer});
    forward("_shuffle", "dlc_shuffle", builder.getVoidTy(), {i64, i64, i64, pointer});

    for (size_t index = 0; index < interface.functions.size(); ++index) {
      addCall(index);
      if (!names.functions[index].shape.empty())
        addShape(index);
    }
  }

private:
  /// Starts the exported function `<model><suffix>`.
  llvm::Function *begin(const std::string &suffix, llvm::Type *result, ArrayRef<llvm::Type *> parameters) {
    auto *function = llvm::Function::Create(llvm::FunctionType::get(result, parameters, false),
                                            llvm::GlobalValue::ExternalLinkage, names.model + suffix, module);
    function->setDoesNotThrow();
    builder.SetInsertPoint(llvm::BasicBlock::Create(module.getContext(), "", function));
    return function;
  }

  /// A runtime function; its symbol carries the ABI's number.
  llvm::FunctionCallee runtime(const std::string &name, llvm::Type *result, ArrayRef<llvm::Type *> parameters) {
    auto callee = module.getOrInsertFunction(name + "_v" + std::to_string(DLC_ABI),
                                             llvm::FunctionType::get(result, parameters, false));
    auto *function = llvm::cast<llvm::Function>(callee.getCallee());
    function->setVisibility(llvm::GlobalValue::HiddenVisibility);
    return callee;
  }

  /// A function of the same parameters as the runtime's, the model before them
  /// where the runtime wants it.
  void forward(const std::string &suffix, const std::string &target, llvm::Type *result,
               ArrayRef<llvm::Type *> parameters, bool withModel = false) {
    llvm::Function *function = begin(suffix, result, parameters);
    SmallVector<llvm::Type *> types;
    SmallVector<llvm::Value *> arguments;
    if (withModel) {
      types.push_back(pointer);
      arguments.push_back(description);
    }
    types.append(parameters.begin(), parameters.end());
    for (llvm::Argument &argument : function->args())
      arguments.push_back(&argument);
    auto *call = builder.CreateCall(runtime(target, result, types), arguments);
    call->setTailCall();
    if (result->isVoidTy())
      builder.CreateRetVoid();
    else
      builder.CreateRet(call);
  }

  llvm::Value *element(llvm::Type *type, llvm::Value *base, size_t index) {
    return builder.CreateConstGEP1_64(type, base, index);
  }

  /// Dimension values of a call, in the model's order; those the function does
  /// not take are 0.
  llvm::Value *storeDims(llvm::Function *function, unsigned first, const Names::Function &name) {
    llvm::Value *dims = builder.CreateAlloca(i64, builder.getInt32(std::max<size_t>(interface.dims.size(), 1)));
    for (size_t i = 0; i < interface.dims.size(); ++i) {
      auto it = llvm::find(name.dims, i);
      llvm::Value *value = it == name.dims.end() ? static_cast<llvm::Value *>(builder.getInt64(0))
                                                 : function->getArg(first + (it - name.dims.begin()));
      builder.CreateStore(value, element(i64, dims, i));
    }
    return dims;
  }

  /// dlc_status m_f(context, dims..., inputs..., hyper, outputs..., error)
  void addCall(size_t index) {
    const Interface::Function &function = interface.functions[index];
    const Names::Function &name = names.functions[index];
    SmallVector<llvm::Type *> types = {pointer};
    types.append(name.dims.size(), i64);
    SmallVector<llvm::Type *> fields = {i32}; // of the hyper struct: its size
    size_t inputs = 0, outputs = 0;
    for (const Interface::Argument &argument : function.arguments) {
      inputs += argument.kind == Interface::Kind::Input;
      outputs += argument.kind == Interface::Kind::Output;
      if (argument.kind == Interface::Kind::Hyper)
        fields.push_back(storage(argument.type));
    }
    bool hyper = !name.hyper.empty();
    types.append(inputs + hyper + outputs + 1, pointer);
    llvm::Function *stub = begin(name.symbol.substr(names.model.size()), i32, types);

    unsigned nextInput = 1 + name.dims.size();
    unsigned hyperArgument = nextInput + inputs;
    unsigned nextOutput = hyperArgument + hyper, nextField = 1;
    llvm::Value *dims = storeDims(stub, 1, name);
    llvm::Value *addresses =
        builder.CreateAlloca(pointer, builder.getInt32(std::max<size_t>(function.arguments.size(), 1)));
    auto *record = llvm::StructType::get(module.getContext(), fields);
    for (auto [i, argument] : llvm::enumerate(function.arguments)) {
      llvm::Value *address;
      if (argument.kind == Interface::Kind::Hyper) {
        // A NULL struct is a NULL for each: the defaults.
        llvm::Value *given = stub->getArg(hyperArgument);
        llvm::Value *field = builder.CreateStructGEP(record, given, nextField++);
        address = builder.CreateSelect(builder.CreateIsNull(given), llvm::ConstantPointerNull::get(pointer), field);
      } else {
        bool input = argument.kind == Interface::Kind::Input;
        address = stub->getArg(input ? nextInput++ : nextOutput++);
      }
      builder.CreateStore(address, element(pointer, addresses, i));
    }
    llvm::Value *status = builder.CreateCall(
        runtime("dlc_call", i32, {pointer, i32, pointer, pointer, pointer}),
        {stub->getArg(0), builder.getInt32(index), dims, addresses, stub->getArg(stub->arg_size() - 1)});
    builder.CreateRet(status);
  }

  /// dlc_status m_f_shape(dims..., int64_t *output..., error): outputs that have a rank
  void addShape(size_t index) {
    const Interface::Function &function = interface.functions[index];
    const Names::Function &name = names.functions[index];
    size_t shaped = 0, extents = 0;
    for (const Interface::Argument &argument : function.arguments) {
      shaped += argument.kind == Interface::Kind::Output && !argument.dims.empty();
      extents += argument.dims.size();
    }
    SmallVector<llvm::Type *> types(name.dims.size(), i64);
    types.append(shaped + 1, pointer);
    llvm::Function *stub = begin(name.shape.substr(names.model.size()), i32, types);
    llvm::Value *dims = storeDims(stub, 0, name);
    llvm::Value *all = builder.CreateAlloca(i64, builder.getInt32(extents));
    llvm::Value *status =
        builder.CreateCall(runtime("dlc_shapes_of", i32, {pointer, i32, pointer, pointer, pointer}),
                           {description, builder.getInt32(index), dims, all, stub->getArg(stub->arg_size() - 1)});
    auto *good = llvm::BasicBlock::Create(module.getContext(), "", stub),
         *end = llvm::BasicBlock::Create(module.getContext(), "", stub);
    builder.CreateCondBr(builder.CreateIsNull(status), good, end);
    builder.SetInsertPoint(good);
    size_t next = name.dims.size(), position = 0;
    for (const Interface::Argument &argument : function.arguments) {
      bool wanted = argument.kind == Interface::Kind::Output && !argument.dims.empty();
      for (size_t axis = 0; wanted && axis < argument.dims.size(); ++axis)
        builder.CreateStore(builder.CreateLoad(i64, element(i64, all, position + axis)),
                            element(i64, stub->getArg(next), axis));
      next += wanted;
      position += argument.dims.size();
    }
    builder.CreateBr(end);
    builder.SetInsertPoint(end);
    builder.CreateRet(status);
  }

  /// How a hyper-parameter lies in its struct.
  llvm::Type *storage(Type type) {
    if (type.isF64())
      return builder.getDoubleTy();
    if (type.isF32())
      return builder.getFloatTy();
    return builder.getIntNTy(8 * elementBytes(type));
  }

  llvm::Module &module;
  const Interface &interface;
  const Names &names;
  llvm::GlobalVariable *description;
  StringRef report; // JSON; empty: none
  llvm::IRBuilder<> builder;
  llvm::PointerType *pointer;
  llvm::Type *i32, *i64;
};
} // namespace

void addTypedFunctions(llvm::Module &module, const Interface &interface, const Names &names,
                       llvm::GlobalVariable *description, const Facts &facts) {
  Stubs(module, interface, names, description, facts.report).add();
}

} // namespace dlc
