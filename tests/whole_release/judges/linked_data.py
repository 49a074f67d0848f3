"""Prints what csvw, datacite and rdflib read of the folder, as JSON."""

import json
import sys
from pathlib import Path

import rdflib
from csvw import TableGroup
from datacite import schema45

folder = Path(sys.argv[1])
wanted = sys.argv[2:]
group = TableGroup.from_file(str(folder / "csv-metadata.json"))
rows = {Path(table.local_name).stem: table for table in group.tables}
graph = rdflib.Graph().parse(str(folder / "dcat.jsonld"), format="json-ld")
dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
record = json.loads((folder / "datacite.json").read_text(encoding="utf-8"))
print(json.dumps({
    "csvw": {name: sum(1 for _ in rows[name].iterdicts()) for name in wanted},
    "datacite": [error.message for error in schema45.validator.iter_errors(record)],
    "dcat": len(list(graph.subjects(rdflib.RDF.type, dcat.Distribution))),
}))  # fmt: skip
