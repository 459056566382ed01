// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An ONNX model as plain structures, checked. The reader behind them is the
// only code that sees protobuf; it may throw inside and never does outside.
#ifndef DLC_COMPILER_IMPORT_ONNX_READER_MODEL_H
#define DLC_COMPILER_IMPORT_ONNX_READER_MODEL_H

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace dlc::onnx {

/// Numbers as in ONNX's TensorProto.DataType.
enum class ElementType : int32_t {
  Undefined = 0,
  Float = 1,
  UInt8 = 2,
  Int8 = 3,
  UInt16 = 4,
  Int16 = 5,
  Int32 = 6,
  Int64 = 7,
  String = 8,
  Bool = 9,
  Float16 = 10,
  Double = 11,
  UInt32 = 12,
  UInt64 = 13,
  Complex64 = 14,
  Complex128 = 15,
  BFloat16 = 16,
};
/// "float", "int64", ... as ONNX spells them; "type 42" for what has no name here.
std::string nameOf(ElementType type);
/// Bytes of one element; 0 for types whose elements are no whole number of bytes, or unknown.
size_t widthOf(ElementType type);

/// A tensor stored in the file, or beside it.
struct Tensor {
  std::string name;
  ElementType type = ElementType::Undefined;
  std::vector<int64_t> dims;
  /// Row-major, little-endian: exactly the product of dims times widthOf(type)
  /// bytes. Empty where widthOf is 0. Lives as long as the model.
  std::span<const uint8_t> bytes;
  int64_t elements = 0;
};

struct Graph;
struct Attribute {
  enum class Kind { Float, Int, String, Tensor, Graph, Floats, Ints, Strings, Other };
  std::string name;
  Kind kind = Kind::Other;
  /// Inside a model's function: the attribute of the call this one stands for.
  std::string reference;
  float f = 0;
  int64_t i = 0;
  std::string s;
  std::shared_ptr<Tensor> tensor;
  std::shared_ptr<Graph> graph;
  std::vector<float> floats;
  std::vector<int64_t> ints;
  std::vector<std::string> strings;
};

struct Node {
  std::string name, op, domain;
  std::vector<std::string> inputs, outputs; // an empty name: left out
  std::vector<Attribute> attributes;
};

struct Dimension {
  int64_t value = -1; // negative: not a number
  std::string name;
};
struct ValueInfo {
  std::string name;
  bool isTensor = false; // neither sequence, map, optional nor sparse
  ElementType type = ElementType::Undefined;
  bool hasShape = false;
  std::vector<Dimension> shape;
};

struct Graph {
  std::string name;
  std::vector<Node> nodes;
  std::vector<Tensor> initializers;
  std::vector<std::string> sparseInitializers; // names only: none is supported
  std::vector<ValueInfo> inputs, outputs;
};

struct Function {
  std::string name, domain;
  std::vector<std::string> inputs, outputs;
  std::map<std::string, int64_t> opsets;
  std::vector<Node> nodes;
};

struct Model {
  int64_t irVersion = 0;
  std::map<std::string, int64_t> opsets; // by domain; "" is ai.onnx
  Graph graph;
  std::vector<Function> functions;
  std::vector<std::shared_ptr<const void>> storage; // what `bytes` point into
  std::vector<std::string> externalFiles; // that tensors were read from, sorted, relative to the model's folder
};

/// What a file may ask of the reader. A file beyond one is refused by name.
struct Limits {
  uint64_t fileBytes = uint64_t(2) << 30;      // protobuf's own limit
  uint64_t externalBytes = uint64_t(64) << 30; // of all external tensors together
  uint64_t fields = uint64_t(4) << 20;         // messages and strings: what allocates
  unsigned depth = 96;                         // messages inside messages
  unsigned rank = 8;
};

/// The model in `path`; external tensors are read from below its folder only.
/// Null and one line in `error` (without the path) when it is none.
std::shared_ptr<Model> readModel(const std::string &path, const Limits &limits, std::string &error);

/// A model whose graph has one initialiser: the TensorProto in `path`.
std::shared_ptr<Model> readTensorFile(const std::string &path, const Limits &limits, std::string &error);

/// `text` with what a terminal would obey made visible, cut to a line.
std::string printable(const std::string &text);

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_READER_MODEL_H
