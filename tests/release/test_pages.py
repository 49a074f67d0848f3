"""The generated pages: complete, in both languages, and not to be broken by what the tables hold."""

from __future__ import annotations

import html
import re
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.reference import Reference
from canonical.table_schema import SCHEMAS, load_schema, table_names
from canonical.text_tables import read_rows
from release.package.markdown import code, plain, prose, table
from release.pages import cutting, findings, pages, start, vendor_prices, write_pages
from release.pages.language import LANGUAGES, Language
from release.pages.rules import rule_texts
from validation.relations import RELATIONS
from validation.structure.checks import rules_of
from validation.units.frame import CHECKED, unit_frame

RULE_ID = re.compile(r'(?<!startswith\()"([SUPCV]\.[a-z_]+)"')
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
HOSTILE = st.text(st.sampled_from("|`*_<>[]{}()#+!\\&;:-.~^=$\"'/ab1中 "), max_size=16)


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """Every generated page by its path."""
    return pages()


def rendered_cell(cell: str) -> str:
    """What a reader sees of the first cell of a table's only row."""
    page = markdown.markdown(table(["head", "next"], [[cell, "x"]]), extensions=["tables", "attr_list"])
    match = re.search(r"<td>(.*?)</td>", page, re.DOTALL)
    assert match, page
    return html.unescape(re.sub(r"<[^>]*>", "", match[1]))


@given(st.one_of(HOSTILE, PRINTABLE))
def test_a_cell_is_shown_letter_for_letter(text: str) -> None:
    expected = " ".join(text.split())
    assert rendered_cell(plain(text)).strip() == expected
    assert rendered_cell(code(text)).strip() == expected


def test_names_in_backticks_keep_the_space_around_them() -> None:
    assert rendered_cell(prose("put right in `corrections`, never | here")) == "put right in corrections, never | here"


def test_every_page_stands_in_both_languages(generated: dict[str, str]) -> None:
    english = {path for path in generated if not path.endswith(".zh.md")}
    assert {path.removesuffix(".md") + ".zh.md" for path in english} == set(generated) - english


def test_a_chinese_page_is_chinese_and_an_english_one_has_an_english_title(generated: dict[str, str]) -> None:
    for path, text in generated.items():
        if Path(path).name.startswith("_") or path.startswith("vendors/"):
            continue
        title = re.search(r"^# (.*)$", text, re.MULTILINE)
        assert title, path
        assert bool(CHINESE.search(title[1])) == path.endswith(".zh.md"), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", table_names())
def test_the_dictionary_explains_every_column(generated: dict[str, str], name: str, language: str) -> None:
    suffix, key = (".md", "") if language == "en" else (".zh.md", "_zh")
    page = generated[f"tables/{name}{suffix}"]
    for field in load_schema(name).fields:
        _, _, section = page.partition(f"{{ #{field.name} }}")
        assert section, field.name
        section = section.partition("\n### ")[0]
        assert field.descriptor[f"description{key}"].split("`")[0][:20].strip() in section.replace("\\", "")
        assert field.name in section or code(str(field.descriptor["example"])) in section
        for value in field.descriptor.get("codes", {}):
            assert code(value) in section


@pytest.mark.parametrize("name", table_names())
def test_the_dictionary_names_the_files_that_are_there_and_no_other(generated: dict[str, str], name: str) -> None:
    data = SCHEMAS.parent / "data"
    found = [*data.glob(f"{name}.csv"), *data.glob(f"{name}.parquet"), *(data / name).rglob("*.parquet")]
    page = generated[f"tables/{name}.md"]
    assert set(re.findall(r"`(data/[^`]+)`", page.partition("## Columns")[0])) == {
        path.relative_to(data.parent).as_posix() for path in found
    }
    assert ("No file yet." in page) == (not found)


def test_every_rule_that_can_fire_says_why_in_both_languages() -> None:
    written = read_rows(SCHEMAS / "rules.csv")
    assert [row["rule"] for row in written] == sorted({row["rule"] for row in written})
    assert {row["rule"] for row in written} == rule_ids(), (
        "schemas/rules.csv holds one row for each rule; add or delete"
    )
    stated = {relation.id for relation in RELATIONS}
    for row in written:
        assert bool(row["rationale_en"]) != (row["rule"] in stated), f"{row['rule']}: a relation states itself"
        assert CHINESE.search(row["rationale_zh"]), row["rule"]
    assert all(row["rationale_en"] for row in rule_texts())


