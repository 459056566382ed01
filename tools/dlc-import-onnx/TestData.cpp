// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-import-onnx/TestData.h"
#include "compiler/import/onnx/reader/Model.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;
namespace dl = dlc::dl;
namespace onnx = dlc::onnx;

static LogicalResult refuse(const Twine &what) {
  llvm::errs() << "dlc-import-onnx: error: " << what << "\n";
  return failure();
}

namespace {
/// Where tensors come from: a folder or a file.
class Source {
public:
  explicit Source(StringRef path) : path(path), isFolder(llvm::sys::fs::is_directory(path)) {}
  LogicalResult open() {
    std::string error;
    if (!isFolder && !(file = onnx::readModel(path.str(), onnx::Limits(), error)))
      return refuse(path + " " + error);
    return success();
  }
  /// The tensor `kind` ("in", "out") number `index`, or called `name`, read as `elementType`.
  FailureOr<dl::Tensor> read(StringRef kind, size_t index, StringRef name, Type elementType) {
    std::shared_ptr<onnx::Model> from = file;
    std::string wanted = (kind + ":" + name).str(), where = wanted;
    if (isFolder) {
      std::string error;
      where = (path + "/" + kind + "put_" + Twine(index) + ".pb").str();
      if (!(from = onnx::readTensorFile(where, onnx::Limits(), error)))
        return refuse(where + " " + error);
    }
    for (const onnx::Tensor &tensor : from->graph.initializers) {
      if (!isFolder && tensor.name != wanted)
        continue;
      size_t width = (elementType.getIntOrFloatBitWidth() + 7) / 8;
      if (tensor.bytes.size() != static_cast<size_t>(tensor.elements) * width)
        return refuse(where + " holds " + onnx::nameOf(tensor.type) + ", which is not what the model has there");
      return dl::Tensor::fromBytes(elementType, tensor.dims, tensor.bytes.data());
    }
    return refuse(path + " has no tensor '" + wanted + "'");
  }

private:
  StringRef path;
  bool isFolder;
  std::shared_ptr<onnx::Model> file;
};
} // namespace

static LogicalResult compare(const dl::Tensor &got, const dl::Tensor &expected, const Twine &name, double tolerance) {
  if (got.shape != expected.shape) {
    std::string shapes;
    for (const dl::Tensor *tensor : {&got, &expected}) {
      shapes += tensor == &got ? "[" : ", expected [";
      for (auto [i, extent] : llvm::enumerate(tensor->shape))
        shapes += (i ? " x " : "") + std::to_string(extent);
      shapes += "]";
    }
    return refuse(name + " has extents " + shapes);
  }
  double largest = 0;
  for (int64_t i = 0; i < expected.size(); ++i)
    if (std::isfinite(expected.at(i)))
      largest = std::max(largest, std::abs(expected.at(i)));
  for (int64_t i = 0; i < expected.size(); ++i) {
    double g = got.at(i), e = expected.at(i);
    bool same = g == e || (std::isnan(g) && std::isnan(e)) ||
                (expected.isFloat() && std::abs(g - e) <= tolerance * std::abs(e) + tolerance * 1e-2 * largest);
    if (!same)
      return refuse(name + " has " + std::to_string(g) + " at element " + std::to_string(i) + ", expected " +
                    std::to_string(e));
  }
  return success();
}

LogicalResult testAgainst(ModuleOp module, StringRef path, double tolerance) {
  Source source(path);
  if (failed(source.open()))
    return failure();
  auto predict = module.lookupSymbol<func::FuncOp>("predict");
  std::vector<dl::Tensor> arguments;
  for (auto [i, type] : llvm::enumerate(predict.getArgumentTypes())) {
    StringRef name = predict.getArgAttrOfType<StringAttr>(i, "dl.name").getValue();
    FailureOr<dl::Tensor> tensor = source.read("in", i, name, cast<RankedTensorType>(type).getElementType());
    if (failed(tensor))
      return failure();
    arguments.push_back(std::move(*tensor));
  }
  dl::Evaluator evaluator(module);
  if (failed(evaluator.initialise()))
    return failure();
  FailureOr<std::vector<dl::Tensor>> results = evaluator.call("predict", arguments);
  if (failed(results))
    return failure();
  bool same = true;
  for (auto [i, result] : llvm::enumerate(*results)) {
    StringRef name = predict.getResultAttrOfType<StringAttr>(i, "dl.name").getValue();
    FailureOr<dl::Tensor> expected = source.read("out", i, name, result.elementType);
    Operation *computed = predict.getBody().front().getTerminator()->getOperand(i).getDefiningOp();
    std::string what = ("output '" + name + "'").str();
    if (auto node = computed ? dyn_cast<NameLoc>(computed->getLoc()) : NameLoc())
      what += (" of node '" + node.getName().getValue() + "'").str();
    same &= succeeded(expected) && succeeded(compare(result, *expected, path + ": " + what, tolerance));
  }
  return success(same);
}
