// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the files that see protobuf share. They alone are built with exceptions,
// throw these inside and nothing outside.
#ifndef DLC_COMPILER_IMPORT_ONNX_READER_PROTOBUF_H
#define DLC_COMPILER_IMPORT_ONNX_READER_PROTOBUF_H

#include "compiler/import/onnx/reader/Files.h"
#include "compiler/import/onnx/reader/Model.h"
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>
#include <limits>
#include <onnx/onnx_pb.h>
#include <stdexcept>

namespace dlc::onnx {

namespace pb = ::onnx;

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};
[[noreturn]] inline void refuse(const std::string &what) { throw Refused(what); }

inline std::string quoted(const std::string &name) { return "'" + printable(name) + "'"; }

/// Parses `bytes` as `Proto`, quietly.
template <typename Proto> std::shared_ptr<Proto> parse(const Bytes &bytes, const Limits &limits) {
  google::protobuf::LogSilencer quiet; // the error is ours to say
  auto proto = std::make_shared<Proto>();
  google::protobuf::io::CodedInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  stream.SetRecursionLimit(static_cast<int>(limits.depth) + 4);
  stream.SetTotalBytesLimit(std::numeric_limits<int>::max());
  if (!proto->ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
    refuse("is no ONNX model: it is cut short or damaged");
  return proto;
}

/// Where a tensor's external data lies. Without a length, `bytes` is it.
struct ExternalPlace {
  std::string location;
  uint64_t offset, length;
};
ExternalPlace externalPlace(const pb::TensorProto &tensor, uint64_t bytes, const std::string &what);

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_READER_PROTOBUF_H
