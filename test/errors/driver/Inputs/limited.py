# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# limited.py BYTES COMMAND...: runs a command whose files may not grow beyond so many bytes (RLIMIT_FSIZE).
import os
import resource
import sys

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execvp(sys.argv[2], sys.argv[2:])
