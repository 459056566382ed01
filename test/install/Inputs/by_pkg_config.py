# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""by_pkg_config.py PREFIX WORK: builds the classifier from an object and the runtime, as a Makefile would."""
import re
import shutil
import subprocess
import sys

prefix, work = sys.argv[1:]


def flags(kind):
    """What pkg-config says; where there is none, what is in its file."""
    if shutil.which("pkg-config"):
        return subprocess.check_output(["pkg-config", "--" + kind.lower(), "dlc"], text=True).split()
    with open(prefix + "/lib/pkgconfig/dlc.pc") as file:
        text = file.read()
    variables = {"pcfiledir": prefix + "/lib/pkgconfig"}
    for name, value in re.findall(r"(?m)^(\w+)=(.*)$", text):
        variables[name] = re.sub(r"\$\{(\w+)\}", lambda m: variables[m.group(1)], value)
    line = re.search(rf"(?m)^{kind}: (.*)$", text).group(1)
    return re.sub(r"\$\{(\w+)\}", lambda m: variables[m.group(1)], line).split()


shared = ["-I" + work + "/build/dlc/static", work + "/project/classify.c", work + "/build/dlc/static/fashion.o"]
subprocess.check_call(["gcc", "-std=c99", *flags("Cflags"), *shared, *flags("Libs"), "-o", work + "/by_pkg_config"])
with open(work + "/pictures", "rb") as pictures:
    sys.stdout.write(subprocess.check_output([work + "/by_pkg_config"], stdin=pictures, text=True))
