"""Hostile upstreams: the files that adapters read, damaged in every way that a wheel or a CSV can be."""
# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterator

from benchmarks.hostile_kind import (
    Change,
    Kind,
    a_circle_of_links,
    a_folder,
    a_pipe,
    a_sparse_file,
    bytes_changed,
    removed,
    text_changed,
)

__all__ = ["CALLS", "upstream_files", "upstream_kinds"]

LITELLM = "litellm/model_prices_and_context_window_backup.json"
SNAPSHOT, PROVIDERS, PARTITIONS = "model_prices/snapshot.json", "genai_prices/data.py", "botocore/data/partitions.json"
ENTRY = {"litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}
RATES = {"input": 1, "output": 2, "source": "s", "valid_from": "2026-01-01T00:00:00Z", "valid_from_basis": "documented"}
WHEELS: dict[str, tuple[str, str, str]] = {
    "litellm": ("litellm-1.0-py3-none-any.whl", LITELLM, json.dumps({"aster-1": ENTRY})),
    "genai_prices": (
        "genai_prices-1.0-py3-none-any.whl", PROVIDERS,
        "providers: list = [Provider(id='a', pricing_urls=[], models=[ModelInfo(id='m', prices=ModelPrice(input_mtok=Decimal('1')))])]",
    ),
    "model_prices": (
        "model_prices-1.0-py3-none-any.whl", SNAPSHOT,
        json.dumps({"schema": 1, "updated_at": "2026-02-01T00:00:00Z",
                    "prices": {"a": {"b": {"standard": [{"start": None, "rates": RATES}]}}}}),
    ),
    "regions": (
        "botocore-1.0-py3-none-any.whl", PARTITIONS,
        json.dumps({"partitions": [{"id": "aws", "regions": {"us-east-1": {"description": "Virginia"}}}]}),
    ),
}  # fmt: skip
"""Of each adapter of wheels: the wheel, the file that is read of it, and a small one that is taken."""

CHANGES = "commit,committed_at,provider,model,key,old,new,event\n"
TEXTS: dict[str, tuple[str, str, str, str]] = {
    "exchange_rates": ("rates.csv", "Date,CHF,CNY,GBP,HKD,JPY,KRW,SGD,USD\n2026-01-05,0.93,7.8,0.8,8.5,160,1500,1.4,1.1\n", "7.8", "2026-01-05"),
    "dify": (
        "dify.csv",
        CHANGES + "".join(f"c1,2024-12-18T16:49:22+08:00,tongyi,aster-plus,{key},,{value},new\n" for key, value in
                          (("currency", "RMB"), ("unit", "0.001"), ("input", "0.0008"), ("output", "0.002"))),
        "0.0008", "2024-12-18T16:49:22+08:00",
    ),
    "modelsdev": ("modelsdev.csv", CHANGES + "c1,2026-01-18T16:49:22+08:00,openai,aster-1,input,,7.5,new\n", "7.5", "2026-01-18T16:49:22+08:00"),
    "compute_prices": (
        "machines.csv",
        "source,commit,commit_date,generated_at,region,instance_type,kind,value,event\n"
        "karpenter-azure,c1,2023-11-07,2023-10-27T06:44:32Z,eastus,Standard_D2s_v3,on_demand,0.096,new\n",
        "0.096", "2023-11-07",
    ),
    "regions": ("regions.csv", "date,version,partition,region,description,file\n2013-04-01,botocore==0.8.2,aws,us-east-1,,ec2.json\n", "", "2013-04-01"),
    "evidence": (
        "evidence.csv",
        "vendor,reporting_entity,metric,dimension,period_type,period_start,period_end,period_label,value,unit,"
        "value_as_printed,qualifier,source_url,source_title,publisher,published_date,source_kind,note\n"
        "aws,AWS,revenue,,quarter,2025-04-01,2025-06-30,Q2 2025,30873,USD million,\"30,873\",exact,"
        "https://example.org/q,A quarter of AWS,Example Wire,2025-07-31,news,\n",
        "30873", "2025-07-31",
    ),
}  # fmt: skip
"""Of each adapter of texts: the file, what it holds, a number and a day in it."""

CALLS: dict[str, tuple[str, ...]] = {
    **{f"ingest {name} wheel": ("ingest", name, "{file}@2026-01-31" if name in ("litellm", "genai_prices") else "{file}", "--data", "data") for name in WHEELS},
    **{f"ingest {name}": ("ingest", name, "{file}", "--data", "data") for name in TEXTS},
}  # fmt: skip
"""The call of each adapter."""
REFUSED = (2,)


def upstream_files() -> dict[str, bytes]:
    """The undamaged upstreams, by their path in a checkout."""
    files = {f"upstream/{file}": text.encode() for file, text, _, _ in TEXTS.values()}
    return files | {f"upstream/{file}": _wheel({member: text.encode()}) for file, member, text in WHEELS.values()}


def upstream_kinds() -> Iterator[Kind]:
    """Every kind of damage to a file that an adapter reads."""
    yield from _good()
    yield from _of_files()
    yield from _of_texts()
    yield from _of_wheels()
    yield from _of_members()


def _good() -> Iterator[Kind]:
    """What an adapter takes must still be taken: a refusal of everything would pass all other cases."""
    for name in ("exchange_rates", "dify", "modelsdev", "compute_prices", "regions"):
        yield _of_text(name, "undamaged", lambda path: None, codes=(0,))
    for name in ("litellm", "genai_prices", "model_prices"):
        yield _of_wheel(name, "undamaged", lambda path: None, codes=(0,))


def _of_files() -> Iterator[Kind]:
    changes: dict[str, Change] = {
        "gone": removed, "a pipe": a_pipe, "a folder": a_folder, "a circle of links": a_circle_of_links,
        "a sparse file of 3 GB": a_sparse_file, "empty": bytes_changed(lambda b: b""),
        "random bytes": bytes_changed(lambda b: bytes(range(256)) * 8),
    }  # fmt: skip
    for damage, change in changes.items():
        yield from (_of_text(name, damage, change) for name in TEXTS)
        yield from (_of_wheel(name, damage, change) for name in WHEELS)


def _of_texts() -> Iterator[Kind]:
    changes: dict[str, Callable[[bytes], bytes]] = {
        "line ends of CR alone": lambda b: b.replace(b"\n", b"\r"),
        "UTF-16": lambda b: b.decode().encode("utf-16"),
        "GBK": lambda b: (b.decode() + "云\n").encode("gbk"),
        "gzip": lambda b: gzip.compress(b, mtime=0),
        "NUL": lambda b: b[:-3] + b"\x00" + b[-3:],
        "a quote not closed": lambda b: b + b'"a,b\n',
        "a cell too few": lambda b: b + b"a,b\n",
        "a line without end": lambda b: b + b"9" * 2_000_000,
        "a column less": lambda b: b"\n".join(line.partition(b",")[2] for line in b.split(b"\n")),
        "a column twice": lambda b: b.replace(b"\n", b",date,Date,commit,vendor\n", 1),
        "HTML": lambda b: b"<html><body>404</body></html>",
    }
    for damage, change in changes.items():
        yield from (_of_text(name, damage, bytes_changed(change)) for name in TEXTS)
    numbers = (
        "9" * 400,
        "0." + "9" * 400,
        "1e400",
        "1e99999999",
        "NaN",
        "inf",
        "-inf",
        "７.８",
        "1_0",
        "=1+1",
        "0x10",
        "--1",
        "+1",
        "1,0",
        "1\u00a0000",
        "\u202e1",
        "1\u200b",
        "1\ufffd",
    )
    for number in numbers:
        for name, (_, _, old, _) in TEXTS.items():
            if old:
                quoted = f'"{number}"' if "," in number else number
                change = text_changed(lambda s, old=old, new=quoted: s.replace(f",{old},", f",{new},", 1))
                taken = REFUSED if name != "evidence" else (0, 2)
                yield _of_text(name, f"a number {number[:12]!r}", change, taken)
    for day in (
        "2025-06-31",
        "9999-12-31",
        "0001-01-01",
        "２０２５-06-30",
        "2025-6-3",
        "31.12.2025",
        "20250630",
        "today",
        "2025-06-30T25:00:00Z",
        "-2025-06-30",
        "2025-06-30\u200b",
    ):
        for name, (_, _, _, old) in TEXTS.items():
            change = text_changed(lambda s, old=old, new=day: s.replace(old, new, 1))
            yield _of_text(name, f"a day {day!r}", change, REFUSED if name != "evidence" else (0, 2))


def _of_wheels() -> Iterator[Kind]:
    changes: dict[str, Callable[[bytes], bytes]] = {
        "cut off": lambda b: b[:-30],
        "without its end": lambda b: b[: len(b) // 2],
        "a text": lambda b: b"free text",
        "encrypted": lambda b: _flagged(b, 6, 8, 1),
        "packed in no way known": lambda b: _flagged(b, 8, 10, 97),
        "a sum that does not fit": lambda b: _flagged(b, 14, 16, 7),
        "a size that does not fit": lambda b: _flagged(b, 22, 24, 9999),
        "a tail before it": lambda b: b"#!/bin/sh\nexit\n" + b[: len(b) // 3],
    }
    for damage, change in changes.items():
        yield from (_of_wheel(name, damage, bytes_changed(change)) for name in WHEELS)
    for name, (_, member, text) in WHEELS.items():
        yield _of_wheel(name, "without the file", bytes_changed(lambda b: _wheel({"a/b.py": b""})))
        yield _of_wheel(name, "the file twice", bytes_changed(lambda b, m=member, t=text: _wheel({m: t.encode()}, m)))
        yield _of_wheel(name, "30,000 files", bytes_changed(lambda b: _wheel({f"a/{n}": b"" for n in range(30_000)})))
        yield _of_wheel(name, "a file that swells", bytes_changed(lambda b, m=member: _wheel({m: b" " * (80 << 20)})))
        slipping = "../../../slipped.py"
        yield _of_wheel(name, "a path that leads out", bytes_changed(lambda b, s=slipping: _wheel({s: b"x"})))


def _of_members() -> Iterator[Kind]:
    price = '{"a": {"litellm_provider": "openai", "input_cost_per_token": %s}}'
    texts = {
        "no object": b"7", "null": b"null", "a list": b"[]", "half of it": b'{"a": ', "a nesting without end": b'{"a": ' * 100_000,
        "a list without end": b"[" * 100_000 + b"]" * 100_000, "half a letter": b'{"\\ud800": {}}', "half a letter inside": b'{"a": {"x": "\\udfff"}}',
        "a key twice": b'{"schema": 1, "schema": 1}', "UTF-16": '{"a": {}}'.encode("utf-16"), "NaN": (price % "NaN").encode(),
        "infinity": (price % "-Infinity").encode(), "1e400": (price % "1e400").encode(), "1e99999999": (price % "1e99999999").encode(),
        "400 digits": (price % ("9" * 400)).encode(), "a text for a price": (price % '"１"').encode(), "below zero": (price % "-1").encode(),
        "a list for a price": (price % "[1]").encode(), "true for a price": (price % "true").encode(), "5,000 digits": (price % ("9" * 5_000)).encode(),
    }  # fmt: skip
    for damage, content in texts.items():
        for name, (_, member, _) in WHEELS.items():
            change = bytes_changed(lambda b, m=member, c=content: _wheel({m: c}))
            yield _of_wheel(name, f"its file: {damage}", change)
    for model in ("=HYPERLINK(1)", "a\u200bb", "a\x1b[2J", "a\nb", "\ufffd", "x" * 3_000, "a\u202eb"):
        content = json.dumps({model: ENTRY}).encode()
        yield _of_wheel("litellm", f"a model {model[:8]!a}", bytes_changed(lambda b, c=content: _wheel({LITELLM: c})))
    running = (
        "import os\nos.system('touch ran')\nproviders: list = []",
        "providers: list = [__import__('os').system('touch ran')]",
        "providers: list = eval('1')",
        "providers: list = [x for x in ()]",
        "providers: list = (lambda: [])()",
        "providers: list = '" + "[" * 5_000 + "'",
        "providers: list = " + "-" * 50_000 + "1",
        "providers: list = [Provider(id=f'{1}', models=[])]",
        "providers: list = 9**9**9",
        "providers: list = ['a'] * 10**10",
        "providers: list = []\x00",
        "providers = 7",
        "\ufeffproviders: list = 7",
        "providers: list = [Provider(**{'id': 'a'})]",
    )
    for code in running:
        change = bytes_changed(lambda b, c=code: _wheel({PROVIDERS: c.encode()}))
        yield _of_wheel("genai_prices", f"a module {code[:40]!a}", change)


def _of_text(name: str, damage: str, change: Change, codes: tuple[int, ...] = REFUSED) -> Kind:
    return Kind("upstreams", f"{name}: {damage}", f"upstream/{TEXTS[name][0]}", change, {f"ingest {name}": codes})


def _of_wheel(name: str, damage: str, change: Change, codes: tuple[int, ...] = REFUSED) -> Kind:
    return Kind(
        "upstreams", f"{name} wheel: {damage}", f"upstream/{WHEELS[name][0]}", change, {f"ingest {name} wheel": codes}
    )


def _wheel(members: dict[str, bytes], twice: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        if twice:
            info = zipfile.ZipInfo(twice.replace("/", "|"), (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, b"{}")
    return file.getvalue().replace(twice.replace("/", "|").encode(), twice.encode()) if twice else file.getvalue()


def _flagged(content: bytes, local: int, central: int, value: int) -> bytes:
    """The bytes of a zip file with another number in both heads of its first file."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = content.index(signature) + offset
        changed[at : at + 2] = struct.pack("<H", value)
    return bytes(changed)
