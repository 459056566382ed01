#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# run.sh BUILD SOURCE: installs the runtime, moves the installed tree, and
# builds a user's project against it with CMAKE_PREFIX_PATH alone.
set -eu
build=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --component runtime --prefix "$work/first" > /dev/null
mv "$work/first" "$work/moved"
cp -r "$source/package" "$work/project"
cd "$work/project"
mv Project.cmake CMakeLists.txt
echo model > toy.mlir
echo weights > weights.bin
export TOY="$source" HEADERS="$work/moved/include" RUNTIME="$work/moved/lib/libdlc_runtime.a"
chmod +x stand-in.sh
cmake -G Ninja -S . -B build -DCMAKE_PREFIX_PATH="$work/moved" -DDLC_COMPILER="$work/project/stand-in.sh" > configure.log 2>&1 ||
  { cat configure.log; exit 1; }
cmake --build build -j 2 > build.log 2>&1 || { cat build.log; exit 1; }
expected=$(build/app_shared)
test -n "$expected"
for program in build/app_static build/app_plus "build/app_open build/dlc/shared/toy.so"; do
  printed=$($program)
  test "$printed" = "$expected" || { echo "$program printed '$printed', app_shared '$expected'" >&2; exit 1; }
done
test "$(cat build/dlc/static/toy.o.said)" = "--say=ok"

# Compiled once for each form, and again when the model or its weights change.
count() { cat build/dlc/*/toy.$1.log | wc -l; }
again() {
  sleep 1.1
  touch "$1"
  cmake --build build -j 2 > build.log 2>&1 || { cat build.log; exit 1; }
}
test "$(count so)" = 1 && test "$(count o)" = 1
cmake --build build > build.log
test "$(count so)" = 1
again toy.mlir
test "$(count so)" = 2
again weights.bin
test "$(count so)" = 3 && test "$(count o)" = 3

# pkg-config, where it is there, finds the moved tree too.
if command -v pkg-config > /dev/null; then
  export PKG_CONFIG_PATH="$work/moved/lib/pkgconfig"
  cc $(pkg-config --cflags dlc) -I"$TOY" app.c "$TOY/Toy.c" "$TOY/Typed.c" -include "$TOY/Typed.h" -I build/dlc/shared \
    $(pkg-config --libs dlc) -o by_pkg_config
  test "$(./by_pkg_config)" = "$expected"
fi

# What a user gets wrong is said.
printf 'cmake_minimum_required(VERSION 3.25)\nproject(x C)\nfind_package(dlc REQUIRED)\n%s\n' \
  'add_executable(a app.c)' 'dlc_add_model(a toy.mlir STATICK)' > wrong.txt
mkdir wrong && mv wrong.txt wrong/CMakeLists.txt && cp app.c wrong
cmake -G Ninja -S wrong -B wrong/build -DCMAKE_PREFIX_PATH="$work/moved" -DDLC_COMPILER=/bin/true > wrong.log 2>&1 && exit 1
grep -q "unknown argument 'STATICK'" wrong.log
