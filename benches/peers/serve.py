"""What both peers have in common: a program that answers lines of JSON, as benches/throughput.rs does.

A peer is a function `prepare(request)` that makes a row ready and returns what advances it by a chunk of steps, having
waited for the outcome, and the number of steps of runs in a chunk.
"""

import json
import math
import os
import sys
import time

DIM = 450
BATCH = 100
# Too small for any run to diverge.
STEP_SIZE = 1e-9


def confine():
    """Keeps this process to one core, if its first argument names one; before a peer is imported."""
    if len(sys.argv) < 2:
        return False
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(sys.argv[1]) % len(cores)]})
    return True


def step_sizes(runs):
    """Those of a sweep."""
    return [STEP_SIZE * (run + 1) for run in range(runs)]


def quadratic():
    """The eigenvalues of the target."""
    return [-math.log((i + 0.5) / DIM) for i in range(DIM)]


def mixture():
    """Standard deviations of the inputs with label 1 and with label -1."""
    values = [(2.0, 1.5, 1.0)[i % 3] / math.sqrt(DIM) for i in range(DIM)]
    return [math.sqrt(1 - s) for s in values], [math.sqrt(1 + s) for s in values]


def chunk_steps(neurons, runs):
    """Steps between two looks at the clock: about a twentieth of a second, and never few."""
    operations = 4 * neurons * DIM * BATCH * runs + 4e7
    return max(4, min(200, int(4e9 / operations)))


def serve(version, prepare):
    """Answers until the input ends."""
    say({"version": version})
    slots = {}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            say(answer(request, slots, prepare))
        except Exception as error:  # whatever it is, the other side shall know
            say({"error": f"{type(error).__name__}: {error}"})


def say(line):
    print(json.dumps(line), flush=True)


def answer(request, slots, prepare):
    if request["op"] == "prepare":
        advance, steps = prepare(request)
        # Compiles, then settles.
        advance()
        advance()
        slots[request["slot"]] = advance, steps
        return {}
    if request["op"] == "forget":
        slots.clear()
        return {}
    advance, steps = slots[request["slot"]]
    start = time.perf_counter()
    chunks = 0
    while time.perf_counter() - start < request["seconds"]:
        advance()
        chunks += 1
    return {"rate": chunks * steps / (time.perf_counter() - start)}
