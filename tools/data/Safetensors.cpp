// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One tensor of a .safetensors file: a 64-bit header length, a JSON object of
// {"name": {"dtype", "shape", "data_offsets": [begin, end]}}, then the data.
#include "data/Archive.h"
#include "data/Failure.h"
#include "data/Read.h"
#include "data/Text.h"
#include "runtime/Xxh64.h"
#include <cstring>
#include <nlohmann/json.hpp>

namespace dlc {

using nlohmann::json;

static int32_t tensorType(const std::string &name) {
  static constexpr std::pair<std::string_view, int32_t> known[] = {
      {"F64", DLC_F64}, {"F32", DLC_F32}, {"F16", DLC_F16}, {"BF16", DLC_BF16}, {"I64", DLC_I64},
      {"I32", DLC_I32}, {"I8", DLC_I8},   {"U8", DLC_U8},   {"BOOL", DLC_I1}};
  for (auto [known, type] : known)
    if (name == known)
      return type;
  throw Failure("element type '" + printable(name) + "' is not supported");
}

/// Parses the header under the format's own limit of 100 MB and a nesting cap:
/// the real thing is three deep, and the parser's callback is the place to
/// stop.
static json parseHeader(const Bytes &bytes, size_t &start) {
  uint64_t length = 0;
  if (bytes.size() < 8)
    throw Failure("the file ends within the safetensors header");
  std::memcpy(&length, bytes.data(), 8);
  if (length > 100'000'000 || length > bytes.size() - 8)
    throw Failure(format("the safetensors header says it has %llu bytes, the file has %zu",
                         static_cast<unsigned long long>(length), bytes.size() - 8));
  start = 8 + length;
  auto shallow = [](int depth, json::parse_event_t, json &) {
    if (depth > 8)
      throw Failure("the safetensors header is nested too deeply");
    return true;
  };
  json header = json::parse(bytes.begin() + 8, bytes.begin() + start, shallow,
                            /*allow_exceptions=*/false);
  if (!header.is_object())
    throw Failure("the safetensors header is not a JSON object");
  return header;
}

/// The header's tensors without its metadata, which is returned.
static json takeMetadata(json &header) {
  json metadata = header.value("__metadata__", json::object());
  header.erase("__metadata__");
  return metadata;
}

static std::string choose(const json &header, const std::string &tensor, const std::string &argument) {
  if (!tensor.empty() && header.contains(tensor))
    return tensor;
  if (tensor.empty() && header.contains(argument))
    return argument;
  if (tensor.empty() && header.size() == 1)
    return header.begin().key();
  std::vector<std::string> names;
  for (const auto &[name, entry] : header.items())
    names.push_back(name);
  const std::string &wanted = tensor.empty() ? argument : tensor;
  throw Failure("no tensor '" + printable(wanted) + "'" + suggestion(wanted, names) + "; the file has " +
                listed(names));
}

/// Where a tensor of the header lies, checked against the file's size.
struct Place {
  int32_t type;
  Shape shape;
  int64_t begin, end;
};
static Place placeOf(const json &header, const std::string &name, int64_t available) {
  const json &entry = header[name];
  auto malformed = [&] { return Failure("tensor '" + printable(name) + "' is malformed"); };
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() || !entry.contains("shape") ||
      !entry["shape"].is_array() || !entry.contains("data_offsets") || !entry["data_offsets"].is_array() ||
      entry["data_offsets"].size() != 2)
    throw malformed();
  auto count = [&](const json &value) {
    if (!value.is_number_unsigned() || value.get<uint64_t>() > uint64_t(1) << 62)
      throw malformed();
    return static_cast<int64_t>(value.get<uint64_t>());
  };
  Shape shape;
  for (const json &extent : entry["shape"])
    shape.push_back(count(extent));
  int64_t begin = count(entry["data_offsets"][0]), end = count(entry["data_offsets"][1]);
  if (begin > end || end > available)
    throw Failure(format("tensor '%s' lies at bytes %lld to %lld, the file has %lld", printable(name).c_str(),
                         (long long)begin, (long long)end, (long long)available));
  return {tensorType(entry["dtype"]), std::move(shape), begin, end};
}

Array readSafetensors(Bytes bytes, const std::string &tensor, const std::string &argument) {
  size_t start = 0;
  json header = parseHeader(bytes, start);
  takeMetadata(header);
  std::string name = choose(header, tensor, argument);
  Place place = placeOf(header, name, static_cast<int64_t>(bytes.size() - start));
  bytes.resize(start + place.end);
  return arrayAt(std::move(bytes), start + place.begin, place.type, std::move(place.shape));
}

NamedArrays readAllSafetensors(const Bytes &bytes) {
  size_t start = 0;
  json header = parseHeader(bytes, start), metadata = takeMetadata(header);
  NamedArrays arrays;
  for (const auto &[name, entry] : header.items()) {
    Place place = placeOf(header, name, static_cast<int64_t>(bytes.size() - start));
    auto first = bytes.begin() + static_cast<int64_t>(start);
    // What dlc_weights_save writes beside each parameter (runtime/README.md).
    std::string key = "dlc.xxh64/" + name;
    if (metadata.is_object() && metadata.contains(key) &&
        metadata[key] != format("%016llx", (unsigned long long)v1::xxh64(bytes.data() + start + place.begin,
                                                                         size_t(place.end - place.begin))))
      throw Failure("tensor '" + printable(name) + "' is damaged: its checksum does not match");
    arrays[name] = arrayAt(Bytes(first + place.begin, first + place.end), 0, place.type, std::move(place.shape));
  }
  return arrays;
}

} // namespace dlc
