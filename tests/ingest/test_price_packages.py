"""The packages model-prices and genai-prices, on made-up snapshots in their form."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from canonical.text_tables import Row, read_rows
from ingest.__main__ import main
from ingest.genai_prices import providers_of

UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token-1m,1M tokens,token_volume,,token,1000000,
request-1k,1K requests,count,,request,1000,
"""
COMMIT = {"source": "https://github.com/sst/models.dev/commit/788d887eb16a", "valid_from_basis": "models.dev commit"}
PAGE = {"source": "https://api-docs.example/news", "valid_from_basis": "documented"}
SNAPSHOT: dict[str, Any] = {
    "schema": 1,
    "updated_at": "2026-10-26T18:46:35Z",
    "prices": {
        "deepseek": {
            "chat": {
                "standard": [
                    {
                        "start": None,
                        "rates": {"input": 0.27, "output": 1.1, "valid_from": "2025-06-10T22:55:28Z", **COMMIT},
                    },
                    {
                        "start": "2025-08-25T16:35:54Z",
                        "rates": {
                            "input": 0.57,
                            "output": 1.68,
                            "cache_write_1h_multiple": 2.0,
                            "tiers": [{"above": 200000, "input": 1.14}],
                            "valid_from": "2025-08-25T16:35:54Z",
                            **PAGE,
                        },
                    },
                    {"start": "2025-11-17T00:00:00Z", "rates": None},
                ]
            }
        }
    },
}
MODULE = """
providers: list[Provider] = [
    Provider(id='deepseek', name='DeepSeek', pricing_urls=['https://api-docs.example'], models=[
        ModelInfo(id='chat', match=ClauseEquals(equals='chat'), prices=[
            ConditionalPrice(prices=ModelPrice(
                input_mtok=TieredPrices(base=Decimal('0.27'), tiers=[Tier(start=200000, price=Decimal('1'))]),
                web_searches_kcount=Decimal('10'))),
            ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2025, 9, 5)),
                prices=ModelPrice(input_mtok=Decimal('0.57'), web_searches_kcount=Decimal('10'))),
            ConditionalPrice(constraint=TimeOfDateConstraint(start_time=datetime.time(0, 30, tzinfo=datetime.UTC),
                end_time=datetime.time(16, 30, tzinfo=datetime.UTC)), prices=ModelPrice(input_mtok=Decimal('0.3'))),
        ], price_variants=[PriceVariant(when={'processing': 'batch'}, prices=ModelPrice(input_mtok=Decimal('0.1')))]),
    ])
]
"""


def a_wheel(folder: Path, name: str, member: str, text: str) -> str:
    wheel = folder / f"{name}-0.0.5-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(member, text)
    return str(wheel)


def taken_up(folder: Path, *arguments: str) -> list[Row]:
    target = folder / "data"
    target.mkdir(exist_ok=True)
    (target / "units.csv").write_text(UNITS, encoding="utf-8")
    assert main([*arguments, "--data", str(target)]) == 0
    return read_rows(target / "model_prices.csv")


def snapshot_rows(folder: Path, snapshot: dict[str, Any] = SNAPSHOT) -> list[Row]:
    wheel = a_wheel(folder, "model_prices", "model_prices/snapshot.json", json.dumps(snapshot))
    return taken_up(folder, "model_prices", wheel)


def test_segments_keep_their_source_and_basis(tmp_path: Path) -> None:
    rows = [row for row in snapshot_rows(tmp_path) if row["meter"] == "input" and not row["tier_from_tokens"]]
    shown = [(r["amount"], r["valid_from"], r["valid_to"], r["date_basis"], r["left_censored"]) for r in rows]
    assert shown == [
        ("0.27", "2025-06-10", "2025-08-24", "commit", "true"),
        ("0.57", "2025-08-25", "2025-11-16", "documented", "false"),
    ]
    assert [row["locator"] for row in rows] == ["models.dev 788d887eb16a", "https://api-docs.example/news"]


def a_timeline(*segments: tuple[str | None, object, dict[str, str], float]) -> dict[str, Any]:
    """A snapshot with one model of segments: start, day the price is known from, basis, input price."""
    return {
        **SNAPSHOT,
        "prices": {
            "deepseek": {
                "chat": {
                    "standard": [
                        {"start": start, "rates": {"input": price, "output": 9, "valid_from": known, **basis}}
                        for start, known, basis, price in segments
                    ]
                }
            }
        },
    }


