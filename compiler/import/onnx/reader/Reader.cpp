// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From protobuf's classes to Model.
#include "compiler/import/onnx/reader/Prescan.h"
#include "compiler/import/onnx/reader/Protobuf.h"

#include <cstring>

namespace dlc::onnx {

/// A decimal number without sign, and nothing else.
static uint64_t number(const std::string &text, const std::string &what) {
  uint64_t value = 0;
  bool good = !text.empty() && text.size() <= 20;
  for (char c : text)
    good = good && c >= '0' && c <= '9' && !__builtin_mul_overflow(value, uint64_t(10), &value) &&
           !__builtin_add_overflow(value, uint64_t(c - '0'), &value);
  if (!good)
    refuse(what + " is " + quoted(text) + ", expected a number");
  return value;
}

ExternalPlace externalPlace(const pb::TensorProto &tensor, uint64_t bytes, const std::string &what) {
  std::map<std::string, std::string> entries;
  for (const pb::StringStringEntryProto &entry : tensor.external_data())
    if (!entries.emplace(entry.key(), entry.value()).second)
      refuse(what + " has the external_data key " + quoted(entry.key()) + " twice");
  if (!entries.count("location"))
    refuse(what + " is external and has no location");
  uint64_t offset = entries.count("offset") ? number(entries["offset"], "the offset of " + what) : 0;
  uint64_t length = entries.count("length") ? number(entries["length"], "the length of " + what) : bytes;
  if (length != bytes)
    refuse(what + " has " + std::to_string(length) + " bytes of external data, expected " + std::to_string(bytes));
  return {entries["location"], offset, length};
}

namespace {

class Converter {
public:
  Converter(Model &model, Folder &folder, const Limits &limits) : model(model), folder(folder), limits(limits) {}

  Tensor tensor(const pb::TensorProto &from, const std::string &what) {
    Tensor to;
    to.name = from.name();
    to.type = static_cast<ElementType>(from.data_type());
    to.dims.assign(from.dims().begin(), from.dims().end());
    if (to.dims.size() > limits.rank)
      refuse(what + " has rank " + std::to_string(to.dims.size()) + ", expected at most " +
             std::to_string(limits.rank));
    if (from.has_segment())
      refuse(what + " is stored in segments, which are not supported");
    to.elements = 1;
    for (int64_t dim : to.dims) {
      if (dim < 0)
        refuse(what + " has extent " + std::to_string(dim));
      // A zero anywhere makes the product zero, yet the others must not overflow before it.
      if (__builtin_mul_overflow(to.elements, dim, &to.elements))
        refuse(what + " has more elements than can be counted");
    }
    size_t width = widthOf(to.type);
    if (!width)
      return to; // refused where it is used
    uint64_t bytes;
    if (__builtin_mul_overflow(static_cast<uint64_t>(to.elements), width, &bytes))
      refuse(what + " has more bytes than can be counted");
    bool external = from.data_location() == pb::TensorProto_DataLocation_EXTERNAL;
    int encodings = external + (from.has_raw_data() && !from.raw_data().empty()) + !from.float_data().empty() +
                    !from.int32_data().empty() + !from.int64_data().empty() + !from.double_data().empty() +
                    !from.uint64_data().empty() + !from.string_data().empty();
    if (encodings > 1)
      refuse(what + " stores its elements in " + std::to_string(encodings) + " ways, expected one");
    if (!external && from.external_data_size())
      refuse(what + " names external data without saying that it is external");
    if (external) {
      to.bytes = externalBytes(from, bytes, what);
    } else if (from.has_raw_data() && !from.raw_data().empty()) {
      const std::string &raw = from.raw_data();
      if (raw.size() != bytes)
        refuse(what + " has " + std::to_string(raw.size()) + " bytes of raw_data, expected " + std::to_string(bytes));
      to.bytes = {reinterpret_cast<const uint8_t *>(raw.data()), raw.size()};
    } else if (to.elements) {
      to.bytes = typedBytes(from, to, what);
    }
    return to;
  }

