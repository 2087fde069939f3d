"""The figure of Lazy Limits as a widget, for Jupyter, marimo and whatever else takes anywidget's.

Copy this file beside your notebook, and put the figure itself there with

    cargo xtask build --widget lazy_limits_widget.js

It needs the package anywidget, and no network.
"""

import pathlib

import anywidget
import traitlets


class LazyLimits(anywidget.AnyWidget):
    """A figure: ``LazyLimits("mixture", rho=0.5, panels="risk")``.

    What is no trait below is a setting, written with underscores: ``step_size=0.1``. A value that is not allowed changes
    nothing; the figure says in one sentence what is.
    """

    _esm = pathlib.Path(__file__).with_name("lazy_limits_widget.js")

    figure = traitlets.Unicode("quadratic").tag(sync=True)
    """``quadratic``, ``laziness``, ``mixture``, ``activation`` or ``neuron``."""

    state = traitlets.Dict().tag(sync=True)
    """The settings that you or the reader has set; others are at their defaults. Assign another to set them."""

    panels = traitlets.Unicode("").tag(sync=True)
    """The panels shown, such as ``risk,spectrum``; all if empty."""

    controls = traitlets.Unicode("").tag(sync=True)
    """The controls shown, such as ``rho,runs``, or ``none``; all if empty."""

    readouts = traitlets.Unicode("").tag(sync=True)
    """The numbers as a ``table``, a ``line``, or ``none``."""

    height = traitlets.Int(None, allow_none=True).tag(sync=True)
    """Pixels that the figure is high at least."""

    lock = traitlets.Unicode("").tag(sync=True)
    """Settings that the reader cannot change, or ``all``."""

    theme = traitlets.Unicode("auto").tag(sync=True)
    """``light``, ``dark``, or ``auto``, which is the notebook's."""

    risks = traitlets.Dict().tag(sync=True)
    """To be read: the risks at the handle; empty until the figure has been drawn."""

    runs = traitlets.List().tag(sync=True)
    """To be read: the networks, each with its samples, its risk and its status."""

    def __init__(self, figure="quadratic", **values):
        traits = {name: values.pop(name) for name in list(values) if self.has_trait(name)}
        settings = {**traits.pop("state", {}), **_settings(values)}
        super().__init__(figure=figure, state=settings, **traits)

    def set(self, **settings):
        """Sets some settings and leaves the others: ``figure.set(rho=0.3)``."""
        self.state = {**self.state, **_settings(settings)}


def _settings(values):
    return {name.replace("_", "-"): value for name, value in values.items()}