def inputs(rows: list[Row], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows if row["meter"] == "input"]


def test_a_price_known_only_after_the_next_one_began_held_before_it(tmp_path: Path) -> None:
    first = (None, "2026-06-03T15:00:39Z", COMMIT, 0.5)
    rows = snapshot_rows(tmp_path, a_timeline(first, ("2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", PAGE, 0.32)))
    assert inputs(rows, "amount", "valid_from", "valid_to", "date_basis", "left_censored") == [
        ("0.5", "", "2026-05-31", "commit", "true"),
        ("0.32", "2026-06-01", "", "documented", "false"),
    ]
    output = next(row for row in rows if row["meter"] == "output")
    assert (output["valid_from"], output["date_basis"]) == ("2026-06-01", "documented")


def test_a_price_corrected_from_its_own_moment_on_was_never_in_force(tmp_path: Path) -> None:
    moment = "2026-06-03T15:00:39Z"
    rows = snapshot_rows(tmp_path, a_timeline((None, moment, COMMIT, 10), (moment, moment, PAGE, 30)))
    assert inputs(rows, "amount", "valid_from") == [("30", "2026-06-03")]


def test_an_amount_that_stays_takes_the_better_basis(tmp_path: Path) -> None:
    later = ("2026-10-07T00:00:00Z", "2026-10-07T00:00:00Z", PAGE, 0.5)
    rows = snapshot_rows(tmp_path, a_timeline((None, "2026-09-28T00:00:00Z", COMMIT, 0.5), later))
    assert inputs(rows, "valid_from", "date_basis", "locator", "note") == [
        ("2026-09-28", "documented", PAGE["source"], "In the list before the day the document gives")
    ]


def test_what_google_sells_of_others_it_sells_through_vertex(tmp_path: Path) -> None:
    module = MODULE.replace("id='deepseek'", "id='google'").replace("ModelInfo(id='chat'", "ModelInfo(id='claude-3'")
    wheel = a_wheel(tmp_path, "genai_prices", "genai_prices/data.py", module)
    assert {row["seller"] for row in taken_up(tmp_path, "genai_prices", f"{wheel}@2026-11-15")} == {"google-vertex"}


def test_a_multiple_is_multiplied_out_and_said_to_be(tmp_path: Path) -> None:
    hourly = [row for row in snapshot_rows(tmp_path) if row["meter"] == "cache_write_1h"]
    assert [(row["tier_from_tokens"], row["amount"], row["assumed"]) for row in hourly] == [
        ("", "1.14", "printed_amount"),
        ("200000", "2.28", "printed_amount"),
    ]


def test_dated_prices_conditions_and_variants_are_told_apart(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path, "genai_prices", "genai_prices/data.py", MODULE)
    rows = taken_up(tmp_path, "genai_prices", f"{wheel}@2026-11-15")
    shown = {
        (r["mode"], r["meter"], r["tier_from_tokens"], r["amount"], r["valid_from"], r["valid_to"], r["date_basis"])
        for r in rows
    }
    assert shown == {
        ("standard", "input", "", "0.27", "", "2025-09-04", "documented"),
        ("standard", "input", "200000", "1", "", "2025-09-04", "documented"),
        ("standard", "input", "", "0.57", "2025-09-05", "", "documented"),
        ("standard", "search", "", "0.01", "2026-11-15", "", "snapshot"),
        ("utc-0030-1630", "input", "", "0.3", "2026-11-15", "", "snapshot"),
        ("batch", "input", "", "0.1", "2026-11-15", "", "snapshot"),
    }


def a_release(folder: Path, version: str, day: str, prices: str) -> str:
    """A wheel of genai-prices with one model at some prices, and a day on which it was the newest."""
    text = f"providers: list = [Provider(id='a', pricing_urls=[], models=[ModelInfo(id='m', prices={prices})])]"
    wheel = folder / f"genai_prices-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("genai_prices/data.py", text)
    return f"{wheel}@{day}"


def a_price(amount: str, since: str = "") -> str:
    year, month, day = (since or "2000-01-01").split("-")
    start = f"StartDateConstraint(start_date=datetime.date({year}, {int(month)}, {int(day)}))"
    constraint = f"constraint={start}, " if since else ""
    return f"ConditionalPrice({constraint}prices=ModelPrice(input_mtok=Decimal('{amount}')))"