  Attribute attribute(const pb::AttributeProto &from, const std::string &what) {
    using A = pb::AttributeProto;
    Attribute to;
    to.name = from.name();
    to.reference = from.ref_attr_name();
    std::string here = "attribute " + quoted(to.name) + " of " + what;
    switch (from.type()) {
    case A::FLOAT:
      to.kind = Attribute::Kind::Float;
      to.f = from.f();
      break;
    case A::INT:
      to.kind = Attribute::Kind::Int;
      to.i = from.i();
      break;
    case A::STRING:
      to.kind = Attribute::Kind::String;
      to.s = from.s();
      break;
    case A::TENSOR:
      to.kind = Attribute::Kind::Tensor;
      to.tensor = std::make_shared<Tensor>(tensor(from.t(), here));
      break;
    case A::GRAPH:
      to.kind = Attribute::Kind::Graph;
      to.graph = std::make_shared<Graph>(graph(from.g()));
      break;
    case A::FLOATS:
      to.kind = Attribute::Kind::Floats;
      to.floats.assign(from.floats().begin(), from.floats().end());
      break;
    case A::INTS:
      to.kind = Attribute::Kind::Ints;
      to.ints.assign(from.ints().begin(), from.ints().end());
      break;
    case A::STRINGS:
      to.kind = Attribute::Kind::Strings;
      to.strings.assign(from.strings().begin(), from.strings().end());
      break;
    default:
      break;
    }
    return to;
  }

  Node node(const pb::NodeProto &from) {
    Node to;
    to.name = from.name();
    to.op = from.op_type();
    to.domain = from.domain() == "ai.onnx" ? "" : from.domain();
    to.inputs.assign(from.input().begin(), from.input().end());
    to.outputs.assign(from.output().begin(), from.output().end());
    std::string what = "node " +
                       quoted(!to.name.empty()     ? to.name
                              : to.outputs.empty() ? ""
                                                   : to.outputs[0]) +
                       " (" + printable(to.op) + ")";
    for (const pb::AttributeProto &a : from.attribute()) {
      to.attributes.push_back(attribute(a, what));
      for (size_t i = 0; i + 1 < to.attributes.size(); ++i)
        if (to.attributes[i].name == a.name())
          refuse(what + " has attribute " + quoted(a.name()) + " twice");
    }
    return to;
  }

  ValueInfo valueInfo(const pb::ValueInfoProto &from) {
    ValueInfo to;
    to.name = from.name();
    to.isTensor = from.type().has_tensor_type();
    if (!to.isTensor)
      return to;
    const pb::TypeProto_Tensor &type = from.type().tensor_type();
    to.type = static_cast<ElementType>(type.elem_type());
    to.hasShape = type.has_shape();
    if (type.shape().dim_size() > static_cast<int>(limits.rank))
      refuse("value " + quoted(to.name) + " has rank " + std::to_string(type.shape().dim_size()) +
             ", expected at most " + std::to_string(limits.rank));
    for (const pb::TensorShapeProto_Dimension &dim : type.shape().dim())
      to.shape.push_back({dim.has_dim_value() ? dim.dim_value() : -1, dim.dim_param()});
    return to;
  }

  Graph graph(const pb::GraphProto &from) {
    Graph to;
    to.name = from.name();
    for (const pb::TensorProto &t : from.initializer())
      to.initializers.push_back(tensor(t, "initializer " + quoted(t.name())));
    for (const pb::SparseTensorProto &t : from.sparse_initializer())
      to.sparseInitializers.push_back(t.values().name());
    for (const pb::NodeProto &n : from.node())
      to.nodes.push_back(node(n));
    for (const pb::ValueInfoProto &v : from.input())
      to.inputs.push_back(valueInfo(v));
    for (const pb::ValueInfoProto &v : from.output())
      to.outputs.push_back(valueInfo(v));
    return to;
  }

