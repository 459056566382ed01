// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Commands.h"
#include "Words.h"
#include "compiler/Outputs.h"
#include "compiler/import/onnx/OnnxImport.h"
#include "compiler/import/onnx/reader/Rewrite.h"
#include "data/Archive.h"
#include "dialects/dl/Dl.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

namespace dlc {

static const char exportHelp[] =
    R"(dlc export --weights CHECKPOINT MODEL.onnx -o TUNED.onnx

Writes MODEL.onnx with the weights of a checkpoint that a library made from it (with --train)
has saved. Nothing else of the model changes; external weights come into the file.
)";

static int complain(const std::string &message, int code = 1) {
  llvm::errs() << "dlc: error: export: " << message << "\n";
  return code;
}

/// "f32[3 x 4]".
static std::string typeText(RankedTensorType type) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << type.getElementType() << "[";
  llvm::interleave(type.getShape(), out, "x");
  out << "]";
  return text;
}

/// Takes the checkpoint's value of one parameter; false with `error` set.
static bool take(dl::ParameterOp parameter, NamedArrays &arrays, onnx::NewValues &values, std::string &error) {
  std::string name = parameter.getSymName().str();
  auto found = arrays.find(name);
  if (found == arrays.end()) {
    if (parameter.getFrozen()) // a library may have folded it
      return true;
    error = "has no tensor '" + onnx::printable(name) + "', which is a weight of the model";
    return false;
  }
  auto type = cast<RankedTensorType>(parameter.getType());
  Array &array = found->second;
  // Only floats train; the file's types of 16 bits are told apart.
  Type element = type.getElementType();
  bool same =
      element.isF64()   ? array.type == DLC_F64
      : element.isF32() ? array.type == DLC_F32
      : element.isF16() ? array.type == DLC_F16
      : element.isBF16()
          ? array.type == DLC_BF16
          : !isFloat(array.type) && typeSize(array.type) == int64_t(llvm::divideCeil(type.getElementTypeBitWidth(), 8));
  if (!same || ArrayRef<int64_t>(array.shape) != type.getShape()) {
    error = "tensor '" + onnx::printable(name) + "' is " + array.describe() + ", the model's is " + typeText(type);
    return false;
  }
  // Symbols are unique, names of initialisers are what the file has.
  auto initialiser = dyn_cast<NameLoc>(parameter.getLoc());
  values[initialiser ? initialiser.getName().str() : name] = std::move(array.bytes);
  return true;
}

int runExport(ArrayRef<char *> list) {
  if (list.size() == 1 && (StringRef(list[0]) == "--help" || StringRef(list[0]) == "-h")) {
    llvm::outs() << exportHelp;
    return 0;
  }
  Words words(list, {"--weights", "-o"});
  if (!words.error.empty())
    return complain(words.error, 2);
  if (words.files.size() != 1 || words["--weights"].empty() || words["-o"].empty())
    return complain("expected --weights CHECKPOINT MODEL.onnx -o TUNED.onnx", 2);
  const std::string &model = words.files[0];
  if (words["-o"] == model)
    return complain("the output '" + model + "' is the input", 2);

  std::string error;
  NamedArrays arrays;
  if (!readArchive(words["--weights"], arrays, error))
    return complain(error);
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      complain(diagnostic.str());
    return success();
  });
  OwningOpRef<ModuleOp> module = importOnnx(model, {}, &context);
  if (!module)
    return 1;
  onnx::NewValues values;
  for (auto parameter : module->getOps<dl::ParameterOp>())
    if (!take(parameter, arrays, values, error))
      return complain(words["--weights"] + " " + error);
  module = {};
  std::string result;
  if (!onnx::rewriteModel(model, values, onnx::Limits(), result, error))
    return complain(model + " " + error);
  Outputs outputs;
  if (!outputs.add(words["-o"], result, /*executable=*/false, error) || !outputs.commit(error))
    return complain(error);
  return 0;
}

} // namespace dlc
