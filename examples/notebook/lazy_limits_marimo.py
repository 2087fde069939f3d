# The figure in a marimo notebook: `marimo edit lazy_limits_marimo.py`, with `lazy_limits_widget.py` and the file that it names
# beside it.

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from lazy_limits_widget import LazyLimits

    return LazyLimits, mo


@app.cell
def _(LazyLimits, mo):
    figure = mo.ui.anywidget(LazyLimits("mixture", rho=0.5))
    figure
    return (figure,)


@app.cell
def _(figure, mo):
    # Runs again whenever the figure tells something new.
    risks = figure.value.get("risks") or {}
    limit = risks.get("limit") or {}
    mo.md(f"The limit of trained networks: {limit.get('nn')}")
    return


if __name__ == "__main__":
    app.run()
