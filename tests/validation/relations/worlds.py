"""For every relation a world in which it finds something and one that only looks odd, on which it is silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.prints import World

__all__ = ["WORLDS", "Pair"]

Cells = Mapping[str, str]


class Pair(NamedTuple):
    """A world that breaks a relation at `row`, and one that keeps it."""

    bad: World
    row: str
    good: World


LINE, OWN = "Purchases of equipment", ("older-release", "filing", "report")
ON_QUARTER = {"measure": "growth_prev", "printed_unit_id": "percent"}
SHARE = {"measure": "share", "printed_unit_id": "percent"}
IN_MARKET = {**SHARE, "of_entity_id": "market"}
CASH_FLOW = "table:1 row:Purchases of equipment col:"
GUIDED = {"claim_status": "guidance"}
TEN_Q = {"sources": [{"source_id": "filing", "title": "Form 10-Q for the quarter ended December 31, 2025"}]}
THIS_YEAR, LAST_YEAR = ("2025-09-30", "2025-06-30"), ("2024-12-31", "2024-09-30")


def pair(bad: list[Cells], good: list[Cells], row: str = "p1") -> Pair:
    """Two worlds of prints alone; the finding stands at `row` of the bad one."""
    return Pair(World(bad), row, World(good))


def at(end: str, value: str, **cells: str) -> Cells:
    """A print of a quarter to `end`."""
    return {"period_end": end, "printed_value": value, **cells}


def year(end: str, value: str, **cells: str) -> Cells:
    """A print of a year to `end`."""
    return at(end, value, period_type="year", **cells)


def now(value: str, **cells: str) -> Cells:
    """A print of the quarter to 2025-12-31."""
    return {"printed_value": value, **cells}


def quarters(*values: str, **cells: str) -> list[Cells]:
    """Prints of successive quarters from the one to 2024-03-31 on."""
    ends = [f"{y}-{end}" for y in (2024, 2025, 2026) for end in ("03-31", "06-30", "09-30", "12-31")]
    return [at(end, value, **cells) for end, value in zip(ends, values, strict=False)]


def backlog(end: str, value: str, **cells: str) -> Cells:
    """A backlog on a day."""
    return at(end, value, metric_id="backlog", period_type="instant", **cells)


OF_BACKLOG = [
    backlog("2025-12-31", "627", breakdown_id="ai"), backlog("2025-09-30", "625", breakdown_id="ai"),
    backlog("2025-09-30", "631"),
]  # fmt: skip
"""A part of a backlog on two days, and the whole on one of them."""
NINE_MONTHS = [at("2025-09-30", "1", period_type="nine_months", measure="growth_yoy", printed_unit_id="percent")]


OF_RIVAL = {"entity_id": "rival", "breakdown_id": "ai-services"}
OF_ACME = {"breakdowns": [{"breakdown_id": "ai-services", "definition": "Services of models, as Acme names them"}]}
"""A print of a part under another vendor, and the definition that gives the part to its own."""


BORNE_OUT = [at("2024-09-30", "108", source_id="news")]


def effects(rate: str) -> list[Cells]:
    """Growth of three lines in constant currency, the first of them `rate`, and as reported."""
    lines = (("acme-cloud", rate, "36"), ("acme-media", "25", "23"), ("acme", "28", "26"))
    return [
        now(value, entity_id=name, basis=basis, **GROWTH)
        for name, *both in lines
        for value, basis in zip(both, ("constant_currency", "reported"), strict=True)
    ]


def copied(source_id: str) -> list[Cells]:
    """Three prints read in one copy, the first of the release and two of another document."""
    ends = ("2024-09-30", "2024-06-30", "2024-03-31")
    rows = [at(end, str(n), via_source_id="wire") for n, end in enumerate(ends, start=100)]
    return [rows[0], *(row | {"source_id": source_id} for row in map(dict, rows[1:]))]


def streak(end: str, value: str) -> Cells:
    """A count of quarters in a row up to a day."""
    unit = {"printed_unit_id": "count"}
    return at(end, value, metric_id="growth-streak-quarters", period_type="instant", breakdown_id="ai", **unit)


def claimed(relation: str, versus: str = "", *prints: Cells, **cells: str) -> World:
    """A world with one statement on the margin of Acme Cloud."""
    statement = {
        "statement_id": "s1", "source_id": "release", "entity_id": "acme-cloud", "metric_id": "ebita-margin",
        "period_type": "year", "relation": relation, "versus": versus, **cells,
    }  # fmt: skip
    return World(prints, {"statements": [statement]})


PROFITS = [*quarters("40", "41", metric_id="ebitda"), *quarters("-30", "-31", metric_id="operating-income")]
TOLD_ABOUT = [
    at(end, value, bound="gt", printed_text=f"超过 {value} 亿元")
    for end, value in (("2025-03-31", "200"), ("2025-06-30", "300"), ("2025-09-30", "500"))
]
IN_YUAN = [now("120", metric_id="capex"), now("340", metric_id="operating-income"), now("30", metric_id="ebita")]
OF_THE_YEAR = (("120", "capex"), ("340", "operating-income"))
EIGHT = quarters("10", "11", "12", "13", "14", "15", "16", "17", source_id="filing")
CAPEX_OF_YEARS = [
    year(f"202{n}-12-31", "80", metric_id="capex-with-finance-leases", source_id=name) for n, name in enumerate(OWN)
]


def margin(end: str, value: str, **cells: str) -> Cells:
    """A margin of a year."""
    return year(end, value, **{"metric_id": "ebita-margin", "printed_unit_id": "percent", **cells})


def linked(one: str, other: str) -> World:
    """A company under one stage in one document and under another stage in another."""
    links = [
        {"source_id": source, "locator": "p:1", "stage_id": stage, "company_id": "maker"}
        for source, stage in (("release", one), ("news", other))
    ]
    stages = [{"stage_id": "chips"}, {"stage_id": "servers"}, {"stage_id": "gpu", "parent_stage_id": "chips"}]
    return World([], {"supply_chain_links": links, "supply_chain_stages": stages})


def listed(one: str, other: str) -> World:
    """Two companies of the list, and two links of a document to companies."""
    links = [
        {"source_id": "news", "locator": f"p:{n}", "stage_id": "chips", "company_id": company}
        for n, company in enumerate((one, other), start=1)
    ]
    companies = [{"company_id": "maker"}, {"company_id": "other"}]
    return World([], {"supply_chain_links": links, "companies": companies})


def sourced(*rows: Cells) -> World:
    """A world of sources alone."""
    return World([], {"sources": [{"source_id": f"s{n}", **row} for n, row in enumerate(rows, start=1)]})


GROWTH = {"measure": "growth_yoy"}
RELEASES = {
    "sources": [{"source_id": f"release-{n}", "publisher": "Acme", "kind": "company_release"} for n in range(5)]
}
IN_RELEASE = {"source_id": "release-4", "locator": "table:1 row:Revenue"}
IN_RELEASES = [at(f"202{n}-12-31", "12", source_id=f"release-{n}", locator="table:2 row:2") for n in range(4)]
"""The revenue of four releases in hundred millions, and a place in a table of a fifth."""
CALLED_REVENUE = [
    at(f"202{n}-12-31", "12", source_id=name, printed_label="Cash from operations")
    for n, name in enumerate((*OWN, "news"))
]
"""A label that four documents have beside one metric."""
GROUPS = {"entities": [{"entity_id": f"group-{n}", "scope": "group", "vendor_id": f"group-{n}"} for n in range(4)]}
OF_GROUPS = [
    at(f"20{10 + n}-12-31", "9", entity_id=f"group-{g}", metric_id="capex-cash") for g in range(4) for n in range(15)
]
"""Capital expenditure in cash, told of four groups alone."""
STEADY = ["300", "310", "320", "330", "340", "350", "360"]
EVEN = ["300.5", "310.5", "320.5", "330.5", "340.5", "350.5", "360.5", "370.5", "380.5"]
BENT = [*EVEN[:3], "430.5", *EVEN[4:]]
WINDOW = {"period_type": "window", "metric_id": "backlog", "period_start": "2025-10-01"}

TOLD_AS_EBITA = [
    {**cells, "metric_id": "ebita", "source_id": source_id}
    for cells, source_id in zip(quarters(*"45678"), ("release", "older-release", "filing", "news", "wire"), strict=True)
]
LABELLED = quarters(*"456", printed_label="Revenue", locator="table:1 row:Total revenue")
GUIDED_BY_RANGES = [
    cells | {"printed_value_to": "9", "bound": "range", "source_id": source_id, **GUIDED}
    for cells, source_id in zip(map(dict, quarters(*"5678")), ("news", "wire", "news", "wire"), strict=True)
]
WORLDS: dict[str, Pair] = {
    "U.plausible": pair([now("998877.5")], [now("9988.5")]),
    "U.sign": pair([now("-36")], [now("-36", metric_id="ebita")]),
    "U.share_limit": pair(
        [now("120", measure="share", breakdown_id="ai")], [now("20", measure="share", breakdown_id="ai")]
    ),
    "U.metric_unit": pair([now("5", metric_id="regions")], [now("5", metric_id="regions", printed_unit_id="count")]),
    "U.range_width": pair(
        [now("5", printed_value_to="34", bound="range")], [now("5", printed_value_to="15", bound="range")]
    ),
    "U.padded_decimals": pair(
        [now("36.00", **GROWTH), at("2025-09-30", "34.50", **GROWTH)],
        [now("36.00", **GROWTH), at("2025-09-30", "34.55", **GROWTH)],
    ),
    "U.text_digits": pair(
        [now("423.84", printed_text="432.84 亿元")], [now("1084.6", printed_text="1.084,6")]
    ),
    "U.text_unit": pair(
        [now("24.3", printed_unit_id="cny-m", printed_text="24.3 billion")],
        [now("24.3", printed_unit_id="cny-bn", printed_text="RMB24.3 billion")],
    ),
    "U.text_sign": pair(
        [now("15.3", metric_id="ebita", printed_text="(15.3)")], [now("15.3", metric_id="capex", printed_text="(15.3)")]
    ),
    "V.usual_evidence": pair(
        [now("1", locator="p:3", evidence="secondary"), *quarters("4", "5", "6", locator="p:2")],
        [now("1", locator="table:1 row:1", evidence="table_extract"), *quarters("4", "5", "6", locator="p:2")],
    ),
    "V.usual_copy": pair(
        [now("1", locator="p:3"), *quarters("4", "5", "6", via_source_id="wire")],
        [now("1", locator="p:3"), now("2", metric_id="ebita"), *quarters("4", "5", "6", via_source_id="wire")],
    ),
    "V.usual_perimeter": pair(
        [now("1", entity_id="acme-media", perimeter_id="original")],
        [now("1", entity_id="acme-media", perimeter_id="original"),
         at("2024-12-31", "1", entity_id="acme-media", perimeter_id="original")],
    ),
    "V.usual_status": pair(
        [now("1", source_id="news"), *quarters("4", "5", "6", source_id="news", claim_status="estimate")],
        [now("1", source_id="news", metric_id="capex"),
         *quarters("4", "5", "6", source_id="news", claim_status="estimate")],
    ),
    "V.place_label": pair(
        [now("1", printed_label="Cost of revenue", locator="table:1 row:Net income col:2025"), *LABELLED],
        [now("1", printed_label="Income, net", locator="table:1 row:Net income col:2025"), *LABELLED],
    ),
    "V.usual_form": pair(
        [now("30", metric_id="ebita-adjusted"), *TOLD_AS_EBITA],
        [now("30", metric_id="ebita-adjusted", printed_label="Adjusted EBITA"), *TOLD_AS_EBITA],
    ),
    "U.growth_of_ratio": pair(
        [now("31", metric_id="ebita-margin", measure="growth_yoy", printed_unit_id="percent")],
        [now("31", metric_id="ebita-margin", printed_unit_id="percent"),
         now("2", metric_id="ebita-margin", measure="difference_yoy", printed_unit_id="percentage-point")],
    ),
    "U.text_range": pair(
        [now("71", printed_text="71–75 亿")],
        [now("71", printed_text="由 75 至 71 亿"),
         now("71", metric_id="capex", printed_text="71–75 亿", printed_value_to="75", bound="range")],
    ),
    "V.usual_range": pair(
        [at("2026-03-31", "80", **GUIDED), *GUIDED_BY_RANGES],
        [at("2026-03-31", "80", printed_text="80 亿", **GUIDED), *GUIDED_BY_RANGES],
    ),
    "V.usual_unit": Pair(
        World([now("12", printed_unit_id="cny-bn", **IN_RELEASE), *IN_RELEASES], known=RELEASES),
        "p1",
        World([now("12", **IN_RELEASE), *IN_RELEASES], known=RELEASES),
    ),
    "V.usual_label": pair(
        [now("5", metric_id="ebita", printed_label="Cash from operations"), *CALLED_REVENUE],
        [now("5", printed_label="Cash from operations"), *CALLED_REVENUE],
    ),
    "U.unsaid_bound": pair(
        [now("1234", bound="gt", printed_text="1,234 亿")], [now("1234", bound="gt", printed_text="超 1,234 亿")]
    ),
    "U.usual_decimals": pair(
        [now("26.48"), *quarters("24.3", "25.1", "25")],
        [now("26.48"), now("30.04", metric_id="ebita"), *quarters("24.3", "25.1", "25")],
    ),
    "U.claimed_decimals": pair([now("36.9", decimals="0")], [now("36.0", decimals="0")]),
    "U.text_bound": pair([now("7", printed_text="超 7 亿")], [now("7", printed_text="+7 亿")]),
    "U.scale_slip": pair(quarters(*STEADY[:3], "33.0", *STEADY[4:]), quarters(*STEADY), "p4"),
    "U.rate_slip": pair(
        quarters("30", "31", "0.32", "33", "34", **GROWTH), quarters("30", "31", "12", "33", "34", **GROWTH), "p3"
    ),
    "U.bend": pair(quarters(*BENT), quarters(*EVEN), "p4"),
    "P.label": pair([now("1", period_label="FY2026 Q2")], [now("1", period_label="FY2026 Q3")]),
    "P.month_end": pair([at("2025-12-30", "1")], [at("2025-12-31", "1")]),
    "P.fiscal_grid": pair([at("2025-11-30", "1")], [at("2025-12-31", "1")]),
    "P.kind": pair([at("2025-12-31", "1", metric_id="backlog")], [backlog("2025-12-31", "1")]),
    "P.future": pair([at("2026-03-31", "1")], [at("2026-03-31", "1", claim_status="guidance")]),
    "P.past": pair([at("2015-12-31", "1"), now("1")], [*(at(f"20{y}-12-31", "1") for y in range(15, 25)), now("1")]),
    "P.past_forecast": pair(
        [at("2025-12-31", "1", claim_status="guidance")], [at("2026-03-31", "1", claim_status="guidance")]
    ),
    "P.year_to_date": pair(
        [at("2025-09-30", "815.01"), at("2025-09-30", "81501", period_type="half_year", printed_unit_id="cny-m")],
        [at("2025-09-30", "415.01"), at("2025-09-30", "81501", period_type="half_year", printed_unit_id="cny-m")],
    ),
    "C.agreement_in_source": pair([now("432.84"), now("434")], [now("432.84"), now("432.8")], "p2"),
    "C.agreement": pair(
        [now("24.3", source_id="news", printed_unit_id="cny-bn"), now("26549", printed_unit_id="cny-m")],
        [now("26.5", source_id="news", printed_unit_id="cny-bn"), now("26549", printed_unit_id="cny-m")],
    ),
    "C.restatement": pair(
        [at("2024-12-31", "317.8", source_id="older-release"), at("2024-12-31", "318.9", source_id="filing")],
        [at("2024-12-31", "317.8", source_id="older-release"), at("2024-12-31", "317.8", source_id="filing")],
        "p1",
    ),
    "C.growth_yoy": pair(
        [now("80.10", **GROWTH), now("315.01"), at("2024-12-31", "317.0")],
        [now("36", **GROWTH), now("432.84"), at("2024-12-31", "317.8")],
    ),
    "C.growth_prev": pair(
        [now("8.80", measure="growth_prev"), now("432.84"), at("2025-09-30", "398.24")],
        [now("8.7", measure="growth_prev"), now("432.84"), at("2025-09-30", "398.24")],
    ),
    "C.growth_over_period": pair(
        [now("300", measure="growth_over_period", **WINDOW), backlog("2025-12-31", "4"), backlog("2025-09-30", "2")],
        [now("100", measure="growth_over_period", **WINDOW), backlog("2025-12-31", "4"), backlog("2025-09-30", "2")],
    ),
    "C.multiple_over_period": pair(
        [now("4", measure="multiple_over_period", printed_unit_id="times", **WINDOW), backlog("2025-12-31", "40.0"),
         backlog("2025-09-30", "20.0")],
        [now("2", measure="multiple_over_period", printed_unit_id="times", **WINDOW), backlog("2025-12-31", "40.0"),
         backlog("2025-09-30", "20.0")],
    ),
    "C.multiple_yoy": pair(
        [now("3", measure="multiple_yoy", printed_unit_id="times"), now("400"), at("2024-12-31", "200")],
        [now("2", measure="multiple_yoy", printed_unit_id="times"), now("400"), at("2024-12-31", "200")],
    ),
    "C.difference_yoy": pair(
        [margin("2025-03-31", "5", measure="difference_yoy", printed_unit_id="percentage-point"),
         margin("2025-03-31", "9"), margin("2024-03-31", "6")],
        [margin("2025-03-31", "3", measure="difference_yoy", printed_unit_id="percentage-point"),
         margin("2025-03-31", "9"), margin("2024-03-31", "6")],
    ),
    "C.contribution_yoy": pair(
        [now("20", measure="contribution_yoy", breakdown_id="ai", printed_unit_id="percentage-point"),
         now("60", breakdown_id="ai"), at("2024-12-31", "30", breakdown_id="ai"), at("2024-12-31", "300")],
        [now("10", measure="contribution_yoy", breakdown_id="ai", printed_unit_id="percentage-point"),
         now("60", breakdown_id="ai"), at("2024-12-31", "30", breakdown_id="ai"), at("2024-12-31", "300")],
    ),
    "C.growth_of_parts": pair(
        [year("2024-12-31", "40", **GROWTH), *quarters("30", "31", "32", "33", **GROWTH)],
        [year("2024-12-31", "32", **GROWTH), *quarters("30", "31", "32", "33", **GROWTH)],
    ),
    "C.growth_chain": pair(
        [at("2024-12-31", "60", **GROWTH), *quarters("10", "10", "10", "10", measure="growth_prev")],
        [at("2024-12-31", "46", **GROWTH), *quarters("10", "10", "10", "10", measure="growth_prev")],
    ),
    "C.foreseen": pair(
        [now("40.0", claim_status="guidance", source_id="older-release"), now("432.84")],
        [now("400", claim_status="guidance", source_id="older-release"), now("432.84")],
    ),
    "C.constant_currency": pair(
        [now("360", basis="constant_currency", **GROWTH), now("36", **GROWTH)],
        [now("34", basis="constant_currency", **GROWTH), now("36", **GROWTH)],
    ),
    "C.growth_over_recast": pair(
        [now("90", entity_id="acme-media", **GROWTH), now("120", entity_id="acme-media"),
         at("2024-12-31", "100", entity_id="acme-media", source_id="older-release")],
        [now("30", entity_id="acme-media", **GROWTH), now("120", entity_id="acme-media"),
         at("2024-12-31", "100", entity_id="acme-media", source_id="older-release")],
    ),
    "C.contribution_within": pair(
        [now("60", measure="contribution_yoy", breakdown_id="ai", printed_unit_id="percentage-point"),
         now("36", **GROWTH)],
        [now("16", measure="contribution_yoy", breakdown_id="ai", printed_unit_id="percentage-point"),
         now("36", **GROWTH)],
    ),
    "C.sum_of_periods": pair(
        [year("2024-12-31", "895.0"), *quarters("121.0", "175.0", "317.0", "246.0")],
        [year("2024-12-31", "859.0"), *quarters("121.0", "175.0", "317.0", "246.0")],
    ),
    "C.sum_of_known_periods": pair(
        [year("2024-12-31", "600"), *quarters("321.0", "375.0")],
        [year("2024-12-31", "859"), *quarters("321.0", "375.0")],
    ),
    "C.run_rate": pair(
        [now("35.8", measure="annualised"), now("89.7")], [now("358.8", measure="annualised"), now("89.7")]
    ),
    "C.run_rate_of_month": pair(
        [now("200", measure="annualised", period_type="month"), now("10", period_type="month")],
        [now("120", measure="annualised", period_type="month"), now("10", period_type="month")],
    ),
    "C.sum_of_parts": pair(
        [now("63"), now("40", breakdown_id="external"), now("16", breakdown_id="internal")],
        [now("63"), now("47", breakdown_id="external"), now("16", breakdown_id="internal")],
    ),
    "C.part_within_whole": pair(
        [now("63"), now("70", breakdown_id="ai")], [now("63"), now("63", breakdown_id="ai")]
    ),
    "C.growth_of_breakdown": pair(
        [now("36", **GROWTH), now("20", breakdown_id="external", **GROWTH),
         now("25", breakdown_id="internal", **GROWTH)],
        [now("22", **GROWTH), now("20", breakdown_id="external", **GROWTH),
         now("25", breakdown_id="internal", **GROWTH)],
    ),
    "C.share": pair(
        [now("30", measure="share", breakdown_id="ai"), now("50", breakdown_id="ai"), now("100")],
        [now("50", measure="share", breakdown_id="ai"), now("50", breakdown_id="ai"), now("100")],
    ),
    "C.share_of_entity": pair(
        [now("30", measure="share", of_entity_id="market"), now("50"), now("100", entity_id="market")],
        [now("50", measure="share", of_entity_id="market"), now("50"), now("100", entity_id="market")],
    ),
    "C.shares_of_whole": pair(
        [now("60", measure="share", breakdown_id="external"), now("30", measure="share", breakdown_id="internal")],
        [now("60", measure="share", breakdown_id="external"), now("40", measure="share", breakdown_id="internal")],
    ),
    "C.margin": pair(
        [margin("2025-03-31", "12"), year("2025-03-31", "9", metric_id="ebita"), year("2025-03-31", "100")],
        [margin("2025-03-31", "9"), year("2025-03-31", "9", metric_id="ebita"), year("2025-03-31", "100")],
    ),
    "C.quotient": pair([now("500", metric_id="ebita"), now("100")], [now("50", metric_id="ebita"), now("100")]),
    "C.narrower_metric": pair(
        [now("50", metric_id="capex-cash"), now("40", metric_id="capex")],
        [now("40", metric_id="capex-cash"), now("40", metric_id="capex")],
    ),
    "C.within_group": pair([now("500"), now("400", entity_id="acme")], [now("300"), now("400", entity_id="acme")]),
    "C.sum_of_entities": pair(
        [now("63"), now("40", entity_id="acme-compute"), now("16", entity_id="acme-apps")],
        [now("63"), now("47", entity_id="acme-compute"), now("16", entity_id="acme-apps")],
    ),
    "C.members": pair(
        [now("90", entity_id="acme-and-others"), now("50"), now("60", entity_id="acme-media")],
        [now("110", entity_id="acme-and-others"), now("50"), now("60", entity_id="acme-media")],
    ),
    "C.segments_of_another_year": pair(
        [now("50.1"), now("40.0", entity_id="acme-media"), now("99.0", entity_id="acme"),
         at("2024-12-31", "90.1", entity_id="acme", source_id="older-release")],
        [now("50.1"), now("48.9", entity_id="acme-media"), now("99.0", entity_id="acme"),
         at("2024-12-31", "90.1", entity_id="acme", source_id="older-release")],
    ),
    "C.scope_confusion": pair(
        [now("315.0", metric_id="capex"), now("315.01", metric_id="capex", entity_id="acme", source_id="news")],
        [now("215.0", metric_id="capex"), now("315.01", metric_id="capex", entity_id="acme", source_id="news")],
    ),
    "C.twofold_number": pair(
        [now("432.84"), now("432.84", metric_id="capex", source_id="news")],
        [now("432.84", metric_id="capex-cash"), now("432.84", metric_id="capex", source_id="news")],
        "p2",
    ),
    "C.conversion": pair(
        [now("43284", printed_unit_id="usd-m", source_id="news"), now("432.84")],
        [now("6123", printed_unit_id="usd-m", source_id="news"), now("432.84")],
    ),
    "C.spread": pair(
        [now("60", **GROWTH), now("5", printed_value_to="34", bound="spread", entity_id="acme-and-others", **GROWTH)],
        [now("20", **GROWTH), now("5", printed_value_to="34", bound="spread", entity_id="acme-and-others", **GROWTH)],
    ),
    "C.repeated_number": pair(
        [at("2025-09-30", "246.0"), now("246.0")], [at("2025-09-30", "24.0"), now("24.0")], "p2"
    ),
    "C.streak_count": pair(
        [streak("2025-12-31", "11"), streak("2025-09-30", "9")],
        [streak("2025-12-31", "10"), streak("2025-09-30", "9")],
    ),
    "C.streak_growth": pair(
        [at("2025-06-30", "80", breakdown_id="ai", **GROWTH), streak("2025-12-31", "10")],
        [at("2025-06-30", "100", breakdown_id="ai", bound="ge", **GROWTH), streak("2025-12-31", "10")],
    ),
    "C.claim": Pair(
        claimed("rises_every_period", "", margin("2024-03-31", "6"), margin("2025-03-31", "4")),
        "s1",
        claimed("rises_every_period", "", margin("2024-03-31", "4"), margin("2025-03-31", "6")),
    ),
    "C.claim_shown": Pair(
        claimed("rises_every_period", "", margin("2024-03-31", "4"), margin("2025-03-31", "4")),
        "s1",
        claimed("higher_than", "2024-03-31", margin("2024-03-31", "4"), margin("2025-03-31", "6"),
                period_end="2025-03-31"),
    ),
    "C.caption": Pair(
        claimed("labels", "ebita", margin("2025-03-31", "9")),
        "s1",
        claimed("labels", "ebita-margin", margin("2025-03-31", "9")),
    ),
    "C.label_scope": pair(
        [now("8", breakdown_id="ai", printed_label="ARR of AI model and application services")],
        [now("8", breakdown_id="ai", printed_label="Acme Cloud, AI-related products")],
    ),
    "C.label_words": pair(
        [now("36", measure="growth_prev", printed_text="同比增长 36%")],
        [now("36", measure="growth_prev", printed_text="环比增长 36%"),
         now("36", **GROWTH, printed_text="同比增长 36%")],
    ),
    "C.label_metric": pair(
        [now("15", printed_label="EBITA of the cloud segment")],
        [now("15", printed_label="Revenue of the cloud segment")],
    ),
    "C.first": Pair(
        claimed("first", "", margin("2025-03-31", "2", measure="rank", printed_unit_id="count")),
        "s1",
        claimed("first", "", margin("2025-03-31", "1", measure="rank", printed_unit_id="count")),
    ),
    "C.stage": Pair(linked("chips", "servers"), "news|p:1|servers|maker", linked("chips", "gpu")),
    "V.listed_company": Pair(listed("maker", "maker"), "other", listed("maker", "other")),
    "V.one_vendor": pair(
        [now("1"), now("2", metric_id="capex"), now("3", entity_id="rival")],
        [now("1", source_id="news"), now("2", metric_id="capex", source_id="news"),
         now("3", entity_id="rival", source_id="news")],
        "p3",
    ),
    "V.via": pair([now("1", via_source_id="release")], [now("1", via_source_id="news")]),
    "V.mirror": pair(
        [now("1", source_id="news"), now("1", via_source_id="news")],
        [now("1", source_id="wire"), now("1", via_source_id="news")],
    ),
    "V.copy_period": pair(
        [now("1", source_id="report", via_source_id="report-of-last-year")],
        [now("1", source_id="report", via_source_id="report-in-repository")],
    ),
    "V.document_period": pair(
        [at("2026-03-31", "1", source_id="report")],
        [at("2024-12-31", "1", source_id="report", via_source_id="report-q3")],
    ),
    "V.repeated_row": pair([now("1"), now("1")], [now("1", locator="p:1"), now("1", locator="p:2")], "p2"),
    "V.locator": pair([now("1", locator="page 3")], [now("1", locator="table:1 row:2 col:Kimi")]),
    "V.url": Pair(
        sourced({"url": "https://github.com/o/r/blob/main/f.csv"}),
        "s1",
        sourced({"url": "https://github.com/o/r/blob/98bae56/f.csv"}),
    ),
    "V.repeated_source": Pair(
        sourced({"url": "https://www.example.org/a"}, {"url": "http://example.org/a/"}),
        "s2",
        sourced({"url": "https://example.org/a"}, {"url": "https://example.org/b"}),
    ),
    "V.correction": Pair(
        World([now("1")], {"corrections": [
            {"correction_id": "c1", "observation_id": "p1", "field_name": "printed_value", "printed": "2"}]}),
        "c1",
        World([now("1")], {"corrections": [
            {"correction_id": "c1", "observation_id": "p1", "field_name": "printed_value", "printed": "1"}]}),
    ),
    "C.companion": pair(
        [now("432.84", metric_id="capex-cash"), at("2024-12-31", "400.12", metric_id="capex")],
        [now("432.84", metric_id="capex-cash"),
         at("2024-12-31", "400.12", metric_id="capex", source_id="older-release")],
    ),
    "V.same_place": pair(
        [now("90", metric_id="capex", printed_label=LINE),
         *(at(end, "80", metric_id="capex-cash", printed_label=LINE) for end in THIS_YEAR),
         *(at(end, "70", metric_id="capex-cash", printed_label=LINE, source_id="older-release") for end in LAST_YEAR)],
        [now("90", metric_id="capex", printed_label=LINE),
         *(at(end, "80", metric_id="capex-cash", printed_label=LINE) for end in (*THIS_YEAR, *LAST_YEAR))],
    ),
    "V.usual_lag": pair(
        [at("2025-06-30", "3"), *[now("1")] * 12], [at("2024-12-31", "3"), *[now("1")] * 12]
    ),
    "U.foreign_balance": pair(
        [backlog("2025-12-31", "8.8"), backlog("2025-09-30", "62"), backlog("2024-12-31", "55")],
        [backlog("2025-12-31", "30"), backlog("2025-09-30", "62"), backlog("2024-12-31", "55")],
    ),
    "V.vendor_part": Pair(
        World([now("5", **OF_RIVAL), now("7", breakdown_id="ai-services")], known=OF_ACME), "p1",
        World([now("5", printed_label="AI models", **OF_RIVAL), now("7", breakdown_id="ai-services")], known=OF_ACME),
    ),
    "V.main_period": pair(
        [at("2024-12-31", "5", metric_id="capex"), now("100"), now("20", metric_id="ebita")],
        [at("2024-12-31", "5", metric_id="capex"), now("7", metric_id="capex"), now("100")],
    ),
    "V.usual_metric": pair(
        [now("90", metric_id="capex"),
         *(at(f"202{n}-12-31", "80", metric_id="capex-cash", source_id=name) for n, name in enumerate(OWN, start=2))],
        [now("90", metric_id="capex"), now("88", metric_id="capex-cash"),
         *(at(f"202{n}-12-31", "80", metric_id="capex-cash", source_id=name) for n, name in enumerate(OWN, start=2))],
    ),
    "U.sign_of_series": pair(
        quarters("-30", "-31", "32", "-33", "-34", metric_id="ebita"),
        quarters("-30", "-31", "2", "-33", "-34", metric_id="ebita"),
        "p3",
    ),
    "C.growth_kind": pair(
        [now("40", measure="growth_prev"), at("2025-09-30", "38", **GROWTH), at("2025-06-30", "42", **GROWTH)],
        [now("9", measure="growth_prev", printed_text="up 9% sequentially"), *quarters("38", "42", **GROWTH)],
    ),
    "U.out_of_line": pair(
        quarters("100.5", "101.5", "190.5", "103.5", "104.5"),
        [*quarters("100.5", "101.5", "190.5", "103.5", "104.5"), at("2024-09-30", "190.5", source_id="news")],
        "p3",
    ),
    "U.currency_slip": pair(
        quarters("700.5", "710.5", "100.5", "720.5", printed_unit_id="cny-m"),
        quarters("700.5", "710.5", "400.5", "720.5", printed_unit_id="cny-m"),
        "p3",
    ),
    "U.size": pair(
        [*quarters("10", "11", "12", "13000", metric_id="capex"), *quarters("100", "101", "102", "103")],
        [*quarters("10", "11", "12", "130", metric_id="capex"), *quarters("100", "101", "102", "103")],
        "p4",
    ),
    "U.lost_minus": pair(
        quarters("-30", "-31", "-29", "32", metric_id="ebita"),
        quarters("-30", "-31", "-29", "2", metric_id="ebita"),
        "p4",
    ),
    "C.growth_length": pair([year("2025-12-31", "40", **ON_QUARTER)], [now("40", **ON_QUARTER)]),
    "U.pace": pair(
        [*quarters("100.5", "101.5"), year("2024-12-31", "404"), at("2025-03-31", "312.5")],
        [*quarters("100.5", "101.5"), year("2024-12-31", "404"), at("2025-03-31", "112.5")],
        "p4",
    ),
    "U.near_rates": pair(
        quarters("30", "31", "3", "32", "33", **GROWTH),
        quarters("30", "31", "28", "32", "33", **GROWTH),
        "p3",
    ),
    "U.implied_growth": pair(
        [*quarters("100", "104", "108", "112", "112", "116.5", "140", "125.5"), *BORNE_OUT],
        [*quarters("100", "104", "108", "112", "112", "116.5", "124", "125.5"), *BORNE_OUT],
        "p7",
    ),
    "V.lone_subject": pair(
        [now("30", metric_id="ebita-adjusted"), *quarters("20", "21", "22", "23", "24", "25", "26", "27")],
        [now("30", metric_id="ebita"), *quarters("20", "21", "22", "23", "24", "25", "26", "27")],
    ),
    "U.swing": pair(
        quarters("3", "-4", "5", "4", "60", "5", "-4", metric_id="ebita"),
        quarters("3", "-4", "5", "4", "17", "5", "-4", metric_id="ebita"),
        "p5",
    ),
    "U.own_ratio": pair(
        [*quarters("100", "100", "100", "100", "100"), *quarters("20", "21", "45", "22", "20", metric_id="ebitda")],
        [*quarters("100", "100", "100", "100", "100"), *quarters("20", "21", "28", "22", "20", metric_id="ebitda")],
        "p8",
    ),
    "U.far_ratio": pair(
        [*quarters("100", "110", "120", "130"), *quarters("20", "23", "24", "3.8", metric_id="capex")],
        [*quarters("100", "110", "120", "130"), *quarters("20", "23", "24", "9", metric_id="capex")],
        "p8",
    ),
    "U.ratio_as_rate": pair(
        quarters("30", "31", "0.32", **GROWTH),
        quarters("30.12", "31", "0.32", printed_text="up 0.32%", **GROWTH),
        "p3",
    ),
    "V.usual_currency": pair(
        [now("60", printed_unit_id="usd-m", metric_id="ebita"), *EIGHT],
        [now("60", printed_unit_id="usd-m", metric_id="ebita", printed_text="US$60 million"), *EIGHT],
    ),
    "V.title_vendor": pair(
        [now("3", entity_id="rival", source_id="report")], [now("3", entity_id="rival", source_id="release")]
    ),
    "C.metric_order": pair(
        [now("43", metric_id="operating-income"), now("12", metric_id="ebitda"), *PROFITS],
        [now("43", metric_id="operating-income"), now("12", metric_id="ebitda"), *PROFITS[:2],
         *quarters("50", "51", metric_id="operating-income")],
    ),
    "C.label_definition": pair(
        [now("90", metric_id="capex-with-finance-leases", printed_label="Purchases of property and equipment")],
        [now("90", metric_id="capex-with-finance-leases", printed_label="Capital expenditure with finance leases")],
    ),
    "C.twofold_definition": pair(
        [*quarters("51.23", "52.34", "53.45", metric_id="capex-cash"),
         *quarters("51.23", "62.34", "63.45", metric_id="capex-with-finance-leases", source_id="filing")],
        [*quarters("51.23", "52.34", "53.45", metric_id="capex-cash"),
         *quarters("51.23", "52.34", "63.45", metric_id="capex-with-finance-leases", source_id="filing")],
        "p4",
    ),
    "C.stale_number": pair(
        [*quarters("51.23", "52.34", "53.45", entity_id="acme-media", source_id="older-release"),
         *quarters("51.23", "62.34", "63.45", entity_id="acme-media")],
        [*quarters("51.23", "52.34", "53.45", entity_id="acme-media", source_id="older-release"),
         *quarters("61.23", "62.34", "63.45", entity_id="acme-media")],
        "p4",
    ),
    "V.usual_part": pair(
        [now("90"), *(at(end, "88", breakdown_id="ai", source_id="news") for end in (*THIS_YEAR, *LAST_YEAR))],
        [now("190"), *(at(end, "88", breakdown_id="ai", source_id="news") for end in (*THIS_YEAR, *LAST_YEAR))],
    ),
    "V.document_part": pair(
        [now("70"), *(now("80", breakdown_id="ai", entity_id=name) for name in ("acme", "acme-media", "rival"))],
        [now("90"), *(now("80", breakdown_id="ai", entity_id=name) for name in ("acme", "rival"))],
    ),
    "V.usual_definition": pair(
        [now("90", metric_id="capex-cash"), *CAPEX_OF_YEARS], [now("90", metric_id="capex"), *CAPEX_OF_YEARS],
    ),
    "U.bound_elsewhere": pair(
        [now("400"), now("400", bound="gt", printed_text="超过 400 亿元", source_id="news")],
        [now("400", printed_text="400 亿元"), now("400", bound="gt", printed_text="超过 400 亿元", source_id="news")],
    ),
    "C.last_digit": pair(
        [now("29"), now("30", source_id="report")], [now("29"), now("29", source_id="report")], "p2",
    ),
    "V.usual_bound": pair(
        [now("400"), *TOLD_ABOUT], [now("400", printed_text="400 亿元"), *TOLD_ABOUT],
    ),
    "V.document_currency": pair(
        [now("80", printed_unit_id="usd-m"), *IN_YUAN],
        [now("80", printed_unit_id="usd-m", printed_text="US$80 million"), *IN_YUAN],
    ),
    "V.usual_length": pair(
        [now("80", period_label=""), *(now(v, metric_id=m, period_type="year") for v, m in OF_THE_YEAR)],
        [now("80", period_label="Q4 2025"), *(now(v, metric_id=m, period_type="year") for v, m in OF_THE_YEAR)],
    ),
    "V.unsaid_length": pair(
        [now("80", locator="p:3")], [now("80"), now("80", locator="p:3", period_label="Q3 FY2026")]
    ),
    "V.usual_scope": Pair(
        World([now("80", metric_id="capex-cash"), *OF_GROUPS], known=GROUPS),
        "p1",
        World([now("80", metric_id="capex-cash"), now("7", metric_id="capex-cash", source_id="news"), *OF_GROUPS],
              known=GROUPS),
    ),
    "V.own_currency": pair(
        [now("60", printed_unit_id="usd-m")], [now("60", printed_unit_id="usd-m", printed_text="US$60 million")],
    ),
    "U.nested_pace": pair(
        [at("2025-09-30", "187", period_type="half_year"), now("468.7", period_type="nine_months")],
        [at("2025-09-30", "187", period_type="half_year"), now("268.7", period_type="nine_months")],
        "p2",
    ),
    "V.tagged_document": pair(
        [now("1", printed_label="us-gaap:Revenues"), *quarters("4", "5", "6")],
        [now("1", printed_label="us-gaap:Revenues"), *quarters("4", "5", "6", locator="section:us-gaap:Revenues")],
    ),
    "C.whole_as_part": pair(
        [backlog("2025-12-31", "627", source_id="news"), *OF_BACKLOG],
        [backlog("2025-12-31", "633", source_id="news"), *OF_BACKLOG],
    ),
    "U.nested_rate": pair(
        [year("2025-12-31", "140", **GROWTH), *NINE_MONTHS], [year("2025-12-31", "20", **GROWTH), *NINE_MONTHS]
    ),
    "C.shares_of_market": pair(
        [now("97", **IN_MARKET), now("60", entity_id="rival", **IN_MARKET)],
        [now("40", **IN_MARKET), now("60", entity_id="rival", **IN_MARKET)],
    ),
    "C.share_whole": pair([now("12", **SHARE)], [now("12", breakdown_id="ai", **SHARE)]),
    "C.currency_effect": pair(effects("43"), effects("38")),
    "V.usual_basis": pair(
        [now("36", **GROWTH), *quarters("30", "31", "32", basis="constant_currency", **GROWTH)],
        [now("36", **GROWTH, printed_text="36% as reported"),
         *quarters("30", "31", "32", basis="constant_currency", **GROWTH)],
    ),
    "U.other_ratio": pair(
        [*quarters("100", "120", "90", "110"), *quarters("20", "24", "19", "21", metric_id="operating-income"),
         *quarters("30", "36", "28", "3", metric_id="ebitda")],
        [*quarters("100", "120", "90", "110"), *quarters("20", "24", "19", "21", metric_id="operating-income"),
         *quarters("30", "36", "28", "9", metric_id="ebitda")],
        "p12",
    ),
    "P.text_period": pair(
        [now("5", printed_label="Revenue, three months ended September 30, 2025")],
        [now("5", printed_label="Revenue, three months ended December 31, 2025", printed_text="up from 4 in Q3 2025")],
    ),
    "P.place": pair(
        [at("2024-12-31", "1", locator="table:1 row:Revenue col:Three Months Ended December 31, 2025")],
        [at("2025-12-31", "1", locator="section:us-gaap:Revenues item:2025-10-01/2025-12-31"),
         at("2025-12-31", "1", locator="table:1 row:Revenue col:2025")],
    ),
    "V.copy_document": pair(copied("older-release"), copied("filing")),
    "V.filing_period": Pair(
        World([at("2025-06-30", "1", source_id="filing", period_type="half_year")], known=TEN_Q),
        "p1",
        World([at("2024-12-31", "1", source_id="filing", period_type="nine_months")], known=TEN_Q),
    ),
    "V.own_period": pair(
        [at("2024-12-31", "30", source_id="report", **GROWTH), now("80", metric_id="capex")],
        [at("2024-12-31", "30", source_id="report", **GROWTH), now("36", source_id="report", **GROWTH)],
    ),
    "V.part_as_whole": pair(
        [backlog("2024-12-31", "30"), *(backlog(end, "400") for end in THIS_YEAR),
         backlog("2025-09-30", "36", breakdown_id="ai")],
        [backlog("2024-12-31", "300"), *(backlog(end, "400") for end in THIS_YEAR),
         backlog("2025-09-30", "36", breakdown_id="ai")],
    ),
    "V.table_line": pair(
        [now("30", locator=f"{CASH_FLOW}2025", **GROWTH),
         *(now("30", locator=f"{CASH_FLOW}{y}", basis="constant_currency", **GROWTH) for y in (2024, 2023))],
        [now("30", locator=f"{CASH_FLOW}2025"),
         *(now("30", locator=f"{CASH_FLOW}{y}", basis="constant_currency", **GROWTH) for y in (2024, 2023))],
    ),
    "U.foreign_pace": pair(
        [at("2025-06-30", "8.2", period_type="half_year"), year("2024-12-31", "164")],
        [at("2025-06-30", "48.2", period_type="half_year"), year("2024-12-31", "164")],
    ),
}  # fmt: skip
