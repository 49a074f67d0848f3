"""Somebody's own table by their own Table Schema: every type of the standard, every rule, every refusal in a line."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest

from tests.builders import a_field, write_csv
from validation.__main__ import main
from validation.report import FORM

Lines = tuple[int, list[str]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Check a table, given as CSV text or as a frame, by a descriptor: exit code and lines but the summary."""

    def run(descriptor: Any, table: str | pl.DataFrame, *arguments: str) -> Lines:
        (tmp_path / "my.json").write_text(json.dumps(descriptor), encoding="utf-8")
        path = tmp_path / ("mine.csv" if isinstance(table, str) else "mine.parquet")
        if isinstance(table, str):
            path.write_text(table, encoding="utf-8")
        else:
            table.write_parquet(path)
        code = main(["--schema", str(tmp_path / "my.json"), *arguments, str(path)])
        printed = capsys.readouterr()
        lines = (printed.out + printed.err).replace(f"{tmp_path}/", "").splitlines()
        told = ("checked ", "structure: ")
        return code, [line for line in lines if not line.startswith(told) and " not run: " not in line]

    return run


def of(kind: str, **more: Any) -> dict[str, Any]:
    """A schema of one column, and one that is never empty."""
    return {"fields": [{"name": "a", "type": kind, **more}, {"name": "n"}]}


TAKEN: list[tuple[dict[str, Any], str]] = [
    (of("string"), " any text "), (of("any"), "x"), (of("string", format="email"), "name@host.org"),
    (of("string", format="uuid"), "123e4567-e89b-12d3-a456-426614174000"), (of("string", format="binary"), "aGVsbG8="),
    (of("integer"), "-12"), (of("integer", groupChar=","), '"1,200"'), (of("integer", bareNumber=False), "95%"),
    (of("number"), "1.5e3"), (of("number", decimalChar=",", groupChar="."), '"1.234,5"'),
    (of("number", bareNumber=False), "EUR 95.5"), (of("number", bareNumber=False), "-95.5 %"),
    (of("boolean"), "TRUE"), (of("boolean", trueValues=["ja"], falseValues=["nein"]), "nein"),
    (of("date"), "2024-02-29"), (of("date", format="%d/%m/%Y"), "29/02/2024"), (of("time"), "15:00:00"),
    (of("time", format="%H:%M"), "15:00"), (of("datetime"), "2024-01-26T15:00:00"),
    (of("datetime"), "2024-01-26T15:00:00.300-05:00"), (of("datetime"), "2024-01-26T15:00:00Z"),
    (of("datetime", format="%d.%m.%Y %H:%M"), "26.01.2024 15:00"), (of("year"), "2024"), (of("yearmonth"), "2024-12"),
    (of("duration"), "P1Y2M3DT10H30M"), (of("duration"), "PT36H"), (of("list"), '"a,b"'),
    (of("list", delimiter=";", itemType="integer"), "1;2"), (of("array"), '"[1, 2]"'), (of("object"), '"{""a"": 1}"'),
    (of("geopoint"), '"90.50, 45.50"'), (of("geopoint", format="array"), '"[90.5, 45.5]"'),
    (of("geopoint", format="object"), '"{""lon"": 90.5, ""lat"": 45.5}"'),
    (of("geojson"), '"{""type"": ""Point"", ""coordinates"": [1, 2]}"'),
    (of("string", missingValues=["-"], constraints={"enum": ["x"]}), "-"),
    (of("integer", categories=[{"value": 1, "label": "one"}]), "1"),
    (of("date", constraints={"minimum": "2024-01-01"}), "2024-01-01"),
    (of("yearmonth", constraints={"minimum": "2024-01"}), "2024-01"),
    (of("time", constraints={"maximum": "12:00:00"}), "12:00:00"), (of("year", constraints={"enum": [2024]}), "2024"),
    (of("datetime", constraints={"maximum": "2024-01-01T00:00:00Z"}), "2024-01-01T01:00:00+02:00"),
    (of("list", constraints={"maxLength": 2}), '"a,b"'), (of("array", constraints={"minLength": 2}), '"[1, 2]"'),
    (of("number", decimalChar=",", constraints={"maximum": 1.5}), '"1,5"'),
    (of("string", constraints={"pattern": "[A-Z]{2}\\d+"}), "AB12"),
]  # fmt: skip

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (of("string", format="email"), "name@host", "not a mail address"),
    (of("string", format="uuid"), "123", "not a uuid"), (of("string", format="binary"), "a", "not base64"),
    (of("integer"), "1.0", "not a whole number"), (of("integer"), '"1,200"', "not a whole number"),
    (of("number", decimalChar=","), "1.5", "not a number"), (of("number"), "NaN", "not a number"),
    (of("boolean"), "yes", "not true or false"), (of("boolean", trueValues=["ja"]), "true", "not true or false"),
    (of("date"), "2024-02-30", "not a date"), (of("date", format="%d/%m/%Y"), "2024-02-29", "expected the form %d/%m"),
    (of("time"), "25:00:00", "not a time of day"), (of("time"), "9:00", "not a time of day"),
    (of("datetime"), "2024-01-26 15:00:00", "not a day with a time"), (of("datetime"), "2024-13-26T15:00:00", "not a"),
    (of("year"), "24", "not a year"), (of("yearmonth"), "2024-13", "not a month of a year"),
    (of("duration"), "1 day", "not a duration"), (of("duration"), "P", "not a duration"),
    (of("duration"), "P1DT", "not a duration"), (of("list", itemType="integer"), '"1,x"', "not a list"),
    (of("array"), '"{""a"": 1}"', "not a JSON array"), (of("object"), "[1]", "not a JSON object"),
    (of("geopoint"), '"190, 45"', "not a point"), (of("geopoint", format="array"), "[1]", "not a point"),
    (of("geojson"), '"{""type"": ""Topology""}"', "not a GeoJSON object"),
    (of("string", missingValues=["-"], constraints={"required": True}), "-", "the cell is empty"),
    (of("integer", categories=[1, 2]), "3", "not in the code list"),
    (of("date", constraints={"minimum": "2024-01-01"}), "2023-12-31", "outside the limits"),
    (of("yearmonth", constraints={"minimum": "2024-01"}), "2023-12", "outside the limits"),
    (of("time", constraints={"maximum": "12:00:00"}), "12:00:01", "outside the limits"),
    (of("datetime", constraints={"maximum": "2024-01-01T00:00:00"}), "2024-01-01T01:00:00Z", "outside the limits"),
    (of("list", constraints={"maxLength": 1}), '"a,b"', "outside the limits"),
    (of("array", constraints={"minLength": 2}), "[1]", "outside the limits"),
    (of("number", decimalChar=",", constraints={"maximum": 1.5}), '"1,6"', "outside the limits"),
    (of("string", constraints={"pattern": "[A-Z]{2}\\d+"}), "AB", "not in the form of the column"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("descriptor", "cell", "fix"),
    [
        (of("date", format="%d/%m/%Y"), "2024-02-29", "fix: write it in the form %d/%m/%Y"),
        (of("boolean", trueValues=["ja"], falseValues=["nein"]), "yes", "fix: write ja or nein"),
        (of("integer"), "9" * 20, "expected a whole number such as 12, of at most 18 digits"),
    ],
)
def test_the_remedy_is_a_sentence(check: Any, descriptor: dict[str, Any], cell: str, fix: str) -> None:
    _, (line,) = check(descriptor, f"a,n\n{cell},1\n")
    assert fix in line