def history(folder: Path, *releases: tuple[str, str]) -> list[tuple[str, ...]]:
    """The rows that releases of some days make, each with the prices of its model."""
    wheels = [a_release(folder, f"0.0.{at}", day, prices) for at, (day, prices) in enumerate(releases)]
    columns = ("amount", "valid_from", "valid_to", "date_basis", "left_censored")
    return inputs(taken_up(folder, "genai_prices", *wheels), *columns)


def test_releases_date_what_the_package_does_not(tmp_path: Path) -> None:
    rows = history(tmp_path, ("2026-01-01", f"[{a_price('1')}]"), ("2026-01-11", f"[{a_price('2')}]"))
    assert rows == [
        ("1", "2026-01-01", "2026-01-10", "snapshot", "true"),
        ("2", "2026-01-11", "", "snapshot", "false"),
    ]


def test_what_a_release_documents_replaces_what_earlier_ones_showed_from_that_day_on(tmp_path: Path) -> None:
    late = f"[{a_price('1')}, {a_price('2', '2026-01-05')}]"
    rows = history(
        tmp_path, ("2026-01-01", f"[{a_price('1')}]"), ("2026-01-11", f"[{a_price('1')}]"), ("2026-01-21", late)
    )
    assert rows == [
        ("1", "2026-01-01", "2026-01-04", "snapshot", "true"),
        ("2", "2026-01-05", "", "documented", "false"),
    ]


def test_an_announced_price_that_is_withdrawn_never_held_and_what_is_gone_ends(tmp_path: Path) -> None:
    ahead = f"[{a_price('1')}, {a_price('2', '2026-02-01')}]"
    assert history(tmp_path, ("2026-01-01", ahead), ("2026-01-11", f"[{a_price('1')}]"), ("2026-01-21", "[]")) == [
        ("1", "2026-01-01", "2026-01-20", "snapshot", "true")
    ]
    assert history(tmp_path, ("2026-01-01", ahead)) == [
        ("1", "2026-01-01", "2026-01-31", "documented", "true"),
        ("2", "2026-02-01", "", "documented", "false"),
    ]


def test_the_module_is_read_and_not_run() -> None:
    providers = providers_of("providers: list[Provider] = [Provider(id='a', models=exit())]")
    assert providers[0]["models"]["kind"] == "exit"


@pytest.mark.parametrize(
    ("name", "member", "text", "named"),
    [
        ("model_prices", "snapshot.json", '{"schema": 1, "updated_at": "2026-10-26T18:46:35Z"}', "prices is missing"),
        ("model_prices", "snapshot.json", json.dumps(SNAPSHOT).replace("valid_from_basis", "basis"), "basis"),
        ("model_prices", "snapshot.json", json.dumps({**SNAPSHOT, "schema": 2}), "schema is 2, not 1"),
        ("model_prices", "snapshot.json", json.dumps(SNAPSHOT).replace('"start"', '"from"'), "from is unknown"),
        ("model_prices", "snapshot.json", json.dumps(SNAPSHOT).replace('"input"', '"prompt"'), "prompt is unknown"),
        ("model_prices", "snapshot.json", json.dumps({**SNAPSHOT, "prices": []}), "prices is a list, not an object"),
        (
            "model_prices",
            "snapshot.json",
            json.dumps(a_timeline((None, 20260603, COMMIT, 1))),
            "valid_from is 20260603",
        ),
        ("model_prices", "snapshot.json", "[]", "is a list, not an object"),
        ("genai_prices", "data.py", "providers: list = [", "not in the form expected (SyntaxError"),
        ("genai_prices", "data.py", MODULE.replace("start_date=", "from_date="), "constraint: from_date is unknown"),
        ("genai_prices", "data.py", "providers = load()", "providers is missing"),
        ("genai_prices", "data.py", MODULE.replace("web_searches_kcount", "web_kcount"), "web_kcount is unknown"),
    ],
)
def test_a_changed_shape_is_named_and_nothing_is_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, member: str, text: str, named: str
) -> None:
    target = tmp_path / "data"
    target.mkdir()
    day = "@2026-11-15" if name == "genai_prices" else ""
    wheel = a_wheel(tmp_path, name, f"{name}/{member}", text)
    assert main([name, f"{wheel}{day}", "--data", str(target)]) == 2
    assert named in capsys.readouterr().err
    assert list(target.iterdir()) == []
