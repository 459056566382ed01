// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/reader/Rewrite.h"
#include "compiler/import/onnx/reader/Prescan.h"
#include "compiler/import/onnx/reader/Protobuf.h"

namespace dlc::onnx {
namespace {

/// Bytes that the tensor's elements take; 0 for types without whole bytes.
uint64_t bytesOf(const pb::TensorProto &tensor) {
  uint64_t bytes = widthOf(static_cast<ElementType>(tensor.data_type()));
  for (int64_t extent : tensor.dims())
    if (extent < 0 || __builtin_mul_overflow(bytes, static_cast<uint64_t>(extent), &bytes))
      refuse("tensor " + quoted(tensor.name()) + " has extent " + std::to_string(extent));
  return bytes;
}

void setBytes(pb::TensorProto &tensor, const void *bytes, size_t size) {
  tensor.clear_float_data();
  tensor.clear_double_data();
  tensor.clear_int32_data();
  tensor.clear_int64_data();
  tensor.clear_uint64_data();
  tensor.clear_external_data();
  tensor.clear_data_location();
  tensor.set_raw_data(bytes, size);
}

class Rewriter {
public:
  Rewriter(const NewValues &values, Folder &folder) : values(values), folder(folder) {}

  /// Exporters store equal tensors once and copy them by Identity. Trained, they
  /// differ: a copy that has a new value becomes an initialiser of its own.
  void separateCopies(pb::GraphProto &graph) {
    std::map<std::string, const pb::TensorProto *> stored;
    for (const pb::TensorProto &tensor : graph.initializer())
      stored[tensor.name()] = &tensor;
    std::vector<pb::TensorProto> copies;
    auto *nodes = graph.mutable_node();
    int kept = 0;
    for (int i = 0; i < nodes->size(); ++i) {
      const pb::NodeProto &node = nodes->Get(i);
      bool isCopy = node.op_type() == "Identity" && node.input_size() == 1 && node.output_size() == 1 &&
                    stored.count(node.input(0));
      if (isCopy)
        stored[node.output(0)] = stored[node.input(0)]; // copies of copies
      if (isCopy && values.count(node.output(0))) {
        copies.push_back(*stored[node.input(0)]);
        copies.back().set_name(node.output(0));
        continue;
      }
      if (kept != i)
        nodes->SwapElements(kept, i);
      ++kept;
    }
    nodes->DeleteSubrange(kept, nodes->size() - kept);
    for (pb::TensorProto &copy : copies)
      graph.add_initializer()->Swap(&copy);
  }

  void rewrite(pb::GraphProto &graph, bool top) {
    for (pb::TensorProto &tensor : *graph.mutable_initializer())
      rewrite(tensor, tensor.name(), top);
    for (pb::NodeProto &node : *graph.mutable_node())
      for (pb::AttributeProto &attribute : *node.mutable_attribute()) {
        bool constant = node.op_type() == "Constant" && attribute.name() == "value" && node.output_size() == 1;
        if (attribute.has_t())
          rewrite(*attribute.mutable_t(), constant ? node.output(0) : "", top && constant);
        if (attribute.has_g())
          rewrite(*attribute.mutable_g(), /*top=*/false);
      }
  }

  void checkAllUsed() {
    for (const auto &[name, value] : values)
      if (!used.count(name))
        refuse("has no initialiser " + quoted(name) + " to write a value to");
  }

private:
  void rewrite(pb::TensorProto &tensor, const std::string &name, bool mayReplace) {
    auto found = mayReplace ? values.find(name) : values.end();
    uint64_t bytes = bytesOf(tensor);
    if (found != values.end()) {
      if (found->second.size() != bytes)
        refuse("initialiser " + quoted(name) + " has " + std::to_string(bytes) + " bytes, the new value " +
               std::to_string(found->second.size()));
      setBytes(tensor, found->second.data(), found->second.size());
      used[name] = true;
    } else if (tensor.data_location() == pb::TensorProto::EXTERNAL) {
      ExternalPlace place = externalPlace(tensor, bytes, "tensor " + quoted(tensor.name()));
      std::string error;
      std::shared_ptr<const Bytes> data = folder.read(place.location, place.offset, place.length, error);
      if (!data)
        refuse(error);
      setBytes(tensor, data->data(), data->size());
    }
  }

  const NewValues &values;
  Folder &folder;
  std::map<std::string, bool> used;
};
} // namespace

bool rewriteModel(const std::string &path, const NewValues &values, const Limits &limits, std::string &result,
                  std::string &error) {
  try {
    std::shared_ptr<Bytes> bytes =
        readFile(path, std::min<uint64_t>(limits.fileBytes, std::numeric_limits<int>::max()), error);
    if (!bytes || !prescan(*bytes, /*isTensor=*/false, limits, error))
      return false;
    auto proto = parse<pb::ModelProto>(*bytes, limits);
    bytes.reset();
    Folder folder(path, std::numeric_limits<int>::max());
    Rewriter rewriter(values, folder);
    rewriter.separateCopies(*proto->mutable_graph());
    rewriter.rewrite(*proto->mutable_graph(), /*top=*/true);
    for (pb::FunctionProto &function : *proto->mutable_functions()) {
      pb::GraphProto body; // a function's nodes, for the same walk
      body.mutable_node()->Swap(function.mutable_node());
      rewriter.rewrite(body, /*top=*/false);
      function.mutable_node()->Swap(body.mutable_node());
    }
    rewriter.checkAllUsed();
    if (proto->ByteSizeLong() > static_cast<size_t>(std::numeric_limits<int>::max()))
      refuse("would have " + std::to_string(proto->ByteSizeLong()) +
             " bytes with its weights inside, one ONNX file has at most 2^31 - 1");
    result = proto->SerializeAsString();
    return true;
  } catch (const std::bad_alloc &) {
    error = "does not fit in memory";
  } catch (const std::exception &refusal) {
    error = refusal.what();
  }
  return false;
}

} // namespace dlc::onnx