@pytest.mark.parametrize(("descriptor", "cell"), TAKEN, ids=str)
def test_a_cell_of_its_type_is_good(check: Any, descriptor: dict[str, Any], cell: str) -> None:
    assert check(descriptor, f"a,n\n{cell},1\n") == (0, [])


@pytest.mark.parametrize(("descriptor", "cell", "words"), REFUSED, ids=str)
@pytest.mark.parametrize("engine", ["polars", "pandera"])
def test_a_cell_that_is_none_is_named(
    check: Any, descriptor: dict[str, Any], cell: str, words: str, engine: str
) -> None:
    code, (line,) = check(descriptor, f"a,n\n{cell},1\n", "--engine", engine)
    assert code == 1 and line.startswith("mine.csv:2: (row 1") and words in line and "; fix: " in line


def test_parquet_with_the_types_of_the_schema_is_good(check: Any) -> None:
    moment = datetime(2024, 1, 26, 15)
    frame = pl.DataFrame(
        {"d": [date(2024, 1, 1)], "t": [time(15)], "m": [moment], "y": [2024], "b": [True], "x": [1.5]}
    )
    kinds = {"d": "date", "t": "time", "m": "datetime", "y": "year", "b": "boolean", "x": "number"}
    descriptor = {"fields": [{"name": name, "type": kind} for name, kind in kinds.items()]}
    assert check(descriptor, frame) == (0, [])
    zoned = frame.with_columns(m=pl.col("m").dt.replace_time_zone("Asia/Shanghai").dt.cast_time_unit("ms"))
    assert check(descriptor, zoned) == (0, [])
    code, (line,) = check(descriptor, frame.with_columns(t=pl.lit("15:00:00")))
    assert code == 1 and "t: the column has another type; found 'String'" in line


