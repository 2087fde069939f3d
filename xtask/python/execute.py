"""Executes a notebook from the top, and keeps what comes of it, widgets included: ``execute.py NOTEBOOK EXECUTED``."""

import pathlib
import sys

import nbclient
import nbformat

source, target = map(pathlib.Path, sys.argv[1:])
notebook = nbformat.read(source, as_version=4)
nbclient.NotebookClient(notebook, resources={"metadata": {"path": source.parent}}).execute()
nbformat.write(notebook, target)
