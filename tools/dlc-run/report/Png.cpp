// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PNG, W3C Recommendation: signature, then chunks of length, type, data,
// CRC-32.
#include "dlc-run/report/Png.h"
#include "data/Failure.h"
#include <zlib.h>

namespace dlc::report {

static void putBig(Bytes &out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<uint8_t>(value >> shift));
}

static void chunk(Bytes &out, const char *type, const Bytes &data) {
  putBig(out, static_cast<uint32_t>(data.size()));
  size_t begin = out.size();
  out.insert(out.end(), type, type + 4);
  out.insert(out.end(), data.begin(), data.end());
  putBig(out, static_cast<uint32_t>(crc32(0, out.data() + begin, static_cast<uInt>(out.size() - begin))));
}

Bytes greyPng(int64_t width, int64_t height, const Bytes &pixels) {
  Bytes header;
  putBig(header, static_cast<uint32_t>(width));
  putBig(header, static_cast<uint32_t>(height));
  header.insert(header.end(), {8, 0, 0, 0, 0}); // 8 bits, grey, deflate, filters per row, not interlaced
  Bytes rows;
  for (int64_t y = 0; y < height; y++) {
    rows.push_back(0); // filter: none
    rows.insert(rows.end(), pixels.begin() + y * width, pixels.begin() + (y + 1) * width);
  }
  uLongf size = compressBound(rows.size());
  Bytes packed(size);
  if (compress2(packed.data(), &size, rows.data(), rows.size(), 9) != Z_OK)
    throw Failure("zlib: out of memory");
  packed.resize(size);
  Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  chunk(out, "IHDR", header);
  chunk(out, "IDAT", packed);
  chunk(out, "IEND", {});
  return out;
}

} // namespace dlc::report
