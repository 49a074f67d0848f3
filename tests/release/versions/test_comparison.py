"""What changed between two releases, found by keys, gives the version, the revisions and the report."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from canonical.reading.encodings import UnreadableError
from release.__main__ import main
from release.versions.comparison import Comparison, compared
from release.versions.numbering import refusal
from release.versions.report import FORMATS, comparison_report
from release.versions.revisions import missing_tombstones, revisions_of
from tests.release.versions.worlds import FACTS, HEADLINES, Row, a_field, a_release

ROWS = [
    {"observation_id": "s.001", "value": "36.0", "bound": "eq"},
    {"observation_id": "s.002", "value": "7", "bound": ""},
]
HEADS = [{"entity_id": "acme", "value": "36", "observation_ids": "s.001"}]


def between(folder: Path, rows: list[Row], heads: list[Row] = HEADS, facts: dict[str, Any] = FACTS) -> Comparison:
    """The comparison of the release of `ROWS` and `HEADS` with one of other rows or another schema."""
    old = a_release(folder / "old", "1.2.3", (FACTS, ROWS), (HEADLINES, HEADS))
    return compared(old, a_release(folder / "new", "1.2.4", (facts, rows), (HEADLINES, heads)))


def edited(schema: dict[str, Any], place: int, **changes: Any) -> dict[str, Any]:
    """A schema with changes of a field."""
    changed = deepcopy(schema)
    changed["fields"][place] |= changes
    return changed


def test_equal_releases_differ_in_nothing_and_are_refused(tmp_path: Path) -> None:
    comparison = between(tmp_path, ROWS[::-1])
    assert (comparison.changes.tables, comparison.reasons, comparison.least_version) == ((), (), "1.2.3")
    assert refusal("1.2.3", "1.2.4", comparison.reasons).startswith("nothing changed since 1.2.3")


def test_a_number_written_otherwise_is_no_change(tmp_path: Path) -> None:
    assert between(tmp_path, [ROWS[0] | {"value": "36"}, ROWS[1]]).changes.tables == ()


def test_one_cell_that_changed_is_a_patch_and_stands_in_the_revisions(tmp_path: Path) -> None:
    comparison = between(tmp_path, [ROWS[0] | {"value": "63"}, ROWS[1]])
    assert comparison.least_version == "1.2.4"
    assert refusal("1.2.3", "1.2.4", comparison.reasons) == ""
    (row,) = revisions_of("1.2.4", comparison.changes, comparison.moved)
    assert row == {"release": "1.2.4", "table_name": "observations", "row_id": "s.001", "field_name": "value",
                   "old": "36.0", "new": "63", "reason": "correction"}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "shown"), [(" 36", "␣36"), ("36 \u3000", "36␣␣"), ("3 6", "3 6"), ("  ", "␣␣"), ("", ""), ("36", "36")]
)
def test_a_blank_that_was_trimmed_is_seen_in_the_revisions(tmp_path: Path, old: str, shown: str) -> None:
    facts = edited(FACTS, 1, type="string")
    before = a_release(tmp_path / "old", "1.2.3", (facts, [ROWS[0] | {"value": old}]))
    after = a_release(tmp_path / "new", "1.2.4", (facts, [ROWS[0] | {"value": "x"}]))
    comparison = compared(before, after)
    assert [row["old"] for row in revisions_of("1.2.4", comparison.changes, comparison.moved)] == [shown]


@pytest.mark.parametrize(
    ("rows", "least"),
    [
        ([*ROWS, {"observation_id": "s.003", "value": "1", "bound": "eq"}], "1.3.0"),
        (ROWS[:1], "1.3.0"),
        ([ROWS[0], ROWS[1] | {"bound": "lt"}], "1.2.4"),
    ],
)
def test_the_version_follows_from_the_rows(tmp_path: Path, rows: list[Row], least: str) -> None:
    comparison = between(tmp_path, rows)
    assert comparison.least_version == least
    if least == "1.3.0":
        assert "expected at least 1.3.0" in refusal("1.2.3", "1.2.4", comparison.reasons)


@pytest.mark.parametrize(
    ("facts", "least", "what"),
    [
        (edited(FACTS, 1, type="string"), "2.0.0", "type changed from number to string"),
        (edited(FACTS, 1, name="amount"), "2.0.0", "column removed"),
        (edited(FACTS, 1, name="amount", formerly="value"), "2.0.0", "renamed from value"),
        (edited(FACTS, 2, constraints={"enum": ["eq"]}), "2.0.0", "codes removed: lt"),
        (edited(FACTS, 2, constraints={"enum": ["eq", "lt", "gt"]}), "1.3.0", "codes added: gt"),
        (edited(FACTS, 2, deprecated="use value"), "1.3.0", "deprecated: use value"),
        (FACTS | {"fields": [*FACTS["fields"], a_field("note")]}, "1.3.0", "column added"),
        (FACTS | {"primaryKey": ["observation_id", "bound"]}, "2.0.0", "primary key changed"),
    ],
)
def test_the_version_follows_from_the_schema(tmp_path: Path, facts: dict[str, Any], least: str, what: str) -> None:
    names = [field["name"] for field in facts["fields"]]
    rows = [{"amount" if k == "value" and "amount" in names else k: v for k, v in row.items()} for row in ROWS]
    comparison = between(tmp_path, rows, facts=facts)
    assert comparison.least_version == least
    assert any(what in reason.what for reason in comparison.reasons)


def test_a_renamed_column_is_compared_under_its_new_name(tmp_path: Path) -> None:
    rows = [{"observation_id": row["observation_id"], "amount": row["value"], "bound": row["bound"]} for row in ROWS]
    comparison = between(tmp_path, rows, facts=edited(FACTS, 1, name="amount", formerly="value"))
    assert comparison.changes.tables == ()


@pytest.mark.parametrize(
    ("rows", "ids", "cause", "least"),
    [
        (ROWS, "s.001", "method", "1.3.0"),
        ([ROWS[0] | {"value": "99"}, ROWS[1]], "s.001", "correction", "1.2.4"),
        ([*ROWS, {"observation_id": "t.001", "value": "99", "bound": "eq"}], "t.001", "new_source", "1.3.0"),
    ],
)
def test_a_headline_that_moved_says_why(tmp_path: Path, rows: list[Row], ids: str, cause: str, least: str) -> None:
    comparison = between(tmp_path, rows, [HEADS[0] | {"value": "99", "observation_ids": ids}])
    (moved,) = comparison.moved
    assert (moved.cause, comparison.least_version) == (cause, least)
    assert cause in {row["reason"] for row in revisions_of("1.3.0", comparison.changes, comparison.moved)}


def test_a_row_that_went_wants_a_tombstone(tmp_path: Path) -> None:
    changes = between(tmp_path, ROWS[:1]).changes
    assert missing_tombstones("1.3.0", changes, []) == [("observations", "s.002")]
    stone = {
        "release": "1.3.0",
        "table_name": "observations",
        "row_id": "s.002",
        "field_name": "*",
        "reason": "tombstone",
    }
    assert missing_tombstones("1.3.0", changes, [stone]) == []
    assert missing_tombstones("1.4.0", changes, [stone]) == [("observations", "s.002")]


def test_a_report_says_the_same_in_every_form(tmp_path: Path) -> None:
    rows = [ROWS[0] | {"value": "<b>63</b>"}, {"observation_id": "s.003", "value": "1", "bound": "eq"}]
    comparison = between(tmp_path, rows, [HEADS[0] | {"value": "63"}])
    text, told, page = (comparison_report(comparison, form) for form in FORMATS)
    assert "1.2.3 to 1.2.4: least version 1.3.0" in text and "1 added, 1 removed, 1 cells changed" in text
    found = json.loads(told)
    assert found["least_version"] == "1.3.0" and found["tables"][1]["removed"] == ["s.002"]
    assert page.startswith("<!doctype html>") and "&lt;b&gt;63&lt;/b&gt;" in page and "<b>63" not in page


def test_a_zip_is_compared_like_its_folder(tmp_path: Path) -> None:
    old = a_release(tmp_path / "old" / "things-1", "1.2.3", (FACTS, ROWS))
    packed = shutil.make_archive(str(tmp_path / "old"), "zip", tmp_path / "old")
    assert compared(old, packed).reasons == ()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("datapackage.json", b"[" * 100_000, "no data package"),
        ("datapackage.json", b'{"version": "1", "resources": [{"name": "a"}]}', "no data package"),
        ("datapackage.json", b'{"version": "1", "resources": [{"table": "a", "path": "../../a.csv"}]}', "leads out"),
        ("schemas/things.json", b'{"fields": 7}', "schemas/things.json: fields: expected a list"),
        ("data/things.csv", b"other\n1\n", "found other columns"),
        ("data/things.csv", b"", "no table"),
        ("data/things.csv", None, "missing"),
    ],
)
def test_a_damaged_release_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    old, new = (a_small_release(tmp_path / place) for place in ("old", "new"))
    (old / name).unlink()
    if content is not None:
        (old / name).write_bytes(content)
    assert main(["diff", str(old), str(new)]) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1 and "foreseen" not in err


def a_small_release(place: Path) -> Path:
    """One table of two rows as text, its schema and the descriptor."""
    schema = {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}
    descriptor = {"version": "1.0.0", "resources": [{"table": "things", "path": "data/things.csv"}]}
    for name, content in (("datapackage.json", json.dumps(descriptor)), ("schemas/things.json", json.dumps(schema)),
                          ("data/things.csv", "id\na\nb\n")):  # fmt: skip
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")
    return place


@pytest.mark.parametrize("text", ["README.md", "a\nb", "a\x1b[2Jb"])
def test_what_is_no_zip_or_version_is_told_in_one_safe_line(capsys: pytest.CaptureFixture[str], text: str) -> None:
    for command in ("diff", "verify"):
        assert main([command, text]) in (1, 2)
        err = capsys.readouterr().err
        assert "\x1b" not in err and "foreseen" not in err


@pytest.mark.parametrize("place", ["nowhere", "empty"])
def test_what_is_no_release_is_refused_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match="fix: name"):
        compared(str(tmp_path / place), str(tmp_path / place))
