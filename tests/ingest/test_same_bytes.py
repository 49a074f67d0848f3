"""The adapters write the same bytes in every time zone and locale."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from canonical.table_schema import ROOT
from tests.ingest.test_hostile_files import TABLES

CHANGES = """commit,committed_at,provider,model,key,old,new,event
c1,2026-05-01T23:30:00-07:00,openai,aster-1,input,,2.5,new
c2,2026-05-02T23:59:59+00:00,openai,aster-1,output,,10,new
c3,2026-05-04T00:30:00+08:00,openai,aster-1,output,10,12,change
"""
QWEN = CHANGES.replace("openai", "qwen")
DIFY = """commit,committed_at,provider,model,key,old,new,event
c1,2026-05-01T23:30:00-07:00,tongyi,aster-1,currency,,RMB,new
c1,2026-05-01T23:30:00-07:00,tongyi,aster-1,unit,,0.001,new
c1,2026-05-01T23:30:00-07:00,tongyi,aster-1,input,,0.0008,new
"""
MIRROR = CHANGES.replace(",input,", ",input_cost_per_token,").replace(",output,", ",output_cost_per_token,")
RATES = """Date,CHF,CNY,GBP,HKD,JPY,KRW,SGD,USD
2026-01-05,0.93,7.1,0.8,8,160,1500,1.4,1.1
"""
MAPS = """source,commit,commit_date,generated_at,region,instance_type,kind,value,event
karpenter-azure,c1,2026-05-01,2026-05-01T00:05:00Z,westus3,D2as,on_demand,0.178,new
karpenter-azure,c2,2026-06-01,2026-05-31T23:55:00Z,westus3,D2as,on_demand,0.18,change
"""
UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token,token,token_volume,,token,1,
token-1k,1K tokens,token_volume,,token,1000,
token-1m,1M tokens,token_volume,,token,1000000,
"""
PLACES = {
    "UTC": {"TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "Los Angeles": {"TZ": "America/Los_Angeles", "LC_ALL": "en_US.UTF-8"},
    "Shanghai": {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.GBK"},
    "C": {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}
FILES = {
    "changes.csv": CHANGES, "qwen.csv": QWEN, "dify.csv": DIFY, "mirror.csv": MIRROR, "rates.csv": RATES,
    "maps.csv": MAPS,
}  # fmt: skip
CALLS = (
    "modelsdev FOLDER/changes.csv", "lobehub FOLDER/qwen.csv", "dify FOLDER/dify.csv",
    "tokencost tokencost FOLDER/mirror.csv", "exchange_rates FOLDER/rates.csv", "compute_prices FOLDER/maps.csv",
)  # fmt: skip
RUN = """
import sys
from ingest.__main__ import main
for line in sys.argv[1].split(";"):
    assert main(line.split()) == 0, line
"""


def written(folder: Path, place: str) -> dict[str, bytes]:
    """What the adapters write into an empty folder of tables, run in a place of its own."""
    data = folder / place.replace(" ", "-")
    data.mkdir()
    (data / "units.csv").write_text(UNITS, encoding="utf-8")
    wheels = "".join(f";{name} {folder}/{TABLES[name][0]} --data {data}" for name in TABLES)
    texts = "".join(f";{call} --data {data}" for call in CALLS).replace("FOLDER", str(folder))
    calls = texts.removeprefix(";") + wheels
    environment = {**os.environ, **PLACES[place], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", RUN, calls], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def upstreams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("upstreams")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for file, member, text in TABLES.values():
        with zipfile.ZipFile(folder / file.partition("@")[0], "w") as archive:
            archive.writestr(zipfile.ZipInfo(member, (2026, 1, 1, 0, 0, 0)), text)
    return folder


def test_every_adapter_writes_the_same_bytes_everywhere(upstreams: Path) -> None:
    first, *others = (written(upstreams, place) for place in PLACES)
    assert {
        "model_prices.csv",
        "regions.csv",
        "sources.csv",
        "compute_prices/vendor_id=microsoft/part-0.parquet",
    } < first.keys()
    assert b"2026-05-02" in first["model_prices.csv"]
    for other in others:
        assert other == first
