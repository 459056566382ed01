// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/File.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace dlc {

namespace {
struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0)
      close(number);
  }
};
} // namespace

static Failure tooLarge(const std::string &path, int64_t limit) {
  return Failure(format("%s: more than %s of data (--data-limit)", printable(path).c_str(), megabytes(limit).c_str()));
}

static Bytes readPlain(const std::string &path, int64_t limit) {
  // Non-blocking, so that a pipe without a writer is refused below instead of
  // hanging here.
  Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  struct stat status;
  if (file.number < 0 || fstat(file.number, &status))
    throw Failure("cannot read '" + printable(path) + "': " + std::strerror(errno));
  if (!S_ISREG(status.st_mode))
    throw Failure("cannot read '" + printable(path) + "': not a regular file");
  if (status.st_size > limit)
    throw tooLarge(path, limit);
  Bytes bytes(status.st_size);
  size_t done = 0;
  while (done < bytes.size()) {
    ssize_t got = read(file.number, bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      throw Failure("cannot read '" + printable(path) + "': " + std::strerror(errno));
    if (got == 0)
      break; // shortened while we read: the reader of the format notices
    done += got;
  }
  bytes.resize(done);
  return bytes;
}

/// Inflates every gzip member of `packed`, as gzip itself does.
static Bytes inflateAll(const std::string &path, const Bytes &packed, int64_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) // 16: gzip header and checksum
    throw Failure("zlib: out of memory");
  struct End {
    z_stream *stream;
    ~End() { inflateEnd(stream); }
  } end{&stream};
  Bytes out;
  size_t taken = 0, made = 0;
  constexpr size_t step = 1 << 30; // zlib counts in unsigned int
  for (;;) {
    if (made == out.size())
      out.resize(std::min<size_t>(std::max<size_t>(out.size() * 2, packed.size() * 4 + 4096), limit + 1));
    stream.next_in = const_cast<Bytef *>(packed.data() + taken);
    stream.avail_in = static_cast<uInt>(std::min(packed.size() - taken, step));
    stream.next_out = out.data() + made;
    stream.avail_out = static_cast<uInt>(std::min(out.size() - made, step));
    int status = inflate(&stream, Z_NO_FLUSH);
    taken = stream.next_in - packed.data();
    made = stream.next_out - out.data();
    if (static_cast<int64_t>(made) > limit)
      throw tooLarge(path, limit);
    if (status == Z_STREAM_END) {
      bool another = packed.size() - taken >= 2 && packed[taken] == 0x1F && packed[taken + 1] == 0x8B;
      if (!another)
        break; // trailing garbage is ignored by gzip too
      inflateReset(&stream);
    } else if (status == Z_BUF_ERROR && taken == packed.size()) {
      throw Failure(printable(path) + ": the compressed data end too early");
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      throw Failure(printable(path) + ": damaged gzip data" + (stream.msg ? format(" (%s)", stream.msg) : ""));
    }
  }
  out.resize(made);
  return out;
}

Bytes readFile(const std::string &path, int64_t limit) {
  Bytes bytes = readPlain(path, limit);
  if (bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B)
    return inflateAll(path, bytes, limit);
  return bytes;
}

} // namespace dlc
