// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/Archive.h"
#include "data/Failure.h"
#include "data/Read.h"
#include "data/Text.h"
#include <cstring>
#include <zlib.h>

namespace dlc {

namespace {
/// Little-endian numbers of a ZIP file at checked places.
class Zip {
public:
  explicit Zip(const Bytes &bytes) : bytes(bytes) {}
  uint32_t u16(size_t at) const { return byte(at) | byte(at + 1) << 8; }
  uint32_t u32(size_t at) const { return u16(at) | u16(at + 2) << 16; }
  const uint8_t *range(size_t at, size_t size) const {
    if (at > bytes.size() || size > bytes.size() - at)
      throw Failure("the .npz file is cut short or damaged");
    return bytes.data() + at;
  }
  size_t size() const { return bytes.size(); }

private:
  uint32_t byte(size_t at) const { return *range(at, 1); }
  const Bytes &bytes;
};
} // namespace

/// The end of the central directory: within the last 64 KB, where a comment may
/// follow it.
static size_t findEnd(const Zip &zip) {
  constexpr size_t length = 22, comment = 65535;
  if (zip.size() >= length)
    for (size_t at = zip.size() - length, least = at > comment ? at - comment : 0;; --at) {
      if (zip.u32(at) == 0x06054b50)
        return at;
      if (at == least)
        break;
    }
  throw Failure("the .npz file has no directory, it is cut short or damaged");
}

/// Inflates raw deflate data to exactly `size` bytes.
static Bytes inflated(const uint8_t *data, size_t length, size_t size) {
  Bytes result;
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    throw std::bad_alloc();
  stream.next_in = const_cast<uint8_t *>(data);
  stream.avail_in = length;
  int status = Z_OK;
  // Memory grows with what is there, not with what the directory promises.
  while (status == Z_OK && result.size() <= size) {
    size_t before = result.size();
    result.resize(before + std::min<size_t>(size - before + 1, 1 << 20));
    stream.next_out = result.data() + before;
    stream.avail_out = result.size() - before;
    status = inflate(&stream, Z_NO_FLUSH);
    result.resize(result.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END || result.size() != size)
    throw Failure("a member of the .npz file is damaged");
  return result;
}

NamedArrays readNpz(const Bytes &bytes, int64_t limit) {
  Zip zip(bytes);
  size_t end = findEnd(zip), count = zip.u16(end + 10), at = zip.u32(end + 16);
  NamedArrays arrays;
  for (size_t i = 0; i < count; ++i) {
    if (zip.u32(at) != 0x02014b50)
      throw Failure("the directory of the .npz file is damaged");
    uint32_t method = zip.u16(at + 10), packed = zip.u32(at + 20), size = zip.u32(at + 24), local = zip.u32(at + 42);
    uint32_t checksum = zip.u32(at + 16), nameLength = zip.u16(at + 28);
    std::string name(reinterpret_cast<const char *>(zip.range(at + 46, nameLength)), nameLength);
    at += 46 + nameLength + zip.u16(at + 30) + zip.u16(at + 32);
    if (!name.ends_with(".npy"))
      throw Failure("member '" + printable(name) + "' is no .npy file");
    name.resize(name.size() - 4);
    if (packed == 0xffffffff || size == 0xffffffff || int64_t(size) > limit)
      throw Failure("member '" + printable(name) + "' is too large");
    size_t data = size_t(local) + 30 + zip.u16(local + 26) + zip.u16(local + 28);
    const uint8_t *from = zip.range(data, packed);
    if (method != 0 && method != 8)
      throw Failure("member '" + printable(name) + "' is compressed in a way that is not supported");
    if (method == 0 && packed != size)
      throw Failure("the directory of the .npz file is damaged");
    Bytes member = method == 8 ? inflated(from, packed, size) : Bytes(from, from + packed);
    if (crc32(0, member.data(), member.size()) != checksum)
      throw Failure("member '" + printable(name) + "' is damaged");
    limit -= size;
    try {
      arrays[name] = readNpy(std::move(member));
    } catch (const Failure &failure) {
      throw Failure("member '" + printable(name) + "': " + failure.what());
    }
  }
  return arrays;
}

NamedArrays readArchive(const std::string &path, int64_t limit) {
  Bytes bytes = readFile(path, limit);
  try {
    if (bytes.size() >= 4 && !std::memcmp(bytes.data(), "PK", 2))
      return readNpz(bytes, limit);
    if (bytes.size() > 8 && bytes[8] == '{')
      return readAllSafetensors(bytes);
  } catch (const Failure &failure) {
    throw Failure(printable(path) + ": " + failure.what());
  }
  throw Failure(printable(path) + ": expected a .safetensors or .npz file, " +
                (bytes.empty() ? "given an empty file" : "given something else"));
}

bool readArchive(const std::string &path, NamedArrays &arrays, std::string &error) noexcept {
  try {
    arrays = readArchive(path, defaultDataLimit);
    return true;
  } catch (const std::bad_alloc &) {
    error = "out of memory";
  } catch (const std::exception &failure) {
    error = failure.what();
  }
  return false;
}

} // namespace dlc
