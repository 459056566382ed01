// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Writing checkpoints.
#include "Checkpoint.h"
#include "Errors.h"
#include "File.h"
#include "Memory.h"
#include "OnDevice.h"
#include "Safetensors.h"
#include "Types.h"
#include "Weights.h"
#include "Xxh64.h"
#include <cstring>

using namespace dlc::v1;

dlc_status dlc::v1::checkStored(const dlc_model &model, const char *doing, dlc_error *error) {
  constexpr int32_t constant = 2;
  if (model.weights_mode != constant)
    return DLC_OK;
  return fail(error, DLC_UNSUPPORTED) << model.name << " was compiled with --weights=constant: its weights cannot be "
                                      << doing;
}

/// Calls `visit(parameter)` in the order of the file: wide elements first, so
/// that every tensor is aligned for a reader that maps the file.
template <typename Visit> static void inFileOrder(const dlc_model &model, Visit visit) {
  for (int64_t width = 8; width; width /= 2)
    for (int32_t i = 0; i < model.parameter_count; ++i)
      if (typeInfo(model.parameters[i].type).width == width)
        visit(model.parameters[i]);
}

namespace {
/// A header being written twice: to learn its length, then for good.
class Header {
public:
  Header(const dlc_model &model, const Block &block) : model(model), block(block) {
    Text measure(nullptr, 0);
    write(measure, /*hashes=*/false);
    length = measure.length();
  }
  /// Bytes of the length field and the text.
  uint64_t bytes() const { return 8 + length; }
  /// Bytes of the tensors behind it.
  uint64_t dataBytes() const { return data; }
  /// Writes both to `to`, which has room for `bytes()` and a zero byte.
  void writeTo(char *to) {
    memcpy(to, &length, 8);
    Text text(to + 8, length + 1);
    write(text, /*hashes=*/true);
    Text(hash, sizeof(hash)) << Hex{xxh64(to + 8, length)};
    memcpy(to + 8 + hashAt, hash, 16);
  }

private:
  void write(Text &out, bool hashes);
  void entry(Text &out, std::string_view key, auto value) {
    out << ',';
    appendJson(out, key) << ":\"" << value << '"';
  }

  const dlc_model &model;
  const Block &block;
  uint64_t length = 0, data = 0;
  size_t hashAt = 0; ///< where in the text its own hash stands
  char hash[17];
};
} // namespace

void Header::write(Text &out, bool hashes) {
  out << "{\"__metadata__\":{\"" << keyFormat << "\":\"" << checkpointFormat << "\",\"" << keyModel << "\":";
  appendJson(out, model.name);
  entry(out, keyFingerprint, Hex{model.fingerprint});
  entry(out, keyStep, block.step());
  entry(out, keySeed, block.seed());
  entry(out, keyHeader, Hex{0}); // filled in by `finish`
  hashAt = out.length() - 17;    // 16 digits and the closing quote
  inFileOrder(model, [&](const dlc_parameter &parameter) {
    uint64_t hash = hashes ? xxh64(block.state + parameter.offset, size_t(parameter.bytes)) : 0;
    out << ",\"" << (parameter.kind == DLC_PARAMETER ? keyHash : keySlotHash);
    // The name continues the string that the key began.
    appendJsonText(out, parameter.name) << "\":\"" << Hex{hash} << '"';
  });
  out << '}';
  uint64_t at = 0;
  inFileOrder(model, [&](const dlc_parameter &parameter) {
    out << ',';
    appendJson(out, parameter.name) << ":{\"dtype\":\"" << typeInfo(parameter.type).file << "\",\"shape\":[";
    for (int32_t k = 0; k < parameter.rank; ++k)
      out << (k ? "," : "") << parameter.extents[k];
    out << "],\"data_offsets\":[" << at << ',' << at + uint64_t(parameter.bytes) << "]}";
    at += uint64_t(parameter.bytes);
  });
  out << '}';
  // Padded so that the data starts at a multiple of 8.
  while (out.length() % 8)
    out << ' ';
  data = at;
}

/// The block to save, counted as read, or a failure.
static dlc_status pin(dlc_weights *weights, int &pinned, dlc_error *error) {
  if (!weights)
    return fail(error, DLC_BAD_ARGUMENT) << "weights is NULL";
  if (dlc_status status = checkStored(*weights->model, "saved", error))
    return status;
  pinned = weights->gate.enter();
  if (pinned < 0)
    return fail(error, DLC_BUSY) << "weights are being trained by another call";
  if (weights->blocks[pinned].version.load(std::memory_order_acquire)) {
    dlc_status status = bringToHost(*weights, weights->blocks[pinned], error);
    if (status)
      weights->gate.leave(pinned);
    return status;
  }
  weights->gate.leave(pinned);
  return fail(error, DLC_NO_WEIGHTS) << "weights of " << weights->model->name << " are external: load them first";
}

static dlc_status saveTo(const dlc_model &model, const Block &block, const char *path, dlc_error *error) {
  Header header(model, block);
  char *text = reinterpret_cast<char *>(allocate(header.bytes() + 1));
  if (!text)
    return fail(error, DLC_NO_MEMORY) << "out of memory to save " << Quoted{path};
  header.writeTo(text);
  Replaced file;
  dlc_status status = file.open(path, error);
  if (!status)
    status = file.write(text, header.bytes(), error);
  inFileOrder(model, [&](const dlc_parameter &parameter) {
    if (!status)
      status = file.write(block.state + parameter.offset, uint64_t(parameter.bytes), error);
  });
  if (!status)
    status = file.commit(error);
  release(text);
  return status ? status : succeed(error);
}

extern "C" dlc_status dlc_weights_save(dlc_weights *weights, const char *path, dlc_error *error) {
  KeepErrno keep;
  if (!path)
    return fail(error, DLC_BAD_ARGUMENT) << "path is NULL";
  int pinned;
  if (dlc_status status = pin(weights, pinned, error))
    return status;
  dlc_status status = saveTo(*weights->model, weights->blocks[pinned], path, error);
  weights->gate.leave(pinned);
  return status;
}

static dlc_status saveInto(const dlc_model &model, const Block &block, void *data, size_t *bytes, dlc_error *error) {
  Header header(model, block);
  uint64_t needed = header.bytes() + header.dataBytes(), room = *bytes;
  *bytes = needed;
  if (!data)
    return succeed(error);
  if (room < needed)
    return fail(error, DLC_BAD_ARGUMENT) << "the checkpoint has " << needed << " bytes, given room for " << room;
  // Made to the side: the text ends with a zero byte for which `data` may have
  // no room.
  auto *to = static_cast<char *>(data);
  char *text = reinterpret_cast<char *>(allocate(header.bytes() + 1));
  if (!text)
    return fail(error, DLC_NO_MEMORY) << "out of memory to save the weights of " << model.name;
  header.writeTo(text);
  memcpy(to, text, header.bytes());
  release(text);
  to += header.bytes();
  inFileOrder(model, [&](const dlc_parameter &parameter) {
    memcpy(to, block.state + parameter.offset, size_t(parameter.bytes));
    to += parameter.bytes;
  });
  return succeed(error);
}

extern "C" dlc_status dlc_weights_save_memory(dlc_weights *weights, void *data, size_t *bytes, dlc_error *error) {
  if (!bytes)
    return fail(error, DLC_BAD_ARGUMENT) << "bytes is NULL";
  int pinned;
  if (dlc_status status = pin(weights, pinned, error))
    return status;
  dlc_status status = saveInto(*weights->model, weights->blocks[pinned], data, bytes, error);
  weights->gate.leave(pinned);
  return status;
}
