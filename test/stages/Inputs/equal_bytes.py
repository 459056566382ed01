# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles a model in many ways that may make no difference and compares bytes.

equal_bytes.py WORK MODEL [--surroundings] [dlc's options...]

From each stage's file on; with --surroundings also from a copy in another
folder by a relative path, in another locale and time zone, and on one core.
"""
import os
import shutil
import subprocess
import sys

work, model, *options = sys.argv[1:]
surroundings = "--surroundings" in options
options = [option for option in options if option != "--surroundings"]
stages = ["dl", "kernels", "loops", "llvm"]


def compile(name, *arguments, folder=work, environment={}, prefix=[]):
    """The library's and the header's bytes; the output is m.so in a folder of its own."""
    out = os.path.join(work, name)
    os.makedirs(out)
    command = [*prefix, "dlc", *arguments, "-o", os.path.join(out, "m.so")]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name}: {' '.join(command)} failed:\n{done.stderr}")
    return tuple(open(os.path.join(out, file), "rb").read() for file in ("m.so", "m.h"))


def turkish():
    """An environment in which 'i'.upper() is no 'I', as far as this machine has one."""
    folder = os.path.join(work, "locales")
    os.makedirs(folder)
    made = shutil.which("localedef") and not subprocess.run(
        ["localedef", "-i", "tr_TR", "-f", "UTF-8", os.path.join(folder, "tr_TR.UTF-8")], capture_output=True).returncode
    where = {"LOCPATH": folder, "LC_ALL": "tr_TR.UTF-8"} if made else {"LC_ALL": "C.UTF-8"}
    return {**where, "LANG": where["LC_ALL"], "TZ": "Pacific/Kiritimati"}


shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
direct = compile("direct", model, *options, f"--save-stages={work}/stages")
ways = {}
for stage in stages:
    ways["from " + stage] = compile("from-" + stage, f"--from={stage}", f"{work}/stages/{stage}.mlir")
if surroundings:
    elsewhere = os.path.join(work, "another folder")
    os.makedirs(elsewhere)
    copy = "copy" + os.path.splitext(model)[1]
    shutil.copyfile(model, os.path.join(elsewhere, copy))
    ways["from a copy, by a relative path"] = compile("copy", copy, *options, folder=elsewhere)
    ways["in another locale and time zone"] = compile("turkish", model, *options, environment=turkish())
    core = min(os.sched_getaffinity(0))
    ways["on one core"] = compile("core", model, *options, prefix=["taskset", "-c", str(core)])

different = [f"{way}: the {file} differs" for way, files in ways.items()
             for file, one, other in zip(("library", "header"), direct, files) if one != other]
leaked = [file for file, content in zip(("library", "header"), direct) if os.path.dirname(os.path.abspath(model)).encode() in content]
if different or leaked:
    sys.exit("\n".join(different + [f"the {file} holds the path of the model" for file in leaked]))
print(f"equal: {len(ways)} ways")
