"""TensorFlow as a peer: a function of many steps, each of which draws its samples, in one graph.

The formulas are those of src/train on explicit weights, written out. Runs that share their samples are a leading
dimension. Compiled by XLA it is slower (its normal variates are), so it is not.
"""

import os

import serve

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
confined = serve.confine()

import tensorflow as tf

if confined:
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)

B, D = serve.BATCH, serve.DIM
QUADRATIC = tf.constant(serve.quadratic())
PLUS, MINUS = map(tf.constant, serve.mixture())


def sample_quadratic():
    x = tf.random.normal((B, D))
    return x, tf.linalg.matvec(x * x - 1, QUADRATIC)


def sample_mixture():
    y = tf.where(tf.random.uniform((B,)) < 0.5, 1.0, -1.0)
    return tf.random.normal((B, D)) * tf.where(y[:, None] > 0, PLUS, MINUS), y


def products(w, x):
    """Of every neuron of every run with every sample: `(runs, N, b)`."""
    runs, neurons, _ = w.shape
    return tf.reshape(
        tf.matmul(tf.reshape(w, (runs * neurons, D)), x, transpose_b=True), (runs, neurons, B)
    )


def outer(z, factors, x):
    """The sum over samples of `factors·z xᵀ`: `(runs, N, d)`."""
    scaled = z * factors[:, None, :]
    runs, neurons, _ = scaled.shape
    return tf.reshape(tf.matmul(tf.reshape(scaled, (runs * neurons, B)), x), (runs, neurons, D))


def mean(values):
    return tf.reduce_mean(values, 1)


def nn(fixed, state, x, y, e):
    w, c = state
    z = products(w, x)
    r = y - tf.reduce_sum(z * z, 1) - c[:, None]
    return w + outer(z, 4 / B * e[:, None] * r, x), c + 2 * e * mean(r)


def nn_published(fixed, state, x, y, e):
    w, a, c = state
    z = products(w, x)
    q = tf.reduce_sum(z * z, 1)
    r = y - a[:, None] * q - c[:, None]
    w += outer(z, 4 / B * (e * a)[:, None] * r, x)
    return w, a + 2 * e * mean(r * q), c + 2 * e * mean(r)


def nt(fixed, state, x, y, e):
    (w,) = fixed
    a, c = state
    u = tf.matmul(w, x, transpose_b=True)
    trace = tf.reduce_sum(a * w, (1, 2))
    r = y - 2 * tf.reduce_sum(u * products(a, x), 1) - (c - 2 * trace)[:, None]
    shift = 4 * e * mean(r)
    a += outer(u[None], 4 / B * e[:, None] * r, x) - shift[:, None, None] * w
    return a, c + 2 * e * mean(r)


def nt_published(fixed, state, x, y, e):
    w, start = fixed
    a, g, c = state
    u = tf.matmul(w, x, transpose_b=True)
    square = u * u
    v = 2 * start[:, None] * u
    sums = tf.matmul(a, square) + tf.reduce_sum(v * products(g, x), 1)
    r = y - sums / w.shape[0] - c[:, None]
    h = 2 / B * e[:, None] * r
    a += tf.matmul(h, square, transpose_b=True)
    return a, g + outer(v[None], h, x), c + 2 * e * mean(r)


def nn_mixture(fixed, state, x, y, e):
    w, a, c = state
    z = products(w, x)
    z2 = z * z
    squares = tf.reduce_sum(w * w, 2)
    centre = c - tf.reduce_sum(a * squares, 1)
    r = y - tf.linalg.matvec(z2, a, transpose_a=True) - centre[:, None]
    h = 2 / B * e[:, None] * r
    shift = 2 * (e * mean(r))[:, None]
    change = tf.linalg.matvec(z2, h) - shift * squares
    w = w * (1 - 2 * shift * a)[:, :, None] + outer(2 * a[:, :, None] * z, h, x)
    return w, a + change, c + 2 * e * mean(r)


def network(request):
    """The step, what stays, and where it starts."""
    n, runs = request["neurons"], request["runs"]
    w = tf.random.normal((n, D)) / D**0.5
    many = tf.tile(w[None], (runs, 1, 1))
    zero = tf.zeros(runs)
    if request["problem"] == "mg" and request["regime"] == "nn":
        return nn_mixture, (), (many, tf.zeros((runs, n)), zero)
    published = request["protocol"] == "published"
    if request["regime"] == "nn":
        return (nn_published, (), (many, zero, zero)) if published else (nn, (), (many, zero - tf.reduce_sum(w * w)))
    if published:
        start = tf.random.normal((n,))
        return nt_published, (w, start), (tf.tile(start[None], (runs, 1)), 0 * many, zero)
    return nt, (w,), (0 * many, zero)


def prepare(request):
    sample = sample_mixture if request["problem"] == "mg" else sample_quadratic
    step, fixed, state = network(request)
    sizes = tf.constant(serve.step_sizes(request["runs"]))
    steps = serve.chunk_steps(request["neurons"], request["runs"])

    @tf.function
    def train(fixed, state):
        def body(i, state):
            return i + 1, step(fixed, state, *sample(), sizes)

        return tf.while_loop(
            lambda i, state: i < steps, body, (tf.constant(0), state), parallel_iterations=1
        )[1]

    def advance():
        nonlocal state
        state = train(fixed, state)
        state[-1].numpy()
        return state

    return advance, request["runs"] * steps


if __name__ == "__main__":
    serve.serve(f"TensorFlow {tf.__version__}", prepare)
