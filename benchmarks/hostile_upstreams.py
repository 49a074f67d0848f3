"""Hostile upstreams: the files that adapters read, damaged in every way that a wheel or a CSV can be."""
# ruff: noqa: E501

from __future__ import annotations

import gzip
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
from benchmarks.hostile_wheels import DATED, REFUSED, WHEELS, of_wheel, wheel_bytes, wheel_kinds

__all__ = ["CALLS", "upstream_files", "upstream_kinds"]

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
    "lobehub": ("lobehub.csv", CHANGES + "c1,2025-09-01T08:00:00+08:00,volcengine,aster-1,input,,0.8,new\n", "0.8", "2025-09-01T08:00:00+08:00"),
    "tokencost": (
        "tokencost.csv", CHANGES + "c1,2024-01-30T21:24:04-08:00,openai,aster-1,input_cost_per_token,,3e-05,new\n", "3e-05", "2024-01-30T21:24:04-08:00",
    ),
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

MORE = {"tokencost": ("tokencost",)}
"""What an adapter is told before the file."""
CALLS: dict[str, tuple[str, ...]] = {
    **{f"ingest {name} wheel": ("ingest", name, "{file}@2026-01-31" if name in DATED else "{file}", "--data", "data") for name in WHEELS},
    **{f"ingest {name}": ("ingest", name, *MORE.get(name, ()), "{file}", "--data", "data") for name in TEXTS},
    "ingest exchange_rates_hmrc": ("ingest", "exchange_rates_hmrc", "--data", "data"),
}  # fmt: skip
"""The call of each adapter."""


def upstream_files() -> dict[str, bytes]:
    """The undamaged upstreams, by their path in a checkout."""
    files = {f"upstream/{file}": text.encode() for file, text, _, _ in TEXTS.values()}
    return files | {f"upstream/{file}": wheel_bytes({member: text.encode()}) for file, member, text in WHEELS.values()}


def upstream_kinds() -> Iterator[Kind]:
    """Every kind of damage to a file that an adapter reads."""
    yield from _good()
    yield from _of_files()
    yield from _of_texts()
    yield from wheel_kinds()
    yield from _of_own_tables()


def _good() -> Iterator[Kind]:
    """What an adapter takes must still be taken: a refusal of everything would pass all other cases."""
    for name in ("exchange_rates", "dify", "modelsdev", "lobehub", "tokencost", "compute_prices", "regions"):
        yield _of_text(name, "undamaged", lambda path: None, codes=(0,))


def _of_own_tables() -> Iterator[Kind]:
    """An adapter that reads what is installed, and no file: what it finds damaged is the table it would write."""
    changes: dict[str, Change] = {
        "a pipe": a_pipe, "a folder": a_folder, "a circle of links": a_circle_of_links,
        "random bytes": bytes_changed(lambda b: bytes(range(256)) * 8), "NUL": bytes_changed(lambda b: b[:-3] + b"\x00" + b[-3:]),
        "UTF-16": bytes_changed(lambda b: b.decode().encode("utf-16")), "gzip": bytes_changed(gzip.compress),
        "a quote not closed": bytes_changed(lambda b: b + b'"a,b\n'), "a cell too few": bytes_changed(lambda b: b + b"a,b\n"),
        "a column twice": bytes_changed(lambda b: b.replace(b"\n", b",date\n", 1)),
    }  # fmt: skip
    for table in ("exchange_rates", "sources"):
        for damage, change in changes.items():
            codes = {"ingest exchange_rates_hmrc": REFUSED}
            yield Kind("upstreams", f"exchange_rates_hmrc: {table}: {damage}", f"data/{table}.csv", change, codes)
    undamaged = {"ingest exchange_rates_hmrc": (0,)}
    yield Kind("upstreams", "exchange_rates_hmrc: undamaged", "data/sources.csv", lambda path: None, undamaged)


def _of_files() -> Iterator[Kind]:
    changes: dict[str, Change] = {
        "gone": removed, "a pipe": a_pipe, "a folder": a_folder, "a circle of links": a_circle_of_links,
        "a sparse file of 3 GB": a_sparse_file, "empty": bytes_changed(lambda b: b""),
        "random bytes": bytes_changed(lambda b: bytes(range(256)) * 8),
    }  # fmt: skip
    for damage, change in changes.items():
        yield from (_of_text(name, damage, change) for name in TEXTS)
        yield from (of_wheel(name, damage, change) for name in WHEELS)


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
        "its header alone": lambda b: b.partition(b"\n")[0] + b"\n",
        "a column less": lambda b: b"\n".join(line.partition(b",")[2] for line in b.split(b"\n")),
        "a column twice": lambda b: b.replace(b"\n", b",date,Date,commit,vendor\n", 1),
        "HTML": lambda b: b"<html><body>404</body></html>",
    }
    for damage, change in changes.items():
        yield from (_of_text(name, damage, bytes_changed(change)) for name in TEXTS)
    twice = bytes_changed(lambda b: b + b.splitlines(keepends=True)[-1])
    yield from (_of_text(name, "its last row twice", twice) for name in TEXTS if name not in ("regions", "evidence"))
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


def _of_text(name: str, damage: str, change: Change, codes: tuple[int, ...] = REFUSED) -> Kind:
    file = TEXTS[name][0]
    return Kind("upstreams", f"{name}: {damage}", f"upstream/{file}", change, {f"ingest {name}": codes}, file)
