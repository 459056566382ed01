#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# stand-in.sh: in the place of dlc, with its command line: "compiles" toy.mlir
# to the model written by hand. TOY is the folder of Toy.c and RUNTIME the
# archive; a file weights.bin beside the model counts as one of its inputs.
set -eu
model=$1
shift
name=
while [ $# -gt 0 ]; do
  case $1 in
  -o) output=$2; shift ;;
  --header) header=$2; shift ;;
  --name) name=$2; shift ;;
  --depfile) depfile=$2; shift ;;
  --say=*) echo "$1" >> "$output.said" ;;
  *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
test "$name" = toy || { echo "named '$name'" >&2; exit 1; }
echo compiled >> "$output.log"
flags="-O1 -fPIC -fvisibility=hidden -I$TOY -I$HEADERS"
case $output in
*.so) cc $flags -shared -o "$output" "$TOY/Toy.c" "$TOY/Typed.c" "$RUNTIME" ;;
*.o) cc $flags -r -nostdlib -o "$output" "$TOY/Toy.c" "$TOY/Typed.c" ;;
esac
cp "$TOY/Typed.h" "$header"
echo "$output: $model $(dirname "$model")/weights.bin" > "$depfile"
