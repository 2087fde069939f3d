"""JAX as a peer: a run is a scan, compiled as a whole, over steps that draw their samples.

The formulas are those of src/train on explicit weights, written out: automatic differentiation would arrive at the same
products. Runs that share their samples are a leading dimension; runs with samples of their own are mapped over.
"""

import os

import serve

if serve.confine():
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp

B, D = serve.BATCH, serve.DIM


def sample_quadratic(key):
    x = jax.random.normal(key, (B, D))
    return x, ((x * x - 1) * jnp.asarray(serve.quadratic())).sum(1)


def sample_mixture(key):
    first, second = jax.random.split(key)
    y = jnp.where(jax.random.bernoulli(first, 0.5, (B,)), 1.0, -1.0)
    plus, minus = serve.mixture()
    deviations = jnp.where(y[:, None] > 0, jnp.asarray(plus), jnp.asarray(minus))
    return jax.random.normal(second, (B, D)) * deviations, y


def products(w, x):
    """Of every neuron of every run with every sample: `(runs, N, b)`."""
    return jnp.einsum("rnd,bd->rnb", w, x)


def outer(z, factors, x):
    """The sum over samples of `factors·z xᵀ`: `(runs, N, d)`."""
    return jnp.einsum("rnb,bd->rnd", z * factors[:, None, :], x)


def nn(fixed, state, x, y, e):
    w, c = state
    z = products(w, x)
    r = y - (z * z).sum(1) - c[:, None]
    w += outer(z, 4 / B * e[:, None] * r, x)
    return w, c + 2 * e * r.mean(1)


def nn_published(fixed, state, x, y, e):
    w, a, c = state
    z = products(w, x)
    q = (z * z).sum(1)
    r = y - a[:, None] * q - c[:, None]
    w += outer(z, 4 / B * (e * a)[:, None] * r, x)
    return w, a + 2 * e * (r * q).mean(1), c + 2 * e * r.mean(1)


def nt(fixed, state, x, y, e):
    (w,) = fixed
    a, c = state
    u = w @ x.T
    trace = (a * w).sum((1, 2))
    f = 2 * (u * products(a, x)).sum(1) + (c - 2 * trace)[:, None]
    r = y - f
    mean = r.mean(1)
    a += outer(u[None], 4 / B * e[:, None] * r, x) - (4 * e * mean)[:, None, None] * w
    return a, c + 2 * e * mean


def nt_published(fixed, state, x, y, e):
    w, start = fixed
    a, g, c = state
    neurons = w.shape[0]
    u = w @ x.T
    square = u * u
    v = 2 * start[:, None] * u
    f = (a @ square + (v * products(g, x)).sum(1)) / neurons + c[:, None]
    r = y - f
    h = 2 / B * e[:, None] * r
    return a + h @ square.T, g + outer(v[None], h, x), c + 2 * e * r.mean(1)


def nn_mixture(fixed, state, x, y, e):
    w, a, c = state
    z = products(w, x)
    squares = (w * w).sum(2)
    f = jnp.einsum("rn,rnb->rb", a, z * z) + (c - (a * squares).sum(1))[:, None]
    r = y - f
    mean = r.mean(1)
    h = 2 / B * e[:, None] * r
    change = jnp.einsum("rnb,rb->rn", z * z, h) - 2 * (e * mean)[:, None] * squares
    shrink = 1 - 4 * (e * mean)[:, None] * a
    w = w * shrink[:, :, None] + outer(2 * a[:, :, None] * z, h, x)
    return w, a + change, c + 2 * e * mean


def network(request, runs):
    """The step, what stays, and where it starts."""
    n = request["neurons"]
    w = jax.random.normal(jax.random.key(0), (n, D)) / D**0.5
    many = jnp.tile(w, (runs, 1, 1))
    zero = jnp.zeros(runs)
    if request["problem"] == "mg" and request["regime"] == "nn":
        return nn_mixture, (), (many, jnp.zeros((runs, n)), zero)
    published = request["protocol"] == "published"
    if request["regime"] == "nn":
        return (nn_published, (), (many, zero, zero)) if published else (nn, (), (many, zero - (w * w).sum()))
    if published:
        start = jax.random.normal(jax.random.key(1), (n,))
        return nt_published, (w, start), (jnp.tile(start, (runs, 1)), 0 * many, zero)
    return nt, (w,), (0 * many, zero)


def prepare(request):
    runs = request["runs"]
    own = request.get("samples") == "own"
    sample = sample_mixture if request["problem"] == "mg" else sample_quadratic
    step, fixed, start = network(request, 1 if own else runs)
    sizes = jnp.asarray(serve.step_sizes(runs))
    steps = serve.chunk_steps(request["neurons"], runs)

    def train(fixed, state, key, sizes):
        def body(state, key):
            return step(fixed, state, *sample(key), sizes), None

        return jax.lax.scan(body, state, jax.random.split(key, steps))[0]

    if own:
        start = jax.tree.map(lambda part: jnp.tile(part, (runs,) + (1,) * part.ndim), start)
        sizes = sizes[:, None]
        train = jax.vmap(train, (None, 0, 0, 0))
    compiled = jax.jit(train, donate_argnums=1)
    # Each part is handed over, so none may be another.
    state, chunks = jax.tree.map(jnp.copy, start), 0

    def advance():
        nonlocal state, chunks
        chunks += 1
        key = jax.random.key(chunks)
        keys = jax.random.split(key, runs) if own else key
        state = jax.block_until_ready(compiled(fixed, state, keys, sizes))
        return state

    return advance, runs * steps


if __name__ == "__main__":
    serve.serve(f"JAX {jax.__version__}", prepare)
