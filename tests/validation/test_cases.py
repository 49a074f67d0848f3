"""Small files that once went wrong, each through every door: text, Parquet, a frame in a notebook and its schema."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandera.errors
import polars as pl
import pytest

from canonical.cells import typed_frame
from canonical.reading.column_names import former_names, present_names
from canonical.table_schema import load_schema
from validation import findings, schema
from validation.__main__ import main
from validation.package import Checker
from validation.structure.table_files import shown_path

CASES = Path(__file__).with_name("cases")
Found = tuple[str, int | None]
Verdict = set[tuple[str, int | None, str]]
"""Rule, row and column of each finding."""


class Case(NamedTuple):
    """A file, the table it is checked as, the folder it is checked with, and what must be found, by rule and row.

    `may` are rules of other findings that are right there too; a rule ends where others go on, as `C.` does.
    """

    file: str
    table: str = "observations"
    reference: str = ""
    must: tuple[Found, ...] = ()
    may: tuple[str, ...] = ()
    alone: bool = False
    """Given in a run of its own: beside the rows of other files it would say something else."""


LIKELY = (
    "U.currency_slip", "U.far_ratio", "U.foreign_balance", "U.foreign_pace", "U.implied_growth", "U.near_rates",
    "U.nested_rate", "U.other_ratio", "U.out_of_line", "U.own_ratio", "U.pace", "U.sign_of_series", "U.size", "U.swing",
)  # fmt: skip
"""Rules that say what is unlikely of a number that nothing bears out: they may speak of any wrong row."""
PRICES: tuple[Found, ...] = (
    ("U.price_scale", 1), ("U.price_scale", 2), ("U.price_bounds", 3), ("P.price_overlap", 4), ("C.tier_order", 5),
    ("U.zero_price", 7), ("U.price_unit", 8), ("P.price_future", 9), ("U.zero_price", 10),
)  # fmt: skip
SLIPS: tuple[Found, ...] = (("C.agreement", 1), ("C.agreement", 2), ("P.year_to_date", 2))
EVERY: list[Case] = [
    Case("part_above_whole.csv", must=(("C.part_within_whole", 1),)),
    Case("missing_quarter.csv", must=(("C.growth_yoy", 1), ("C.sum_of_periods", 1), ("C.sum_of_known_periods", 1))),
    Case("own_and_package.csv", reference="own_entity"),
    Case("own_sources.csv", reference="own_sources", must=SLIPS),
    Case("own_sources.csv", must=(("S.foreign_key", 1), ("S.foreign_key", 2), *SLIPS)),
    Case("foreign_perimeter.csv", must=(("S.foreign_key", 1), ("C.agreement", 1)),
         may=("U.scale_slip", "C.within_group"),
         alone=True),
    Case("price_feed.csv", "model_prices", must=PRICES,
         may=("C.price_alias", "C.price_entry", "U.price_jump")),
    Case("machine_feed.csv", "compute_prices",
         must=(("U.price_currency", 1), ("U.amount", 2), ("C.price_spot", 3), ("S.pattern", 4), ("U.price_jump", 4)),
         may=("C.price_entry", "U.price_region", "P.price_overlap")),
    Case("label_dates.csv", must=tuple(("P.label", row) for row in range(1, 11))),
    Case("label_spellings.csv", must=tuple(("P.label", row) for row in range(12, 18))),
    Case("labels_elsewhere.csv", must=tuple(("P.label", row) for row in range(7, 19))),
    Case("slips.csv",
         must=(("C.agreement", 1), ("C.conversion", 2), ("C.conversion", 3), ("U.scale_slip", 4),
               ("P.year_to_date", 5), ("U.rate_slip", 6), ("C.growth_yoy", 7), ("C.growth_yoy", 8), ("U.scale_slip", 9),
               ("C.agreement", 10), ("C.agreement", 11), ("U.scale_slip", 12)),
         may=("C.part_within_whole", "C.sum_of_periods", "C.sum_of_known_periods", "U.bend", "C.margin",
              "U.ratio_as_rate", "V.usual_currency")),
    Case("blank_codes.csv", must=(("S.not_filled", 1), ("C.agreement", 1), ("U.scale_slip", 1)),
         may=("C.within_group",), alone=True),
    Case("model_slips.csv", "model_prices",
         must=(("C.price_witnesses", 2), ("U.price_scale", 3), ("U.price_scale", 4), ("U.price_scale", 5),
               ("C.price_order", 6), ("C.price_order", 7), ("C.price_witnesses", 8), ("U.currency_code", 9),
               ("S.foreign_key", 9), ("S.pattern", 10), ("S.foreign_key", 10)),
         may=("C.price_entry", "C.price_ratio", "C.price_lists", "U.price_lone")),
    Case("machine_slips.csv", "compute_prices",
         must=(("U.price_jump", 1), ("U.price_size", 2), ("U.price_region", 3), ("U.price_currency", 4),
               ("U.price_jump", 5), ("C.price_spot", 6), ("S.foreign_key", 7), ("S.enum", 7)),
         may=("C.price_entry", "C.price_lists")),
    Case("weeks_52.csv", reference="own_calendar"),
    Case("unit_spellings.csv", must=tuple(("S.foreign_key", row) for row in range(1, 11))),
    Case("names.csv", must=(*(("S.foreign_key", row) for row in (*range(1, 12), 13)), ("S.enum", 12), ("S.enum", 13))),
]  # fmt: skip


def read(case: Case) -> pl.DataFrame:
    """The file as a typed frame of the columns that it has."""
    texts = pl.read_csv(CASES / case.file, infer_schema=False)
    known = load_schema(case.table)
    texts.columns = present_names(texts.columns, former_names(field.descriptor for field in known.fields))
    return typed_frame(known, texts)


def told(rows: pl.DataFrame) -> Verdict:
    """Rule, row and column of findings."""
    return set(rows.select("rule", pl.col("row_number").cast(pl.Int64), pl.col("column").fill_null("")).iter_rows())


def by_command(paths: Sequence[Path], table: str, reference: str = "", engine: str = "polars") -> dict[str, Verdict]:
    """What the command finds in files that are given together, by the name of each."""
    folder = ["--reference", str(CASES / reference)] if reference else []
    with TemporaryDirectory() as scratch:
        output = Path(scratch) / "found.csv"
        arguments = [
            "--table",
            table,
            "--engine",
            engine,
            *folder,
            "--format",
            "csv",
            "--output",
            str(output),
            *map(str, paths),
        ]
        assert main(arguments) in (0, 1)
        rows = pl.read_csv(output, infer_schema=False)
    return {path.name.split(".")[0]: told(rows.filter(pl.col("file") == shown_path(path))) for path in paths}


def together(case: Case) -> list[Case]:
    """The files that one run of the command takes with this one: one run costs as much as ten."""
    if case.alone:
        return [case]
    return [
        other for other in EVERY if not other.alone and (other.table, other.reference) == (case.table, case.reference)
    ]


@cache
def of_texts(case: Case) -> dict[str, Verdict]:
    """The files as they are."""
    return by_command([CASES / other.file for other in together(case)], case.table, case.reference)


@cache
def of_parquet(case: Case) -> dict[str, Verdict]:
    """The same files with types, as Parquet, by the command."""
    with TemporaryDirectory() as scratch:
        paths = [Path(scratch) / Path(other.file).with_suffix(".parquet") for other in together(case)]
        for other, path in zip(together(case), paths, strict=True):
            read(other).write_parquet(path)
        return by_command(paths, case.table, case.reference)


DOORS = {"text": of_texts, "parquet": of_parquet}


def through(door: str, case: Case) -> Verdict:
    """What a door says of the file of a case."""
    return DOORS[door](together(case)[0])[Path(case.file).stem]


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.file} {case.reference}")
@pytest.mark.parametrize("door", DOORS)
def test_a_file_gives_what_is_expected_of_it(case: Case, door: str) -> None:
    verdict = through(door, case)
    found = {(rule, row) for rule, row, _ in verdict}
    assert set(case.must) <= found
    rules = {rule for rule, _ in case.must} | {*case.may, *LIKELY}
    assert {pair for pair in found if pair[0] not in rules} == set()
    assert {row for _, row in found} == {row for _, row in case.must}


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.file} {case.reference}")
def test_text_and_parquet_have_the_same_findings(case: Case) -> None:
    texts, parquet = (through(door, case) for door in DOORS)
    assert texts == parquet


def test_gzip_and_the_engine_of_notebooks_have_the_same_findings(tmp_path: Path) -> None:
    cases = [case for case in EVERY if case.table == "compute_prices"]
    paths = [tmp_path / f"{case.file}.gz" for case in cases]
    for case, path in zip(cases, paths, strict=True):
        path.write_bytes(gzip.compress((CASES / case.file).read_bytes(), mtime=0))
    assert by_command(paths, "compute_prices", engine="pandera") == {
        Path(case.file).stem: through("text", case) for case in cases
    }


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.file} {case.reference}")
def test_the_schema_of_a_notebook_names_the_cells_that_layer_s_names(case: Case) -> None:
    verdict = through("parquet", case)
    expected = {(row, column) for rule, row, column in verdict if rule.startswith("S.")}
    compiled = schema(case.table, references=True, folder=CASES / case.reference if case.reference else None)
    assert cells_of(compiled, read(case)) == cells_of(compiled, read(case).lazy()) == expected


def cells_of(compiled: Any, frame: Any) -> set[tuple[int, str]]:
    """Row and column of each failure of a pandera schema."""
    try:
        compiled.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.select("check", "index").iter_rows()
        return {(index + 1, str(check).split(":")[1]) for check, index in cases}
    return set()


@pytest.mark.parametrize("file", ["price_feed.csv", "machine_feed.csv"])
def test_a_notebook_has_the_findings_of_the_command(file: str) -> None:
    case = next(case for case in EVERY if case.file == file)
    assert told(findings(case.table, read(case).lazy())) == through("parquet", case)


def odd_frames() -> dict[str, tuple[pl.DataFrame, Verdict]]:
    """Frames that only Parquet and a notebook can hold, with what is found in them."""
    good = pl.read_parquet(Path(__file__).parents[2] / "data" / "observations.parquet").head(3)
    few = good.select("entity_id", "metric_id", "period_type", "period_end", "printed_value", "printed_unit_id")
    ends = [pl.lit(float("nan")).alias("value"), pl.lit(float("inf")).alias("value_low")]
    return {
        "nan_inf": (good.with_columns(ends), {("S.type", n, c) for n in (1, 2, 3) for c in ("value", "value_low")}),
        "date_as_text": (few.with_columns(pl.col("period_end").cast(pl.String)), {("S.type", None, "period_end")}),
        "decimals_half": (few.with_columns(decimals=pl.Series([2.5, 0.0, 1.0])), {("S.type", 1, "decimals")}),
        "printed_value_as_double": (
            good.with_columns(pl.col("printed_value").cast(pl.Float64)), {("S.type", None, "printed_value")}
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", odd_frames())
def test_a_frame_that_no_text_can_hold_is_judged_alike_by_file_and_notebook(name: str, tmp_path: Path) -> None:
    frame, expected = odd_frames()[name]
    frame.write_parquet(tmp_path / "odd.parquet")
    found = Checker().check_file(tmp_path / "odd.parquet", "observations")
    assert {(f.rule, f.row_number, f.column) for f in found if f.rule.startswith("S.")} == expected
    with pytest.raises(pandera.errors.SchemaErrors):
        schema("observations", references=True).validate(frame, lazy=True)


NEAREST = {
    "unit_spellings.csv": ["usd-m", "usd", "usd-m", "usd-m", "usd-m", "usd-bn", "usd-bn", "usd-bn", "cny-100m",
                           "cny-m"],
    "names.csv": ["aws", "aws", "google-cloud", "azure", "alibaba-cloud", "alibaba-cloud", "microsoft",
                  "microsoft-cloud", "amazon", "revenue", "operating-income", "quarter", "revenue", "quarter"],
}  # fmt: skip


@pytest.mark.parametrize("name", NEAREST)
def test_an_unknown_code_is_told_with_the_nearest(name: str) -> None:
    found = Checker().check_file(CASES / name, "observations")
    assert [f.expected.partition("; nearest is ")[2] for f in found] == NEAREST[name]


MENDED = ("numbers_elsewhere.csv", "unit_spellings.csv", "names.csv")


@pytest.mark.parametrize("name", MENDED)
def test_cells_written_as_the_findings_say_pass(name: str, tmp_path: Path) -> None:
    frame = pl.read_csv(CASES / name, infer_schema=False)
    found = Checker().check_file(CASES / name, "observations")
    assert len({f.row_number for f in found}) == frame.height
    rows = frame.to_dicts()
    for finding in found:
        near = finding.expected.partition("; nearest is ")[2]
        rows[(finding.row_number or 0) - 1][finding.column] = near or finding.fix.removeprefix("write ").split(" ")[0]
    pl.DataFrame(rows).with_columns(pl.all().str.strip_chars(",")).write_csv(tmp_path / name)
    assert Checker().check_file(tmp_path / name, "observations") == []


def test_a_folder_without_a_path_is_checked_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "found.csv"
    main(["--reference", str(CASES / "own_prices"), "--format", "csv", "--output", str(output)])
    rows = pl.read_csv(output, infer_schema=False)
    assert set(rows["file"]) == {shown_path(CASES / "own_prices" / "model_prices.csv")}
    case = next(case for case in EVERY if case.file == "price_feed.csv")
    assert told(rows) == through("text", case)


def test_every_file_beside_this_one_is_tried() -> None:
    files = {str(path.relative_to(CASES)) for path in CASES.glob("*.csv")}
    assert files <= {case.file for case in EVERY} | set(MENDED)
