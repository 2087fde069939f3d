"""Checks a manifest against schemas of Kubernetes, for which unknown fields are errors, and prints it as JSON.

``manifest.py FILE VERSION…``
"""

import json
import sys

import kubernetes_validate
import yaml

file, *versions = sys.argv[1:]
with open(file, encoding="utf-8") as stream:
    try:
        manifest = yaml.safe_load(stream)
    except yaml.YAMLError as error:
        sys.exit(f"{file} is no YAML: {error}")
for version in versions:
    try:
        kubernetes_validate.validate(manifest, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        place = ".".join(map(str, error.path))
        sys.exit(f"{file} is none of Kubernetes {version}: {place}: {error.message}")
json.dump(manifest, sys.stdout)
