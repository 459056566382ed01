# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`eight_models.py LIBRARY...`: every model trains and predicts on a thread of its
own, all at once, and one pool of three workers of this program runs the parallel
loops of all of them. Each ends with the bytes of a run alone on one thread.
"""
import queue
import sys
import threading

import fashion
from model import Model

WORKERS = 3
pictures = fashion.Pictures("train", 3 * 64)
tasks = queue.SimpleQueue()
ran = [set() for _ in range(WORKERS)]  # whose loops each worker has run


class Loop:
    """Bodies of one loop, handed to the workers one by one."""

    def __init__(self, owner, n, body, arg):
        self.owner, self.n, self.body, self.arg, self.left, self.done = owner, n, body, arg, n, threading.Event()
        self.next, self.lock = iter(range(n)), threading.Lock()

    def work(self, worker):
        while True:
            with self.lock:
                index = next(self.next, None)
            if index is None:
                return
            self.body(self.arg, index, worker)
            with self.lock:
                self.left -= 1
                if not self.left:
                    self.done.set()


def serve(worker):
    while loop := tasks.get():
        ran[worker].add(loop.owner)
        loop.work(worker)


def on_the_pool(owner):
    def parallel_for(n, body, arg):
        if n:
            loop = Loop(owner, n, body, arg)
            for _ in range(WORKERS):
                tasks.put(loop)
            loop.done.wait()
    return parallel_for


def train(path, **options):
    """Losses of three steps, the prediction after them, and the checkpoint."""
    weights = Model(path).weights()
    context = weights.context(64, *([28] if path.endswith("rnn.so") else []), **options)
    losses = [context.train_step(*batch) for batch in pictures.batches(64)]
    return losses, context.predict(64, pictures.images[: 64 * fashion.PIXELS]), weights.bytes()


def main():
    paths = sys.argv[1:]
    assert len(paths) == 8
    alone = {path: train(path) for path in paths}
    together = {}
    start = threading.Barrier(len(paths))

    def run(path):
        start.wait()
        together[path] = train(path, parallel_for=on_the_pool(path), workers=WORKERS)

    pool = [threading.Thread(target=serve, args=(worker,)) for worker in range(WORKERS)]
    callers = [threading.Thread(target=run, args=(path,)) for path in paths]
    for thread in pool + callers:
        thread.start()
    for thread in callers:
        thread.join()
    for _ in pool:
        tasks.put(None)
    for thread in pool:
        thread.join()
    for path in paths:
        assert together.get(path) == alone[path], f"{path}: not what it is alone"
    assert all(len(owners) > 1 for owners in ran), f"each worker served {[len(owners) for owners in ran]} models"


main()
