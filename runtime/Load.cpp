// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reading checkpoints, which may be damaged, of another model, or hostile.
// Everything goes into the block behind; the handle changes when all of it has
// been read and found right.
#include "Checkpoint.h"
#include "Errors.h"
#include "File.h"
#include "Memory.h"
#include "Safetensors.h"
#include "Types.h"
#include "Weights.h"
#include "Xxh64.h"
#include <algorithm>

using namespace dlc::v1;

dlc_status dlc::v1::checkBytes(const dlc_parameter &parameter, const void *value, dlc_error *error) {
  auto *bytes = static_cast<const unsigned char *>(value);
  if (parameter.type == DLC_I1)
    for (int64_t i = 0; i < parameter.bytes; ++i)
      if (bytes[i] > 1)
        return fail(error, DLC_BAD_VALUE) << "parameter " << Quoted{parameter.name} << " holds " << int(bytes[i])
                                          << " at position " << i << ", expected a value in [0, 2)";
  return DLC_OK;
}

/// A decimal number with an optional sign; false when it is anything else.
static bool readDecimal(std::string_view text, int64_t &value) {
  bool negative = !text.empty() && text[0] == '-';
  text.remove_prefix(negative);
  if (text.empty())
    return false;
  value = 0;
  for (char c : text)
    if (c < '0' || c > '9' || __builtin_mul_overflow(value, int64_t(10), &value) ||
        __builtin_sub_overflow(value, int64_t(c - '0'),
                               &value)) // negated: the range below zero is larger
      return false;
  return negative || !__builtin_sub_overflow(int64_t(0), value, &value);
}

static bool readHex(std::string_view text, uint64_t &value) {
  value = 0;
  for (char c : text) {
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0)
      return false;
    value = value << 4 | uint64_t(digit);
  }
  return text.size() == 16;
}

namespace {
/// What a file says about one parameter or slot.
struct Found {
  bool present, hashed;
  uint64_t begin, hash;
};
struct Range {
  uint64_t begin, end;
  std::string_view name;
};

class Loader {
public:
  Loader(dlc_weights &weights, const Source &source, bool resume, dlc_error *error)
      : weights(weights), model(*weights.model), source(source), resume(resume), error(error) {}
  ~Loader() {
    release(text);
    release(found);
    release(foreignSlots);
    release(ranges);
  }
  dlc_status load();

private:
  Failure failFile() const {
    Failure failure = fail(error, DLC_BAD_FILE);
    failure << Quoted{source.name()} << ": ";
    return failure;
  }
  Failure failMemory() const { return fail(error, DLC_NO_MEMORY) << "out of memory to load " << Quoted{source.name()}; }
  dlc_status readHeader();
  dlc_status countTensor();
  dlc_status readMetadata(JsonString key, JsonString value);
  dlc_status checkMetadata();
  dlc_status readTensor(const TensorEntry &entry);
  dlc_status checkRanges();
  dlc_status checkComplete();
  dlc_status readData(Block &block);
  uint64_t mostKeys() const { return uint64_t(model.parameter_count) * 16 + 64; }
  int32_t find(JsonString name);
  bool isForeignSlot(JsonString name);

  dlc_weights &weights;
  const dlc_model &model;
  const Source &source;
  bool resume;
  dlc_error *error;

  char *text = nullptr; ///< the header
  uint64_t textBytes = 0, dataBytes = 0;
  Found *found = nullptr; ///< one per parameter and slot
  Range *ranges = nullptr;
  uint64_t tensors = 0, rangeCount = 0, keys = 0, foreignCount = 0;
  std::string_view *foreignSlots = nullptr; ///< mostKeys() of them
  int32_t expected = 0;                     ///< where the next name is looked for first

  bool ours = false, hasFormat = false, hasHash = false, hasStep = false, hasSeed = false, complete = false;
  int64_t format = 0, step = 0, seed = 0;
  size_t hashAt = 0;
  uint64_t headerHash = 0;
  std::string_view otherModel; ///< the name in the file, when it is not this model's
};
} // namespace