  static std::map<std::string, int64_t> opsets(const google::protobuf::RepeatedPtrField<pb::OperatorSetIdProto> &from,
                                               const std::string &what) {
    std::map<std::string, int64_t> to;
    for (const pb::OperatorSetIdProto &set : from) {
      std::string domain = set.domain() == "ai.onnx" ? "" : set.domain();
      auto [entry, isNew] = to.emplace(domain, set.version());
      if (!isNew && entry->second != set.version())
        refuse(what + " imports operator set " + quoted(domain) + " in versions " + std::to_string(entry->second) +
               " and " + std::to_string(set.version()));
    }
    return to;
  }

  void convert(const pb::ModelProto &from) {
    if (!from.has_graph())
      refuse("is no ONNX model: it has no graph");
    model.irVersion = from.ir_version();
    model.opsets = opsets(from.opset_import(), "the model");
    if (from.training_info_size())
      refuse("has training_info, which is not supported");
    for (const pb::FunctionProto &f : from.functions()) {
      Function to;
      to.name = f.name();
      to.domain = f.domain() == "ai.onnx" ? "" : f.domain();
      to.inputs.assign(f.input().begin(), f.input().end());
      to.outputs.assign(f.output().begin(), f.output().end());
      to.opsets = opsets(f.opset_import(), "function " + quoted(to.name));
      for (const pb::NodeProto &n : f.node())
        to.nodes.push_back(node(n));
      model.functions.push_back(std::move(to));
    }
    model.graph = graph(from.graph());
  }

private:
  std::span<const uint8_t> externalBytes(const pb::TensorProto &from, uint64_t bytes, const std::string &what) {
    ExternalPlace place = externalPlace(from, bytes, what);
    std::string error;
    std::shared_ptr<const Bytes> data = folder.read(place.location, place.offset, place.length, error);
    if (!data)
      refuse(what + ": " + error);
    model.storage.push_back(data);
    return {data->data(), data->size()};
  }

  /// Elements from one of the typed fields, narrowed; a value that does not fit is refused.
  template <typename To, typename Field>
  std::span<const uint8_t> narrow(const Field &field, const Tensor &to, const std::string &what) {
    if (field.size() != to.elements)
      refuse(what + " has " + std::to_string(field.size()) + " elements of data, expected " +
             std::to_string(to.elements));
    auto bytes = std::make_shared<Bytes>(static_cast<size_t>(to.elements) * sizeof(To));
    for (int64_t i = 0; i < to.elements; ++i) {
      auto value = field.Get(static_cast<int>(i));
      if constexpr (std::is_integral_v<To>)
        if (value < static_cast<decltype(value)>(std::numeric_limits<To>::min()) ||
            static_cast<uint64_t>(value < 0 ? 0 : value) > static_cast<uint64_t>(std::numeric_limits<To>::max()))
          refuse(what + " holds " + std::to_string(value) + ", which is no " + nameOf(to.type));
      To narrowed = static_cast<To>(value);
      memcpy(bytes->data() + static_cast<size_t>(i) * sizeof(To), &narrowed, sizeof(To));
    }
    model.storage.push_back(bytes);
    return {bytes->data(), bytes->size()};
  }

