"""What is wrong in a document that was taken up whole: a page each, in prose made of the findings about its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from canonical.text_tables import Row
from release.package.markdown import code, front_matter, link, plain, prose, section, state, table
from release.pages.chinese_texts import text_in
from release.pages.data import rows_of
from release.pages.finding_words import in_words, why
from release.pages.language import Language, in_language, text_of
from release.pages.rules import rule_texts
from release.pages.vocabulary import meaning_of

__all__ = ["document_pages"]

STANDING = {
    "open": (
        "Nobody has explained these yet",
        "尚无解释",
        "The document and other numbers cannot both be right, or the reader should know of it.",
        "文件与其他数字不可能都对，或读者应当知情。",
    ),
    "corrected": (
        "Corrected beside the print",
        "已在原文之旁更正",
        "The number stays as printed; the table [corrections](../tables/corrections.md) holds what it must mean.",
        "数字保留原文；[corrections](../tables/corrections.md) 表给出其应有的含义。",
    ),
    "accepted": (
        "Explained and left",
        "已解释并保留",
        "The difference is real and has a reason, which stands with it.",
        "差异属实且有原因，原因一并列出。",
    ),
}
NAMELESS = "not printed"
"""How the publisher of a document that names none is typed."""
TABLES = {"observations": "observation_id", "statements": "statement_id", "model_prices": "model_price_id"}


def document_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown): the list of documents, then every document."""
    documents = [
        row for row in rows_of("sources") if row["source_id"] in {r["source_id"] for r in rows_of("source_coverage")}
    ]
    yield "documents/index", _index(documents, language)
    for document in documents:
        yield f"documents/{document['source_id']}", _document(document, language)


def _index(documents: list[Row], language: Language) -> str:
    title = in_language(language, "# What is wrong in two research documents", "# 两份研究文件中的问题")
    about = in_language(
        language,
        "The package began with two Chinese research documents on Alibaba Cloud. Every number and claim in them is a "
        "row, whether it is right or wrong, and the checks compare it with what the company and others printed. "
        "Each page tells what they found.",
        "本数据集始于两份关于阿里云的中文研究文件。其中每个数字与说法无论对错都有一行，核查程序将其与公司及其他来源的数字对照。"
        "下列页面说明所发现的问题。",
    )
    headers = [
        in_language(language, *words)
        for words in (("Document", "文件"), ("Publisher", "发布者"), ("Rows", "行数"), ("Findings", "核查结果数"))
    ]
    rows = [
        [
            link(plain(row["title"]), f"{row['source_id']}.md"),
            plain(row["publisher"]),
            f"{len(_rows(row['source_id'])):,}",
            f"{len(_findings(row['source_id'])):,}",
        ]
        for row in documents
    ]
    return "\n\n".join([title, about, table(headers, rows, right=[2, 3])])


def _rows(source_id: str) -> set[str]:
    """Ids of the rows that the document itself states."""
    return {row[key] for name, key in TABLES.items() for row in rows_of(name) if row["source_id"] == source_id}


def _findings(source_id: str) -> list[Row]:
    """The findings that name a row of the document."""
    own = _rows(source_id)
    touching = {
        row["finding_id"] for row in rows_of("finding_rows") if row["row_id"] in own and row["role"] == "subject"
    }
    return [row for row in rows_of("findings") if row["finding_id"] in touching]


def _document(document: Row, language: Language) -> str:
    key = document["source_id"]
    findings = _findings(key)
    title = in_language(language, f"What is wrong in {key}", f"{document['title']}：问题一览")
    parts = [front_matter(title), f"# {plain(title)}", _told(document, findings, language)]
    for status, (english, chinese, about_en, about_zh) in STANDING.items():
        held = [row for row in findings if row["status"] == status]
        if held:
            parts += [
                section(2, in_language(language, english, chinese), status),
                in_language(language, about_en, about_zh),
            ]
            for rule, rows in groupby(sorted(held, key=lambda row: row["rule"]), key=lambda row: row["rule"]):
                parts += _one_kind(rule, list(rows), language)
    parts += _places(key, language)
    return "\n\n".join(parts)


def _told(document: Row, findings: list[Row], language: Language) -> str:
    """Who published the document and when, how much of it is in the package, and how many things the checks name."""
    rows = len(_rows(document["source_id"]))
    day = document["published_on"]
    named = not document["publisher"].startswith(NAMELESS)
    who = plain(document["publisher"]) if named else in_language(language, "Somebody who is not named", "未署名者")
    told = in_language(
        language,
        f"{who} published the document {plain(document['title'])}{f' on {day}' if day else ', which prints no day'}. "
        f"This dataset has {rows} rows of it under the id {code(document['source_id'])}.",
        f"本文件由{who}发布，{f'日期为 {day}' if day else '未注明日期'}。"
        f"本数据集以编号 {code(document['source_id'])} 收录其 {rows} 行。",
    )
    return told + in_language(language, " ", "") + (_counted(findings, language) if findings else _spotless(language))


