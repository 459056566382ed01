#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# on_tmpfs.sh FOLDER COMMAND...: runs a command in a file system of 64 KB on FOLDER, with a file x.so there already; lists
# what is there afterwards. To be run by `unshare -rm`: nobody else sees it, and it is gone with this shell.
folder=$1
shift
mount -t tmpfs -o size=64k small "$folder" && cd "$folder" && echo before > x.so || exit 2
"$@"
code=$?
ls
cat x.so
exit $code
