#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Symbols.sh libdlc_runtime.a libdlc_runtime.so LLVM-bin: what linking the
# runtime into a model brings with it, read from the binaries themselves.
set -eu
archive=$1 shared=$2 bin=$3
failed=0
fail() {
  echo "$1" >&2
  failed=1
}

# The C library's functions it may need. Nothing that prints, reads the
# environment or the locale, or belongs to the C++ library.
# (Those for dlopen are the CUDA backend's, which is linked where a model names it.)
allowed='__errno_location __sched_cpucount abort bcmp close dlclose dlerror dlopen dlsym flock free fstat fsync ftruncate lstat madvise memchr memcmp
memcpy memmove memset open posix_memalign pread pthread_create pthread_join pthread_mutex_destroy pthread_mutex_init
pthread_mutex_lock pthread_mutex_unlock pthread_sigmask rename sched_getaffinity sched_getcpu sched_setaffinity sigaddset sigemptyset sigfillset
sigismember sigpending sigtimedwait stat strcmp strlen strrchr syscall unlink write _GLOBAL_OFFSET_TABLE_'
defined=$("$bin/llvm-nm" --defined-only --format=just-symbols "$archive" 2>/dev/null | sort -u)
test -n "$defined" || fail "no symbols in $archive"
for symbol in $("$bin/llvm-nm" -u --format=just-symbols "$archive" 2>/dev/null | grep -v ':$' | sort -u); do
  case " $(echo $allowed) $(echo $defined) " in
  *" $symbol "*) ;;
  *) fail "needs $symbol" ;;
  esac
done

# Two versions of the runtime, and a program's own functions, link side by side.
for symbol in $("$bin/llvm-nm" --defined-only --extern-only --format=just-symbols "$archive" 2>/dev/null |
  grep -v ':$' | sort -u); do
  case $symbol in
  dlc_*_v1 | _ZN*3dlc2v1* | _ZSt*3dlc2v1* | _ZN11dlc_context*) ;;
  *) fail "defines $symbol, which does not carry the ABI number" ;;
  esac
done

# Hidden in whatever it is linked into; nothing runs at load; no global state.
"$bin/llvm-readelf" -sW "$archive" | grep -E ' (FUNC|OBJECT) +(GLOBAL|WEAK) +DEFAULT +[0-9]' | grep -v ' UND ' &&
  fail "the symbols above are not hidden"
"$bin/llvm-readelf" -SW "$archive" | grep -E '\.(init_array|ctors|fini_array|tbss|tdata)' && fail "it has constructors or thread-local state"
state=$("$bin/llvm-size" -A "$archive" | awk '$1 ~ /^\.(data|bss)($|\.)/ && $1 !~ /^\.data\.rel\.ro/ { n += $2 } END { print n + 0 }')
test "$state" = 0 || fail "it has $state bytes of writable global state"

# A model for processors alone links neither backend nor what only backends reach.
size() { "$bin/llvm-size" -A "$archive" | awk -v wanted="$1" '$1 ~ /\.o$/ || $2 ~ /\.o$/ { is = /(Cuda|Device(Weights|Call))[A-Za-z]*\.cpp\.o/ } $1 ~ /^\.text/ && is == wanted { n += $2 } END { print n + 0 }'; }
code=$(size 0) device=$(size 1)
echo "$code bytes of code, $device for devices"
test "$device" -gt 5000 || fail "$device bytes of code for devices cannot be all"
test "$device" -lt 16384 || fail "$device bytes of code for devices: a model is to stay small"
test "$code" -gt 10000 || fail "$code bytes of code cannot be all"
test "$code" -lt 51200 || fail "$code bytes of code: a model is to stay small"

needed=$("$bin/llvm-readelf" -d "$shared" | sed -n 's/.*NEEDED.*\[\(.*\)\].*/\1/p' | grep -vE '^(libc|libm|ld-linux.*)\.so' || true)
test -z "$needed" || fail "the shared runtime needs $needed"
"$bin/llvm-nm" -D --defined-only --format=just-symbols "$shared" | grep -v '^dlc_.*_v1$' && fail "the shared runtime exports the above"
exported=$("$bin/llvm-nm" -D --defined-only --format=just-symbols "$shared" | wc -l)
declared=$(grep -c '^#define dlc_[a-z_]* dlc_[a-z_]*_v1$' "$4/dlc/runtime.h")
test "$exported" = "$declared" || fail "the shared runtime exports $exported functions, the header has $declared"
exit $failed