dlc_status Loader::readHeader() {
  // The format's own limit on the header, which also bounds what is allocated.
  constexpr uint64_t longest = 100'000'000;
  uint64_t size = source.size();
  if (size < 8)
    return failFile() << "a safetensors file has at least 8 bytes, this one has " << size;
  if (dlc_status status = source.read(0, &textBytes, 8, error))
    return status;
  if (textBytes > size - 8 || textBytes > longest)
    return failFile() << "the header is said to have " << textBytes << " bytes, the file has " << size
                      << ": it is not a safetensors file, or damaged";
  dataBytes = size - 8 - textBytes;
  text = reinterpret_cast<char *>(allocate(textBytes));
  if (!text)
    return failMemory();
  return source.read(8, text, textBytes, error);
}

/// Names are looked up one after the other, so their number is bounded by what
/// a checkpoint of this model can hold: some optimizer's slots for each
/// parameter.
dlc_status Loader::countTensor() {
  if (++tensors > uint64_t(model.parameter_count) * 16 + 16)
    return failFile() << "it has more than " << tensors - 1 << " tensors, model " << model.name << " has "
                      << model.parameter_count;
  return DLC_OK;
}

int32_t Loader::find(JsonString name) {
  for (int32_t i = 0; i < model.parameter_count; ++i) {
    int32_t at = expected + i < model.parameter_count ? expected + i : expected + i - model.parameter_count;
    if (name == model.parameters[at].name) {
      expected = at + 1 < model.parameter_count ? at + 1 : 0;
      return at;
    }
  }
  return -1;
}

dlc_status Loader::readMetadata(JsonString key, JsonString value) {
  std::string_view raw = value.raw;
  if (!key.raw.starts_with(keyPrefix))
    return DLC_OK; // somebody else's
  ours = true;
  if (++keys > mostKeys())
    return failFile() << "it has more than " << keys - 1 << " entries of metadata";
  bool valid = true;
  auto once = [&](bool &has) {
    valid = !has;
    has = true;
  };
  if (key == keyFormat) {
    once(hasFormat);
    valid = valid && readDecimal(raw, format);
  } else if (key == keyStep) {
    once(hasStep);
    valid = valid && readDecimal(raw, step) && step >= 0;
  } else if (key == keySeed) {
    once(hasSeed);
    valid = valid && readDecimal(raw, seed);
  } else if (key == keyHeader) {
    once(hasHash);
    valid = valid && readHex(raw, headerHash);
    hashAt = size_t(raw.data() - text);
  } else if (key == keyModel && !(value == model.name)) {
    otherModel = raw;
  } else if (key.raw.starts_with(keyHash) || key.raw.starts_with(keySlotHash)) {
    bool slot = key.raw.starts_with(keySlotHash);
    JsonString name{after(key.raw, slot ? keySlotHash.size() : keyHash.size())};
    if (int32_t i = find(name); i >= 0) {
      once(found[i].hashed);
      valid = valid && readHex(raw, found[i].hash);
    } else if (slot) {
      foreignSlots[foreignCount++] = name.raw;
    }
  }
  if (!valid)
    return failFile() << "metadata " << Quoted{key.raw} << " is " << Quoted{raw} << ": the file is damaged";
  return DLC_OK;
}

dlc_status Loader::checkMetadata() {
  if (!ours)
    return DLC_OK;
  if (hasFormat && format > checkpointFormat)
    return failFile() << "it has checkpoint format " << format << ", this library reads up to " << checkpointFormat
                      << ": compile the model with a newer dlc";
  if (!hasFormat || format != checkpointFormat || !hasHash || !hasStep || !hasSeed)
    return failFile() << "its metadata is incomplete: the file is damaged";
  std::fill_n(text + hashAt, 16, '0');
  if (xxh64(text, textBytes) != headerHash)
    return failFile() << "the checksum of its header differs: the file is damaged";
  return DLC_OK;
}

/// State that training needs and this library was compiled without: the file
/// lists it as such, or it is named as an optimizer's slot of a parameter.
bool Loader::isForeignSlot(JsonString name) {
  for (uint64_t i = 0; i < foreignCount; ++i)
    if (foreignSlots[i] == name.raw)
      return true;
  size_t slash = name.raw.find('/');
  if (slash == std::string_view::npos)
    return false;
  int32_t i = find({after(name.raw, slash + 1)});
  return i >= 0 && model.parameters[i].kind == DLC_PARAMETER;
}

