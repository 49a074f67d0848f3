"""Edits of lists of regions and of fiscal periods: codes, countries, names, days and versions that are not theirs."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.held_kind import (
    Edit,
    HeldKind,
    added,
    cell_of_another,
    days_off,
    deleted,
    digit_replaced,
    edited,
    flipped,
    letters_exchanged,
    once_more,
    one_of,
    other_year,
)
from canonical.text_tables import Row

__all__ = ["HARMLESS", "KINDS"]

TABLE, PERIODS = "regions", "fiscal_periods"


def _zone(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"region": row["region"] + rng.choice(("a", "b", "-a", "-1", "c"))}


def _blanks(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    odd = row["region"].replace("-", rng.choice(("_", "", " ")))
    return {"region": odd if odd != row["region"] else row["region"].title()}


def _head(row: Row) -> str:
    return row["region"][:2] if "-" in row["region"] else ""


def _near(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    near = sorted({o["country"] for o in rows if _head(o) == _head(row) and o["country"]} - {row["country"]})
    return {"country": rng.choice(near)} if near and row["country"] else None


def _day_for_month(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    year, month, day = row["first_seen_on"].split("-")
    return {"first_seen_on": f"{year}-{day}-{month}"} if int(day) <= 12 and day != month else None


def _late(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"last_seen_on": f"{int(row['first_seen_on'][:4]) - 1}-01-01"}


def _under_another_code(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"region": row["region"] + rng.choice(("-2", "2", "-new"))}


def _under_another_partition(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    others = sorted({o["partition"] for o in rows if o["vendor_id"] == row["vendor_id"]} - {row["partition"]})
    return {"partition": rng.choice(others or ["private"])}


def _new(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    """A region that the newest version of a list names for the first time."""
    vendor, code, country, name = rng.choice(
        (
            ("amazon", "eu-central-3", "PL", "Europe (Warsaw)"),
            ("amazon", "ap-south-3", "IN", "Asia Pacific (Chennai)"),
            ("amazon", "af-north-1", "EG", "Africa (Cairo)"),
            ("oracle", "eu-warsaw-1", "PL", ""),
            ("oracle", "ap-manila-1", "PH", ""),
            ("huawei", "eu-north-1", "SE", ""),
            ("amazon", "eu-west-4", "PT", ""),
        )
    )
    last = max(
        (o for o in rows if o["vendor_id"] == vendor), key=lambda o: (o["last_seen_on"], o["partition"] == "aws")
    )
    usual = {"partition": {"amazon": "aws", "oracle": "oc1"}.get(vendor, "public"), "left_censored": "false"}
    seen = {"first_seen_on": last["last_seen_on"], "first_version": last["last_version"]}
    return {**last, **usual, **seen, "region": code, "country": country, "name": name}


def _true_name(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    if "(" not in row["name"]:
        return None
    place = row["name"].partition("(")[2].rstrip(")")
    return {"name": rng.choice((place, row["name"].replace("(", "- ").replace(")", ""), f"{row['name']} region"))}


def _later_seen(rows: Sequence[Row], at: int, rng: random.Random) -> Edit:
    """A newer version of a list is read: all its regions of the last version are seen again."""
    last = max(row["last_seen_on"] for row in rows if row["source_id"] == rows[at]["source_id"])
    later = {"last_seen_on": "2026-11-25", "last_version": "kit==99.1.0"}
    whole = [row["last_seen_on"] == last and row["source_id"] == rows[at]["source_id"] for row in rows]
    again = [
        {**row, **(later if row["last_version"] else {"last_seen_on": "2026-11-25"})} if is_seen else row
        for row, is_seen in zip(rows, whole, strict=True)
    ]
    return Edit(again, frozenset(i for i, is_seen in enumerate(whole) if is_seen))


def _quarter_back(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    quarter = row["calendar_quarter"]
    return {"calendar_quarter": f"{quarter[:-1]}{int(quarter[-1]) % 4 + 1}"} if quarter else None


def _label_off(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"fiscal_period": f"FY{int(row['fiscal_period'][2:6]) + rng.choice((-1, 1))}{row['fiscal_period'][6:]}"}


KINDS = (
    HeldKind(
        "letters_exchanged", TABLE, "two letters of the code exchanged", "代码两个字母对调", letters_exchanged("region")
    ),
    HeldKind("number_replaced", TABLE, "another number in the code", "代码中的序号录错", digit_replaced("region")),
    HeldKind("form", TABLE, "the code in another form", "代码写法不同", edited(_blanks)),
    HeldKind("zone", TABLE, "a zone for the region", "以可用区代地区", edited(_zone)),
    HeldKind("other_country", TABLE, "another country", "录成另一国家", cell_of_another("country")),
    HeldKind("near_country", TABLE, "a country nearby", "录成邻近国家", edited(_near)),
    HeldKind("no_country", TABLE, "the country left out", "漏掉国家", edited(lambda row, rows, rng: {"country": ""})),
    HeldKind("other_name", TABLE, "the name of another region", "取了另一地区的名称", cell_of_another("name")),
    HeldKind(
        "misspelt_name", TABLE, "two letters of the name exchanged", "名称两个字母对调", letters_exchanged("name")
    ),
    HeldKind("other_vendor", TABLE, "another vendor", "录成另一厂商", cell_of_another("vendor_id")),
    HeldKind("other_source", TABLE, "another source", "来源录成另一个", cell_of_another("source_id")),
    HeldKind("opening_year", TABLE, "the year first seen one off", "首见年份差一年", other_year("first_seen_on")),
    HeldKind(
        "opening_days", TABLE, "first seen some days off", "首见日期差几天", days_off("first_seen_on", -30, -7, 7, 30)
    ),
    HeldKind("day_for_month", TABLE, "day and month first seen exchanged", "首见的日与月颠倒", edited(_day_for_month)),
    HeldKind("closed", TABLE, "last seen a year before", "末见提前一年", other_year("last_seen_on")),
    HeldKind("closed_first", TABLE, "last seen before first seen", "末见早于首见", edited(_late)),
    HeldKind(
        "other_version", TABLE, "the version of another region", "取了另一地区的版本", cell_of_another("first_version")
    ),
    HeldKind("censored", TABLE, "left-censored or not", "左删失标记颠倒", flipped("left_censored")),
    HeldKind("other_partition", TABLE, "another partition", "分区录错", edited(_under_another_partition)),
    HeldKind("missing", TABLE, "a region left out", "漏掉一个地区", deleted),
    HeldKind("twice", TABLE, "a row entered twice", "同一行录入两次", once_more),
    HeldKind(
        "another_code",
        TABLE,
        "the region once more under another code",
        "同一地区以另一代码再录",
        added(_under_another_code),
    ),
    HeldKind(
        "another_partition",
        TABLE,
        "the region once more in another partition",
        "同一地区在另一分区再录",
        added(_under_another_partition),
    ),
    HeldKind("start", PERIODS, "the start a month off", "期初差一个月", days_off("period_start", -31, -30, 30, 31)),
    HeldKind("end", PERIODS, "the end some days off", "期末差几天", days_off("period_end", -30, -7, -1, 1, 7, 30)),
    HeldKind("label", PERIODS, "the fiscal year one off", "财年差一年", edited(_label_off)),
    HeldKind(
        "type", PERIODS, "another type of period", "期间类型录错", one_of("period_type", "quarter", "half_year", "year")
    ),
    HeldKind("calendar_quarter", PERIODS, "another calendar quarter", "对应的自然季度录错", edited(_quarter_back)),
    HeldKind("aligned", PERIODS, "aligned or not", "对齐标记颠倒", flipped("aligned")),
    HeldKind("entity", PERIODS, "another entity", "主体录错", cell_of_another("entity_id")),
    HeldKind("missing_period", PERIODS, "a period left out", "漏掉一个期间", deleted),
    HeldKind("period_twice", PERIODS, "a row entered twice", "同一行录入两次", once_more),
)
HARMLESS = (
    HeldKind("new_region", TABLE, "a region that the newest version names", "最新版本新列的地区", added(_new), True),
    HeldKind("true_name", TABLE, "another true name", "另一真实名称", edited(_true_name), True),
    HeldKind("newer_version", TABLE, "a newer version of the list", "清单的更新版本", _later_seen, True),
)