def _counted(findings: list[Row], language: Language) -> str:
    standing, corrected, accepted = (sum(row["status"] == status for row in findings) for status in STANDING)
    return in_language(
        language,
        f"The checks name {len(findings)} things in it: {standing} open, {corrected} corrected, {accepted} explained.",
        f"核查共指出 {len(findings)} 处：未决 {standing} 处，已更正 {corrected} 处，已解释 {accepted} 处。",
    )


def _spotless(language: Language) -> str:
    return in_language(
        language,
        "No check found a row that other numbers contradict. What the document says of prices is looked at in "
        "[a study of its own](../../findings/seed-price-ranges.md).",
        "没有一行被其他数字否定。文件关于价格的说法另见[专题](../../findings/seed-price-ranges.md)。",
    )


def _one_kind(rule: str, rows: list[Row], language: Language) -> list[str]:
    reason = next((row[f"rationale_{language}"] for row in rule_texts() if row["rule"] == rule), "")
    return [section(3, code(rule)), prose(reason), "\n".join(_sentence(row, language) for row in rows)]


def _sentence(finding: Row, language: Language) -> str:
    """One finding as a sentence, with the correction or the reason that answers it."""
    found, expected = (plain(in_words(finding[column], language)) for column in ("found", "expected"))
    shown = state(code(finding["row_id"]), "../../record.html", "f", finding["finding_id"])
    about = _about(finding, language)
    answers = _answers().get(finding["finding_id"], [])
    said = in_language(
        language,
        f"- {about}The document has {found}; expected is {expected}.{_case(finding, language)} ({shown})",
        f"- {about}文件为 {found}；应为 {expected}。{_case(finding, language)}（{shown}）",
    )
    lines = [said, *(_answer(row, language) for row in answers)]
    if finding["reason"]:
        lines.append(in_language(language, "Reason: ", "原因：") + plain(text_in(language, finding["reason"])))
    return " ".join(lines)


def _case(finding: Row, language: Language) -> str:
    """What the case adds to its rule: what it was compared with and what is likely; in English else the rule."""
    rule, *added = why(finding, language).split(in_language(language, "; ", "；"))
    parts = [plain(part) for part in added if not part.startswith(("rests on a reading", "依据对"))]
    if language == "zh":
        return f"{'；'.join(parts)}。" if parts else ""
    return f" {_capital('; '.join(parts) or plain(rule)).replace('Held against', 'It was compared with')}."


def _about(finding: Row, language: Language) -> str:
    """The metric and period of a number; nothing for another kind of row."""
    row = _numbers().get(finding["row_id"]) if finding["table_name"] == "observations" else None
    if row is None:
        return ""
    metric = next(text_of(one, "name", language) for one in rows_of("metrics") if one["metric_id"] == row["metric_id"])
    return in_language(
        language, f"{plain(metric)}, to {row['period_end']}. ", f"{plain(metric)}，截至 {row['period_end']}。"
    )


@cache
def _numbers() -> dict[str, Row]:
    return {row["observation_id"]: row for row in rows_of("observations")}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _answer(correction: Row, language: Language) -> str:
    field, printed, corrected = (code(correction[key]) for key in ("field_name", "printed", "corrected"))
    reason = plain(text_in(language, correction["reason"]))
    return in_language(
        language,
        f"Read with {field} {corrected} in place of {printed}: {reason}",
        f"更正：{field} 应为 {corrected}，而非 {printed}。{reason}",
    )


def _answers() -> dict[str, list[Row]]:
    """One correction of each field for each finding that asked for it."""
    found: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows_of("corrections"):
        found[row["finding_id"]].setdefault(row["field_name"], row)
    return {key: list(rows.values()) for key, rows in found.items()}


def _places(source_id: str, language: Language) -> list[str]:
    """Where each place of the document went: how many numbers it prints and how many rows hold them."""
    headers = [
        in_language(language, *words)
        for words in (("Place", "位置"), ("What stands there", "内容"), ("Numbers", "数字"), ("Rows", "行数"))
    ]
    rows = [
        [
            plain(row["locator"]),
            meaning_of("source_coverage", "content", row["content"], language),
            row["printed_numbers"],
            row["rows"],
        ]
        for row in rows_of("source_coverage")
        if row["source_id"] == source_id
    ]
    title = in_language(language, "Every place of the document", "文件的每一处")
    return [section(2, title, "places"), table(headers, rows, right=[2, 3])]
