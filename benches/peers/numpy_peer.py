"""NumPy as a peer: the exact risk of random ReLU features of one neuron, at all widths, by its BLAS and LAPACK.

The kernel matrix of r unit directions, less the constant; its Cholesky factor; a triangular solve for the correlations with
the targets. It says its version in a line of JSON, then answers each line `{"features": r, "dim": d, "directions": m}` by
`{"seconds": the time of one solve, "risk": that of the last target}`.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.linalg import cholesky, solve_triangular


def kernel(cosines):
    """The arc-cosine kernel of degree 1, over 2π."""
    np.clip(cosines, -1, 1, out=cosines)
    return (np.sqrt(1 - cosines * cosines) + (np.pi - np.arccos(cosines)) * cosines) / (2 * np.pi)


def solve(features, targets):
    constant = 1 / (2 * np.pi)
    u = kernel(features @ features.T) - constant
    v = kernel(features @ targets.T) - constant
    factor = cholesky(u, lower=True, overwrite_a=True, check_finite=False)
    y = solve_triangular(factor, v, lower=True, overwrite_b=True, check_finite=False)
    return (0.5 - constant - np.cumsum(y * y, axis=0)) / 0.5


def directions(generator, count, dim):
    rows = generator.standard_normal((count, dim))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


print(json.dumps({"version": f"NumPy {np.__version__}, SciPy {scipy.__version__}"}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    generator = np.random.default_rng(1)
    features = directions(generator, asked["features"], asked["dim"])
    targets = directions(generator, asked["directions"], asked["dim"])
    begin = time.perf_counter()
    risks = solve(features, targets)
    print(json.dumps({"seconds": time.perf_counter() - begin, "risk": risks[-1, -1]}), flush=True)