dlc_status Loader::readTensor(const TensorEntry &entry) {
  ranges[rangeCount++] = {entry.begin, entry.end, entry.name.raw};
  int32_t i = find(entry.name);
  if (i < 0 && isForeignSlot(entry.name))
    return DLC_OK;
  auto ofOther = [&](Failure &failure) {
    if (!otherModel.empty())
      failure << " (the file is of model " << Quoted{otherModel} << ')';
  };
  if (i < 0) {
    Failure failure = failFile();
    failure << "tensor " << Quoted{entry.name.raw} << " is not one of model " << model.name;
    ofOther(failure);
    return failure;
  }
  const dlc_parameter &parameter = model.parameters[i];
  const TypeInfo &type = typeInfo(parameter.type);
  if (found[i].present)
    return failFile() << "tensor " << Quoted{entry.name.raw} << " is there twice";
  if (entry.type != type.file || entry.rank != parameter.rank ||
      !std::equal(entry.extents, entry.extents + entry.rank, parameter.extents)) {
    Failure failure = failFile();
    failure << "tensor " << Quoted{entry.name.raw} << " is " << Quoted{entry.type} << ' ';
    describe(failure, "", entry.extents, entry.rank);
    failure << ", expected '" << type.file << "' ";
    describe(failure, "", parameter.extents, parameter.rank);
    ofOther(failure);
    return failure;
  }
  if (entry.end - entry.begin != uint64_t(parameter.bytes))
    return failFile() << "tensor " << Quoted{entry.name.raw} << " has " << entry.end - entry.begin
                      << " bytes, its shape needs " << parameter.bytes;
  found[i].present = true;
  found[i].begin = entry.begin;
  return DLC_OK;
}

/// The tensors tile the data: no byte twice, none left over.
dlc_status Loader::checkRanges() {
  auto before = [](const Range &a, const Range &b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; };
  std::make_heap(ranges, ranges + rangeCount, before);
  std::sort_heap(ranges, ranges + rangeCount,
                 before); // a tenth of std::sort's code
  uint64_t at = 0;
  for (uint64_t i = 0; i < rangeCount; ++i) {
    if (ranges[i].begin != at)
      return failFile() << "tensor " << Quoted{ranges[i].name} << " begins at byte " << ranges[i].begin
                        << " of the data, expected " << at
                        << ": tensors must follow each other without overlap or hole";
    at = ranges[i].end;
  }
  if (at != dataBytes)
    return failFile() << "its tensors need " << at << " bytes of data, it has " << dataBytes
                      << ": it is cut short or damaged";
  return DLC_OK;
}

/// Decides whether the file continues a training run or brings weights alone.
dlc_status Loader::checkComplete() {
  const char *missing = nullptr, *present = nullptr;
  for (int32_t i = 0; i < model.parameter_count; ++i) {
    const dlc_parameter &parameter = model.parameters[i];
    if (parameter.kind == DLC_PARAMETER && !found[i].present) {
      Failure failure = failFile();
      failure << "it has no tensor " << Quoted{parameter.name} << ", which model " << model.name << " needs";
      if (!otherModel.empty())
        failure << " (the file is of model " << Quoted{otherModel} << ')';
      return failure;
    }
    if (ours && found[i].present && !found[i].hashed)
      return failFile() << "tensor " << Quoted{parameter.name} << " has no checksum: the file is damaged";
    if (parameter.kind != DLC_PARAMETER)
      (found[i].present ? present : missing) = parameter.name;
  }
  if (missing && present)
    return failFile() << "it has slot " << Quoted{present} << " but not " << Quoted{missing}
                      << ": the optimizer's state is incomplete";
  complete = ours && !missing;
  if (resume && !ours)
    return failFile() << "it has no metadata of dlc, so training cannot resume from it";
  if (resume && !complete)
    return failFile() << "it has no slot " << Quoted{missing} << ", so training cannot resume from it";
  return DLC_OK;
}

