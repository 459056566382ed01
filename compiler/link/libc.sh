#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# libc.sh llvm-nm libdlc_runtime.a > libc.c: an empty C function for each symbol
# of the C library that the runtime calls, and the four that LLVM's code
# generation may call on its own.
set -eu
{
  "$1" -u --format=just-symbols "$2"
  printf '%s\n' memcpy memmove memset memcmp
} | grep -E '^[A-Za-z_][A-Za-z0-9_]*$' | grep -vE '^(_Z|dlc_|_GLOBAL_OFFSET_TABLE_)' | LC_ALL=C sort -u |
  sed 's/.*/void &(void) {}/'
