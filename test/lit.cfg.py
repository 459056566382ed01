# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Tests run against build/bin first and LLVM's tools second, by name.
# The internal shell is what lets `lit --update-tests` rewrite expectations.
import os
import subprocess
import sys

import lit.formats

config.name = "dlc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".ll", ".onnxtxt"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.dlc_binary_root, "test")
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.dlc_binary_root, "bin"), config.llvm_tools, os.environ["PATH"]]
)
# Whatever the reader's locale, messages and number formats stay the same.
config.environment["LC_ALL"] = "C"

config.substitutions.append(("%python", f'"{sys.executable}"'))
config.substitutions.append(("%source", config.dlc_source_root))
config.substitutions.append(("%binary", config.dlc_binary_root))
config.substitutions.append(("%llvm", os.path.dirname(config.llvm_tools)))

# What this CPU can do.
try:
    with open("/proc/cpuinfo") as cpu:
        if "avx512f" in cpu.read():
            config.available_features.add("avx512")
except OSError:
    pass

# A Python with NumPy, for tests of the Python package.
config.substitutions.append(("%numpy", config.test_python))
if subprocess.run([config.test_python, "-c", "import numpy"], capture_output=True).returncode == 0:
    config.available_features.add("numpy")

# Whether a test may mount a small file system of its own.
try:
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode == 0:
        config.available_features.add("tmpfs")
except OSError:
    pass
