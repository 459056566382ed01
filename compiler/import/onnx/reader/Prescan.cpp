// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/reader/Prescan.h"

using namespace dlc::onnx;

namespace {
/// The messages of onnx.proto that hold messages.
enum Kind {
  Leaf,
  ModelKind,
  GraphKind,
  NodeKind,
  AttributeKind,
  TensorKind,
  SparseKind,
  ValueInfoKind,
  TypeKind,
  TensorTypeKind,
  WrappedTypeKind,
  MapTypeKind,
  ShapeKind,
  FunctionKind,
  TrainingKind
};

/// Field `field` of message `in` holds message `what`.
struct Child {
  Kind in;
  uint32_t field;
  Kind what;
};
} // namespace

static constexpr Child children[] = {
    {ModelKind, 7, GraphKind},       {ModelKind, 20, TrainingKind},     {ModelKind, 25, FunctionKind},
    {GraphKind, 1, NodeKind},        {GraphKind, 5, TensorKind},        {GraphKind, 15, SparseKind},
    {GraphKind, 11, ValueInfoKind},  {GraphKind, 12, ValueInfoKind},    {GraphKind, 13, ValueInfoKind},
    {NodeKind, 5, AttributeKind},    {AttributeKind, 5, TensorKind},    {AttributeKind, 6, GraphKind},
    {AttributeKind, 22, SparseKind}, {AttributeKind, 10, TensorKind},   {AttributeKind, 11, GraphKind},
    {AttributeKind, 23, SparseKind}, {AttributeKind, 14, TypeKind},     {AttributeKind, 15, TypeKind},
    {SparseKind, 1, TensorKind},     {SparseKind, 2, TensorKind},       {ValueInfoKind, 2, TypeKind},
    {TypeKind, 1, TensorTypeKind},   {TypeKind, 4, WrappedTypeKind},    {TypeKind, 5, MapTypeKind},
    {TypeKind, 8, TensorTypeKind},   {TypeKind, 9, WrappedTypeKind},    {TensorTypeKind, 2, ShapeKind},
    {WrappedTypeKind, 1, TypeKind},  {MapTypeKind, 2, TypeKind},        {ShapeKind, 1, Leaf},
    {FunctionKind, 7, NodeKind},     {FunctionKind, 11, AttributeKind}, {FunctionKind, 12, ValueInfoKind},
    {TrainingKind, 1, GraphKind},    {TrainingKind, 2, GraphKind},      {GraphKind, 14, Leaf},
};

namespace {
class Scanner {
public:
  Scanner(const Limits &limits, std::string &error) : limits(limits), error(error), left(limits.fields) {}

  bool message(std::span<const uint8_t> bytes, Kind kind, unsigned depth) {
    if (depth > limits.depth)
      return fail("is nested deeper than " + std::to_string(limits.depth) + " messages");
    for (size_t at = 0; at < bytes.size();) {
      uint64_t key, length;
      if (!varint(bytes, at, key))
        return false;
      switch (key & 7) {
      case 0:
        if (!varint(bytes, at, length))
          return false;
        break;
      case 1:
      case 5:
        length = (key & 7) == 1 ? 8 : 4;
        if (bytes.size() - at < length)
          return truncated();
        at += length;
        break;
      case 2: {
        if (!varint(bytes, at, length))
          return false;
        if (length > bytes.size() - at)
          return truncated();
        if (left-- == 0)
          return fail("has more than " + std::to_string(limits.fields) + " parts");
        Kind child = childOf(kind, static_cast<uint32_t>(key >> 3));
        if (child != Leaf && !message(bytes.subspan(at, length), child, depth + 1))
          return false;
        at += length;
        break;
      }
      default:
        return fail("is no ONNX model (wire type " + std::to_string(key & 7) + ")");
      }
    }
    return true;
  }

private:
  static Kind childOf(Kind kind, uint32_t field) {
    for (const Child &child : children)
      if (child.in == kind && child.field == field)
        return child.what;
    return Leaf;
  }
  bool fail(const std::string &what) {
    error = what;
    return false;
  }
  bool truncated() { return fail("is cut short or damaged"); }
  bool varint(std::span<const uint8_t> bytes, size_t &at, uint64_t &value) {
    value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.size())
        return truncated();
      uint8_t byte = bytes[at++];
      value |= shift < 64 ? uint64_t(byte & 0x7f) << shift : 0;
      if (byte < 0x80)
        return true;
    }
    return fail("holds a number of more than ten bytes");
  }

  const Limits &limits;
  std::string &error;
  uint64_t left;
};
} // namespace

bool dlc::onnx::prescan(std::span<const uint8_t> bytes, bool isTensor, const Limits &limits, std::string &error) {
  return Scanner(limits, error).message(bytes, isTensor ? TensorKind : ModelKind, 0);
}
