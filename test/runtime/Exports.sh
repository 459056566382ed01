#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Exports.sh toy.so LLVM-bin: a model's library shows its own names and one
# accessor, and needs the C library alone.
set -eu
library=$1 bin=$2
failed=0
others=$("$bin/llvm-nm" -D --defined-only --format=just-symbols "$library" | grep -vE '^(toy_.*|dlc_model_v1)$' || true)
test -z "$others" || { echo "exports $others" >&2; failed=1; }
own=$("$bin/llvm-nm" -D --defined-only --format=just-symbols "$library" | wc -l)
test "$own" -ge 10 || { echo "exports only $own names" >&2; failed=1; }
needed=$("$bin/llvm-readelf" -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\].*/\1/p' | grep -vE '^(libc|libm|ld-linux.*)\.so' || true)
test -z "$needed" || { echo "needs $needed" >&2; failed=1; }
cp "$library" stripped.so
"$bin/llvm-strip" stripped.so
size=$(wc -c < stripped.so)
rm stripped.so
echo "$size bytes stripped"
test "$size" -lt 100000 || { echo "$size bytes: too large" >&2; failed=1; }
exit $failed