def test_what_the_footer_of_parquet_settles_is_not_read_and_all_else_is(check: Any) -> None:
    fields: list[Any] = [
        {"name": "id"}, {"name": "a", "constraints": {"required": True}}, {"name": "b", "type": "boolean"},
        {"name": "c", "constraints": {"enum": ["x", "y"]}}, {"name": "note"},
    ]  # fmt: skip
    rows = {
        "id": ["1", "2", "3"],
        "a": ["p", "q", "r"],
        "b": [True, None, False],
        "c": ["x", None, "y"],
        "note": [None, "", "n"],
    }
    good = pl.DataFrame(rows)
    assert check({"fields": fields, "primaryKey": "id"}, good) == (0, [])
    assert check({"fields": fields}, good) == (0, [])
    for column, cells, words in (
        ("a", ["p", "", "r"], "mine.parquet: (row 2"), ("a", ["p", None, "r"], "mine.parquet: (row 2"),
        ("b", ["t", "f", "t"], "b: the column has another type"), ("c", ["x", "y", "z"], "mine.parquet: (row 3"),
        ("note", [1, 2, 3], "note: the column has another type"),
    ):  # fmt: skip
        code, (line,) = check({"fields": fields}, good.with_columns(pl.Series(column, cells)))
        assert code == 1 and words in line, column


