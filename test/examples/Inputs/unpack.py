# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`unpack.py FOLDER COUNT`: the first pictures of the training set as the files
`images` and `labels` with their headers, and `pictures`, ten without one."""
import gzip
import pathlib
import sys

DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
images = gzip.decompress((DATA / "train-images-idx3-ubyte.gz").read_bytes())[: 16 + count * 784]
labels = gzip.decompress((DATA / "train-labels-idx1-ubyte.gz").read_bytes())[: 8 + count]
(folder / "images").write_bytes(images)
(folder / "labels").write_bytes(labels)
(folder / "pictures").write_bytes(images[16 : 16 + 7840])