def rule_ids() -> set[str]:
    """Every rule id that stands in the code of the checks, or that a schema gives rise to."""
    rooms = (SCHEMAS.parent / "canonical", SCHEMAS.parent / "validation")
    code_of_checks = (path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py"))
    ids = {rule for text in code_of_checks for rule in RULE_ID.findall(text)}
    ids |= {rule.id for name in table_names() for rule in rules_of(load_schema(name))}
    ids |= {relation.id for relation in RELATIONS}
    for name, columns in CHECKED.items():
        ids |= {rule.id for rule in unit_frame(load_schema(name), [], list(columns), Reference(), True)[2]}
    return ids


def test_the_interval_page_shows_every_convention(generated: dict[str, str]) -> None:
    lines = generated["_intervals.md"].strip().splitlines()[2:]
    conventions = read_rows(SCHEMAS / "precision.csv")
    assert len(lines) == len(conventions)
    for line, convention in zip(lines, conventions, strict=True):
        assert code(convention["bound"]) in line
        assert code(convention["precision_word"]) in line


def test_the_findings_page_counts_every_finding_and_shows_some_of_each_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    row = dict.fromkeys(load_schema("findings").columns, "") | {
        "rule": "C.growth_prev", "severity": "error", "status": "accepted", "table_name": "observations",
        "message": "does not fit",
    }  # fmt: skip
    many = tuple(row | {"finding_id": str(n), "row_id": f"row.{n:03}"} for n in range(findings.SHOWN + 7))
    many = (*many[:-1], many[-1] | {"status": "open"})
    monkeypatch.setattr(findings, "rows_of", lambda table: many if table == "findings" else ())
    written = dict(findings.finding_pages("en"))
    assert set(written) == {"findings", "findings/c"}
    assert f"**{len(many):,} findings**, 1 of them open" in written["findings"]
    assert "(findings/c.md#C.growth_prev)" in written["findings"]
    assert written["findings/c"].count("does not fit") == findings.SHOWN
    assert "7 more of this rule" in written["findings/c"]


def test_pages_that_grow_are_cut_in_the_same_places_in_both_languages() -> None:
    """Sizes are bytes of the longer language: 一 has three of them."""
    parts = [cutting.LARGEST // 2] * 3 + [cutting.LARGEST * 2, 1, 1]
    pages = cutting.cut("news", parts, lambda size, language: ("x" if language == "en" else "") * size)
    assert [(stem, len(held)) for stem, held in pages] == [("news", 2), ("news-2", 1), ("news-3", 1), ("news-4", 2)]
    chinese = cutting.cut(
        "news", [cutting.LARGEST // 4] * 3, lambda size, language: ("x" if language == "en" else "一") * size
    )
    assert [len(held) for _, held in chinese] == [1, 1, 1]
    assert cutting.cut("news", [], lambda _, language: language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_count_addresses_of_documents_and_of_copies(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = {name: dict.fromkeys(load_schema(name).columns, "") for name in ("sources", "observations")}
    addresses = {"page": "https://example.org", "paper": ""}
    read = [("page", "", "p:1"), ("paper", "page", ""), ("paper", "page", ""), ("paper", "", ""), ("page", "paper", "")]
    rows = {
        "sources": [blank["sources"] | {"source_id": key, "url": url} for key, url in addresses.items()],
        "observations": [
            blank["observations"] | {"source_id": source, "via_source_id": via, "locator": locator}
            for source, via, locator in read
        ],
    }
    monkeypatch.setattr(start, "rows_of", lambda name: rows.get(name, []))
    counted = dict(start.snippets(language))["_places"]
    assert re.findall(r"\d+", counted) == ["5", "2", "2", "1", "1"]


def test_every_vendor_and_source_has_its_place(generated: dict[str, str]) -> None:
    data = SCHEMAS.parent / "data"
    assert {f"vendors/{row['vendor_id']}.md" for row in read_rows(data / "vendors.csv")} <= set(generated)
    for table_name, key in (("sources", "source_id"), ("metrics", "metric_id"), ("entities", "entity_id")):
        pages = [text for path, text in generated.items() if re.fullmatch(rf"{table_name}(/[\w-]+)?\.md", path)]
        anchors = re.findall(r'<span id="([^"]+)">', "".join(pages))
        assert sorted(anchors) == sorted(row[key] for row in read_rows(data / f"{table_name}.csv"))


def test_a_vendor_shows_its_model_prices_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = dict.fromkeys(load_schema("model_prices_current").columns, "") | vendor_prices.ORDINARY
    prices = [
        blank | {"seller": seller, "maker": "acme", "model": model, "meter": meter, "amount": amount, "valid_from": day}
        for seller, model, day in (("acme", "old", "2025-01-01"), ("acme", "new", "2026-01-01"), ("shop", "old", ""))
        for meter, amount in (("input", "0.8"), ("output", "2"))
    ]
    monkeypatch.setattr(vendor_prices, "rows_of", lambda name: prices)
    for grouped in (vendor_prices._sold_by, vendor_prices._made_by):
        grouped.cache_clear()
    page, of_nobody = "\n".join(vendor_prices.vendor_prices("acme", "en")), vendor_prices.vendor_prices("nobody", "en")
    for grouped in (vendor_prices._sold_by, vendor_prices._made_by):
        grouped.cache_clear()
    assert "holds 4 prices" in page and "2 at which others" in page
    assert re.findall(r"<code>(\w+)</code>", page) == ["new", "old"]
    assert of_nobody == []


def test_no_page_of_a_vendor_is_empty(generated: dict[str, str]) -> None:
    pages_of_vendors = {path: text for path, text in generated.items() if path.startswith("vendors/")}
    assert [path for path, text in pages_of_vendors.items() if "\n| ---" not in text] == []


def test_writing_pages_takes_away_old_ones_and_leaves_current_ones_alone(
    generated: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as made:
        made.setattr("release.pages.pages", lambda: generated)
        written = write_pages(tmp_path)
    old = tmp_path / "tables" / "gone.md"
    old.write_text("old", encoding="utf-8")
    assert write_pages(tmp_path) == []
    assert not old.exists()
    assert all(path.exists() for path in written)