def test_rows_are_counted_where_no_column_need_be_read(
    tmp_path: Path, check: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    check({"fields": [{"name": "a"}, {"name": "b"}]}, pl.DataFrame({"a": ["x"] * 7, "b": ["y"] * 7}))
    main(["--schema", str(tmp_path / "my.json"), "--format", "json", str(tmp_path / "mine.parquet")])
    assert [file["rows"] for file in json.loads(capsys.readouterr().out)["run"]["files"]] == [7]


@pytest.mark.parametrize(
    ("kind", "good", "odd"), [("yearmonth", "2024-01", "2024-13"), ("object", "{}", "[]"), ("duration", "P1D", "1 day")]
)
def test_texts_of_a_form_are_held_to_it_in_parquet_too(check: Any, kind: str, good: str, odd: str) -> None:
    frame = pl.DataFrame({"a": [good, odd, None, ""], "n": ["1", "2", "3", "4"]})
    code, (line,) = check(of(kind), frame)
    assert code == 1 and "(row 2" in line and f"found '{odd}'" in line


def test_a_cell_without_its_format_is_told_once(check: Any) -> None:
    descriptor = of("string", format="uri", constraints={"pattern": "https?://.+"})
    code, (line,) = check(descriptor, "a,n\nwww.host.org/c,1\n")
    assert code == 1 and "not an address" in line


def test_keys_are_held(check: Any) -> None:
    fields = [a_field("id", "integer"), a_field("up", "integer")]
    key = {"fields": ["up"], "reference": {"fields": ["id"]}}
    descriptor = {"fields": fields, "primaryKey": ["id"], "foreignKeys": [key]}
    code, lines = check(descriptor, "id,up\n1,\n2,1\n2,9\n")
    assert code == 1 and [line.rsplit("[", 1)[1].split(" ")[0] for line in lines] == [
        "S.unique",
        "S.unique",
        "S.foreign_key",
    ]


def test_a_table_referred_to_is_read_in_the_folder_named_or_beside_the_schema(check: Any, tmp_path: Path) -> None:
    key = {"fields": ["town"], "reference": {"resource": "towns", "fields": ["id"]}}
    descriptor = {"fields": [a_field("town", "integer")], "foreignKeys": [key]}
    code, (line,) = check(descriptor, "town\n1\n")
    assert code == 2 and "my.json: foreign key town: there is no table towns in" in line and "--reference DIR" in line
    (folder := tmp_path / "reference").mkdir()
    write_csv(folder / "towns.csv", [{"name": "Ulm", "id": "01"}])
    assert check(descriptor, "town\n1\n", "--reference", str(folder)) == (0, [])
    code, (line,) = check(descriptor, "town\n7\n", "--reference", str(folder))
    assert code == 1 and "no such row in towns; found '7'" in line
    write_csv(tmp_path / "towns.csv", [{"name": "Bonn", "id": "7"}])
    assert check(descriptor, "town\n7\n") == (0, [])


@pytest.mark.parametrize(
    ("match", "header", "words"),
    [
        (None, "a,b", ""), (None, "b,a", "a as column 1"), (None, "a", "b: the column is missing"),
        (None, "a,b,c", "c: the table has no such column"), ("equal", "b,a", ""), ("equal", "a", "b: the column is"),
        ("subset", "c,b,a", ""), ("subset", "a,c", "b: the column is missing"), ("superset", "b", ""),
        ("superset", "b,c", "c: the table has no such column"), ("partial", "b,c", ""),
        ("partial", "c", "a: the column is missing"), (["equal"], "b,a", ""),
    ],
)  # fmt: skip
def test_the_columns_are_matched_as_the_schema_says(check: Any, match: Any, header: str, words: str) -> None:
    descriptor = {"fields": [a_field("a"), a_field("b")]} | ({"fieldsMatch": match} if match else {})
    code, lines = check(descriptor, f"{header}\n{header}\n")
    assert (code, len(lines)) == ((1, 1) if words else (0, 0))
    assert all(words in line for line in lines)


def test_a_table_called_like_one_of_ours_is_held_to_its_own_schema_alone(check: Any) -> None:
    descriptor = {"name": "observations", "fields": [a_field("value"), a_field("unit_id")]}
    assert check(descriptor, "value,unit_id\n,\n") == (0, [])


@pytest.mark.parametrize(
    ("descriptor", "words"),
    [
        ({"fields": [{"name": "a", "type": "text"}], "primaryKey": "id"}, ["there is no type text", "primaryKey: "]),
        ([], ["found a list"]),
        (of("integer", constraints={"minimum": "abc"}), ['minimum: "abc" is not a whole number']),
    ],
)
def test_a_schema_that_cannot_be_is_refused_in_a_line_for_each_reason(
    check: Any, descriptor: Any, words: list[str]
) -> None:
    code, lines = check(descriptor, "a\n1\n")
    assert code == 2 and len(lines) == len(words)
    assert all(line.startswith("validation: my.json: ") and w in line for line, w in zip(lines, words, strict=True))


def test_a_report_says_what_was_run_over_which_files_and_carries_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = [a_field("town"), a_field("people", "integer", minimum=0)]
    (tmp_path / "my.json").write_text(json.dumps({"fields": fields, "primaryKey": "town"}), encoding="utf-8")
    first = write_csv(tmp_path / "first.csv", [{"town": "Ulm", "people": "1"}, {"town": "Bonn", "people": "-5"}])
    second = write_csv(tmp_path / "second.csv", [{"town": "Ulm", "people": "2"}])
    main(["--schema", str(tmp_path / "my.json"), "--format", "json", str(first), str(second)])
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, json.loads(FORM.read_text(encoding="utf-8")))
    assert [(file["path"], file["table"], file["rows"]) for file in told["run"]["files"]] == [
        (str(first), "my", 2), (str(second), "my", 1)
    ]  # fmt: skip
    structure, *others = told["steps"]
    assert (structure["layer"], structure["tables"], structure["rows"]) == ("structure", ["my"], 3)
    assert {"S.at_least", "S.type", "S.unique", "S.columns"} <= set(structure["rules"]) and structure["findings"] == 1
    assert [step["layer"] for step in others if step["not_run"]] == ["values", "relations", "prices"]
    assert told["findings"][0]["key"] == {"town": "Bonn"}


def test_a_call_that_mixes_two_schemas_is_refused(check: Any, capsys: pytest.CaptureFixture[str]) -> None:
    code, (line,) = check(of("any"), "a,n\n1,1\n", "--table", "vendors")
    assert code == 2 and "--schema FILE goes with a PATH" in line
    assert main(["--schema", "my.json"]) == 2 and "goes with a PATH" in capsys.readouterr().err


def test_a_folder_is_checked_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "my.json").write_text(json.dumps(of("integer")), encoding="utf-8")
    (folder := tmp_path / "files").mkdir()
    for name, cell in (("a.csv", "1"), ("b.csv", "x")):
        write_csv(folder / name, [{"a": cell, "n": "1"}])
    (folder / "c.csv").write_bytes(b"")
    assert main(["--schema", str(tmp_path / "my.json"), str(folder)]) == 2
    printed = capsys.readouterr()
    assert (
        "b.csv:2" in printed.out
        and "c.csv: the file is empty" in printed.err
        and "checked 2 files: 1 error" in printed.err
    )
