"""The adapter of the European Central Bank's rates, on a made-up slice of its file."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.exchange_rates import parse_rates
from ingest.upstream import UpstreamError

HISTORY = """Date,USD,CNY,GBP,
2024-01-03,1.0919,7.8057,N/A,
2024-01-02,1.0956,7.8264,0.86645,
1999-01-04,1.1789,N/A,0.7111,
"""


def test_each_printed_rate_becomes_a_row_in_the_order_of_days() -> None:
    rows = parse_rates(HISTORY, ("CNY", "USD", "GBP"), date(2010, 1, 1))
    assert [(row["date"], row["quote"], row["rate"]) for row in rows] == [
        ("2024-01-02", "CNY", "7.8264"),
        ("2024-01-02", "GBP", "0.86645"),
        ("2024-01-02", "USD", "1.0956"),
        ("2024-01-03", "CNY", "7.8057"),
        ("2024-01-03", "USD", "1.0919"),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (HISTORY.replace("CNY", "RMB"), "column CNY is missing"),
        (HISTORY.replace("2024-01-03", "03 January 2024"), "Date is '03 January 2024'"),
        (HISTORY.replace(",1.0956,7.8264,0.86645,", ",1.0956"), "line 3: 2 cells in the row, not 5"),
        (HISTORY.replace("1.0919", "1,0919", 1).replace("1,0919", '"1,0919"'), "USD is '1,0919'"),
    ],
)
def test_a_file_that_changed_shape_names_the_field(text: str, named: str) -> None:
    with pytest.raises(UpstreamError, match=named):
        parse_rates(text, ("CNY", "USD", "GBP"), date(2010, 1, 1))


def full_history(tmp_path: Path) -> Path:
    currencies = ("CHF", "CNY", "GBP", "HKD", "JPY", "KRW", "SGD", "USD")
    lines = ["Date," + ",".join(currencies) + ",", "2024-01-02," + ",".join("1.5" for _ in currencies) + ","]
    packed = tmp_path / "eurofxref-hist.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("eurofxref-hist.csv", "\n".join(lines))
    return packed


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    arguments = ["exchange_rates", str(full_history(tmp_path)), "--data", str(tmp_path)]
    assert main(arguments) == 0
    first = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert main(arguments) == 0
    assert first == {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert set(first) == {"exchange_rates.csv", "sources.csv"}


def test_a_broken_file_ends_with_2_and_touches_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "eurofxref-hist.csv"
    broken.write_text("Day,USD\n2024-01-02,1.1\n", encoding="utf-8")
    target = tmp_path / "data"
    target.mkdir()
    assert main(["exchange_rates", str(broken), "--data", str(target)]) == 2
    assert "column Date is missing" in capsys.readouterr().err
    assert list(target.iterdir()) == []