dlc_status Loader::readData(Block &block) {
  // What a file of weights alone does not bring starts anew.
  if (!complete)
    if (dlc_status status = initialise(weights, block, weights.front().seed(), error))
      return status;
  for (int32_t i = 0; i < model.parameter_count; ++i) {
    const dlc_parameter &parameter = model.parameters[i];
    if (!complete && parameter.kind != DLC_PARAMETER)
      continue;
    unsigned char *to = block.state + parameter.offset;
    if (dlc_status status = source.read(8 + textBytes + found[i].begin, to, uint64_t(parameter.bytes), error))
      return status;
    if (ours && xxh64(to, size_t(parameter.bytes)) != found[i].hash)
      return failFile() << "the checksum of tensor " << Quoted{parameter.name} << " differs: the file is damaged";
    if (dlc_status status = checkBytes(parameter, to, error))
      return status;
  }
  if (complete) {
    block.setSeed(seed);
    block.setStep(step);
  }
  block.version.store(1, std::memory_order_relaxed);
  return DLC_OK;
}

dlc_status Loader::load() {
  if (dlc_status status = readHeader())
    return status;
  found = reinterpret_cast<Found *>(allocate(sizeof(Found) * uint64_t(model.parameter_count)));
  foreignSlots = reinterpret_cast<std::string_view *>(allocate(sizeof(std::string_view) * mostKeys()));
  if (!found || !foreignSlots)
    return failMemory();
  // Once for the metadata and the number of tensors, so that damage is reported
  // as damage; then for the tensors.
  HeaderVisitor first{this, [](void *self, const TensorEntry &) { return static_cast<Loader *>(self)->countTensor(); },
                      [](void *self, JsonString key, JsonString value) {
                        return static_cast<Loader *>(self)->readMetadata(key, value);
                      }};
  if (dlc_status status = parseHeader({text, textBytes}, source.name(), first, error))
    return status;
  if (dlc_status status = checkMetadata())
    return status;
  ranges = reinterpret_cast<Range *>(allocate(sizeof(Range) * tensors));
  if (!ranges)
    return failMemory();
  HeaderVisitor second{
      this, [](void *self, const TensorEntry &entry) { return static_cast<Loader *>(self)->readTensor(entry); },
      [](void *, JsonString, JsonString) { return dlc_status(DLC_OK); }};
  if (dlc_status status = parseHeader({text, textBytes}, source.name(), second, error))
    return status;
  if (dlc_status status = checkRanges())
    return status;
  if (dlc_status status = checkComplete())
    return status;

  Replacement next(weights);
  if (dlc_status status = next.begin(error))
    return status;
  if (dlc_status status = readData(next.block()))
    return status;
  return next.finish(/*keep=*/false, error);
}

/// Loads the file at `path`, or the memory when that is NULL.
static dlc_status load(dlc_weights *weights, const char *path, const void *data, size_t bytes, bool resume,
                       dlc_error *error) {
  if (!weights)
    return fail(error, DLC_BAD_ARGUMENT) << "weights is NULL";
  if (!path && !data)
    return fail(error, DLC_BAD_ARGUMENT) << "no checkpoint given: its path or address is NULL";
  if (dlc_status status = checkStored(*weights->model, "loaded", error))
    return status;
  KeepErrno keep;
  if (path) {
    Source file;
    if (dlc_status status = file.open(path, error))
      return status;
    return Loader(*weights, file, resume, error).load();
  }
  return Loader(*weights, Source(data, bytes), resume, error).load();
}

extern "C" dlc_status dlc_weights_load(dlc_weights *weights, const char *path, dlc_error *error) {
  return load(weights, path, nullptr, 0, /*resume=*/false, error);
}
extern "C" dlc_status dlc_weights_resume(dlc_weights *weights, const char *path, dlc_error *error) {
  return load(weights, path, nullptr, 0, /*resume=*/true, error);
}
extern "C" dlc_status dlc_weights_load_memory(dlc_weights *weights, const void *data, size_t bytes, dlc_error *error) {
  return load(weights, nullptr, data, bytes, /*resume=*/false, error);
}
