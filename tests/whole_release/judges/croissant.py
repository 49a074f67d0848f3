"""Prints the records that mlcroissant yields of each table named, as JSON."""

import json
import sys

import mlcroissant

folder, *tables = sys.argv[1:]
dataset = mlcroissant.Dataset(jsonld=f"{folder}/croissant.json")
issues = dataset.metadata.ctx.issues
assert not issues.errors, issues.errors
print(json.dumps({table: sum(1 for _ in dataset.records(table)) for table in tables}))