  std::span<const uint8_t> typedBytes(const pb::TensorProto &from, const Tensor &to, const std::string &what) {
    switch (to.type) {
    case ElementType::Float:
      return narrow<float>(from.float_data(), to, what);
    case ElementType::Double:
      return narrow<double>(from.double_data(), to, what);
    case ElementType::Int64:
      return narrow<int64_t>(from.int64_data(), to, what);
    case ElementType::UInt64:
      return narrow<uint64_t>(from.uint64_data(), to, what);
    case ElementType::UInt32:
      return narrow<uint32_t>(from.uint64_data(), to, what);
    case ElementType::Int32:
      return narrow<int32_t>(from.int32_data(), to, what);
    case ElementType::Int16:
      return narrow<int16_t>(from.int32_data(), to, what);
    case ElementType::Int8:
      return narrow<int8_t>(from.int32_data(), to, what);
    case ElementType::UInt16:
    case ElementType::Float16:
    case ElementType::BFloat16:
      return narrow<uint16_t>(from.int32_data(), to, what);
    case ElementType::UInt8:
      return narrow<uint8_t>(from.int32_data(), to, what);
    case ElementType::Bool:
      return narrow<bool>(from.int32_data(), to, what);
    default:
      refuse(what + " has elements of " + nameOf(to.type) + " outside raw_data");
    }
  }

  Model &model;
  Folder &folder;
  const Limits &limits;
};

template <typename Proto, typename Convert>
std::shared_ptr<Model> read(const std::string &path, const Limits &limits, std::string &error, bool isTensor,
                            Convert convert) {
  try {
    std::shared_ptr<Bytes> bytes =
        readFile(path, std::min<uint64_t>(limits.fileBytes, std::numeric_limits<int>::max()), error);
    if (!bytes || !prescan(*bytes, isTensor, limits, error))
      return nullptr;
    std::shared_ptr<Proto> proto = parse<Proto>(*bytes, limits);
    bytes.reset();
    auto model = std::make_shared<Model>();
    model->storage.push_back(proto);
    Folder folder(path, limits.externalBytes);
    Converter converter(*model, folder, limits);
    convert(converter, *proto, *model);
    model->externalFiles = folder.locations();
    return model;
  } catch (const std::bad_alloc &) {
    error = "does not fit in memory";
  } catch (const std::exception &refusal) {
    error = refusal.what();
  }
  return nullptr;
}
} // namespace

std::shared_ptr<Model> readModel(const std::string &path, const Limits &limits, std::string &error) {
  return read<pb::ModelProto>(
      path, limits, error, false,
      [](Converter &converter, const pb::ModelProto &proto, Model &) { converter.convert(proto); });
}

std::shared_ptr<Model> readTensorFile(const std::string &path, const Limits &limits, std::string &error) {
  return read<pb::TensorProto>(
      path, limits, error, true, [](Converter &converter, const pb::TensorProto &proto, Model &model) {
        model.graph.initializers.push_back(converter.tensor(proto, "tensor " + quoted(proto.name())));
      });
}

std::string nameOf(ElementType type) {
  static const char *const names[] = {"undefined", "float",  "uint8",     "int8",       "uint16",  "int16",
                                      "int32",     "int64",  "string",    "bool",       "float16", "double",
                                      "uint32",    "uint64", "complex64", "complex128", "bfloat16"};
  auto index = static_cast<uint32_t>(type);
  return index < std::size(names) ? names[index] : "type " + std::to_string(static_cast<int32_t>(type));
}

size_t widthOf(ElementType type) {
  switch (type) {
  case ElementType::Bool:
  case ElementType::Int8:
  case ElementType::UInt8:
    return 1;
  case ElementType::Int16:
  case ElementType::UInt16:
  case ElementType::Float16:
  case ElementType::BFloat16:
    return 2;
  case ElementType::Float:
  case ElementType::Int32:
  case ElementType::UInt32:
    return 4;
  case ElementType::Double:
  case ElementType::Int64:
  case ElementType::UInt64:
    return 8;
  default:
    return 0;
  }
}

std::string printable(const std::string &text) {
  static const char digits[] = "0123456789abcdef";
  std::string out;
  for (unsigned char c : text) {
    if (out.size() > 200)
      return out + "...";
    if (c >= 0x20 && c != 0x7f && c != '\\')
      out += static_cast<char>(c);
    else
      out += std::string("\\x") + digits[c >> 4] + digits[c & 15];
  }
  return out;
}

} // namespace dlc::onnx
