"""Hostile wheels: the packages that adapters read, damaged as archives and in the files that are read of them."""
# ruff: noqa: E501

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterator

from benchmarks.hostile_kind import Change, Kind, bytes_changed

__all__ = ["DATED", "REFUSED", "WHEELS", "of_wheel", "wheel_bytes", "wheel_kinds"]

REFUSED = (2,)
LITELLM = "litellm/model_prices_and_context_window_backup.json"
SNAPSHOT, PROVIDERS, PARTITIONS = "model_prices/snapshot.json", "genai_prices/data.py", "botocore/data/partitions.json"
AZURE = "azure_genai_prices/data/snapshot.json"
ENTRY = {"litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}
RATES = {"input": 1, "output": 2, "source": "s", "valid_from": "2026-01-01T00:00:00Z", "valid_from_basis": "documented"}
LINE = {
    "effectiveStartDate": "2025-03-01T00:00:00Z", "meterName": "9.1 opt Dz 1M Tokens", "productName": "Azure OpenAI GPT9",
    "regions": ["eastus", "westus"], "retailPrice": 16.5, "unitOfMeasure": "1M",
}  # fmt: skip
DATED = ("litellm", "genai_prices", "azure_genai_prices")
"""Wheels that say no day of their own: it is given with the path."""
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
    "azure_genai_prices": (
        "azure_genai_prices-1.0-py3-none-any.whl", AZURE, json.dumps({"fetched_at": "2026-01-31T00:57:47.5", "items": [LINE]}),
    ),
    "regions": (
        "botocore-1.0-py3-none-any.whl", PARTITIONS,
        json.dumps({"partitions": [{"id": "aws", "regions": {"us-east-1": {"description": "Virginia"}}}]}),
    ),
}  # fmt: skip
"""Of each adapter of wheels: the wheel, the file that is read of it, and a small one that is taken."""


def wheel_kinds() -> Iterator[Kind]:
    """Every kind of damage to a wheel and to a file in it; and good ones, since a refusal of all would pass the rest."""
    yield from (of_wheel(name, "undamaged", lambda path: None, codes=(0,)) for name in WHEELS if name != "regions")
    yield from _of_wheels()
    yield from _of_members()
    yield from _of_lines()


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
        yield from (of_wheel(name, damage, bytes_changed(change)) for name in WHEELS)
    for name, (_, member, text) in WHEELS.items():
        yield of_wheel(name, "without the file", bytes_changed(lambda b: wheel_bytes({"a/b.py": b""})))
        yield of_wheel(
            name, "the file twice", bytes_changed(lambda b, m=member, t=text: wheel_bytes({m: t.encode()}, m))
        )
        yield of_wheel(
            name, "30,000 files", bytes_changed(lambda b: wheel_bytes({f"a/{n}": b"" for n in range(30_000)}))
        )
        yield of_wheel(
            name, "a file that swells", bytes_changed(lambda b, m=member: wheel_bytes({m: b" " * (80 << 20)}))
        )
        slipping = "../../../slipped.py"
        yield of_wheel(name, "a path that leads out", bytes_changed(lambda b, s=slipping: wheel_bytes({s: b"x"})))


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
            change = bytes_changed(lambda b, m=member, c=content: wheel_bytes({m: c}))
            yield of_wheel(name, f"its file: {damage}", change)
    for model in ("=HYPERLINK(1)", "a\u200bb", "a\x1b[2J", "a\nb", "\ufffd", "x" * 3_000, "a\u202eb"):
        content = json.dumps({model: ENTRY}).encode()
        yield of_wheel(
            "litellm", f"a model {model[:8]!a}", bytes_changed(lambda b, c=content: wheel_bytes({LITELLM: c}))
        )
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
        change = bytes_changed(lambda b, c=code: wheel_bytes({PROVIDERS: c.encode()}))
        yield of_wheel("genai_prices", f"a module {code[:40]!a}", change)


def _of_lines() -> Iterator[Kind]:
    """Cells of a price list that are no price, no day, no unit and no name."""
    hostile: dict[str, tuple[object, ...]] = {
        "retailPrice": (-1, "１", [1], True, None, {}, int("9" * 400), "NaN"),
        "effectiveStartDate": ("2025-06-31T00:00:00Z", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z", "soon", 7, None, "２０２５-06-30T00:00:00Z"),
        "unitOfMeasure": ("1Z", 7, None, "=1+1"), "regions": (7, None, [7], ["a\x1b[2J"], ["=1+1"]), "meterName": (7, None, []),
    }  # fmt: skip
    for key, values in hostile.items():
        for place, value in enumerate(values):
            content = json.dumps({"fetched_at": "2026-01-31T00:57:47.5", "items": [LINE | {key: value}]}).encode()
            change = bytes_changed(lambda b, c=content: wheel_bytes({AZURE: c}))
            yield of_wheel("azure_genai_prices", f"{key} {str(value)[:12]!a} ({place})", change)


def of_wheel(name: str, damage: str, change: Change, codes: tuple[int, ...] = REFUSED) -> Kind:
    """A kind of damage to the wheel of an adapter."""
    file = WHEELS[name][0]
    codes_of = {f"ingest {name} wheel": codes}
    return Kind("upstreams", f"{name} wheel: {damage}", f"upstream/{file}", change, codes_of, file)


def wheel_bytes(members: dict[str, bytes], twice: str = "") -> bytes:
    """A wheel of these files, the file `twice` standing in it once more."""
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
