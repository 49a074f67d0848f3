"""For every relation what its finding says is to be done, carried out in the world that breaks it."""

from __future__ import annotations

from tests.validation.remedies.remedy import Remedy

__all__ = ["OF_RELATIONS"]

RECAST = {"entity_breaks": [{"perimeter_id": "acme-cloud.2025-06", "entity_id": "acme-cloud",
                             "first_published_on": "2025-06-01"}]}  # fmt: skip


RECAST_LATE = {
    "entity_breaks": [RECAST["entity_breaks"][0] | {"first_published_on": "2026-01-01"}],
    "sources": [{"source_id": "older-release", "published_on": "2025-11-10"}],
}


def typed(says: str, **cells: str) -> Remedy:
    """The first print with other cells."""
    return Remedy(says, {"p1": cells})


def value(says: str, number: str, row: str = "p1") -> Remedy:
    """A print with another number."""
    return Remedy(says, {row: {"printed_value": number}})


def knowing(says: str, table: str, **cells: str) -> Remedy:
    """A reference row with other cells."""
    return Remedy(says, known={table: [cells]})


GROWTH = {"measure": "growth_yoy", "printed_unit_id": "percent"}
OF_RELATIONS: dict[str, list[Remedy]] = {
    "U.plausible": [
        typed("check the unit", printed_unit_id="cny-m"),
        typed("and the metric", metric_id="ebita"),
        knowing("widen plausible_min or plausible_max", "metrics", metric_id="revenue", plausible_max="1000000000"),
    ],
    "U.sign": [
        value("drop the sign", "36"),
        typed("give the row the measure", measure="growth_yoy", printed_unit_id="percent"),
        typed("or metric it is about", metric_id="ebita"),
    ],
    "U.share_limit": [
        value("check the unit of the share", "12"), typed("what it is a share of", measure="growth_yoy")
    ],
    "U.metric_unit": [
        typed("give the row the unit that the source prints", printed_unit_id="count"),
        typed("or the metric of that unit", metric_id="revenue"),
    ],
    "U.range_width": [
        typed("check both ends in the source", printed_value_to="15"),
        typed("ends that belong to different items are a spread", bound="spread"),
    ],
    "C.spread": [
        value("check the item", "20"),
        Remedy("and both ends of the spread", {"p2": {"printed_value_to": "65"}}),
    ],
    "U.padded_decimals": [
        Remedy("type the decimals that the numbers really have", {"p1": {"decimals": "0"}, "p2": {"decimals": "1"}})
    ],
    "U.text_digits": [
        value("type the cell as the text says it", "432.84"), typed("or correct the text", printed_text="423.84 亿元")
    ],
    "U.text_unit": [
        typed("type the cell as the text says it", printed_unit_id="cny-bn"),
        typed("or correct the text", printed_text="24.3 million"),
    ],
    "U.text_sign": [
        value("type the cell as the text says it", "-15.3"), typed("or correct the text", printed_text="15.3")
    ],
    "V.usual_evidence": [
        typed("type in evidence how the number was read", evidence="value_read"),
        typed("or say in the note what differs", note="Quoted by the page from another release"),
    ],
    "V.usual_copy": [
        typed("name in via_source_id the copy that was read", via_source_id="wire"),
        knowing("the address it was read at", "sources", source_id="release", url="https://acme.example/q3"),
    ],
    "V.usual_perimeter": [
        typed("empty perimeter_id, which filling gives", perimeter_id=""),
        typed("or name perimeter_id in assumed where it is a reading", assumed="perimeter_id"),
    ],
    "V.usual_status": [
        typed("whether the reporter says so or a third party estimates it", claim_status="estimate"),
    ],
    "V.place_label": [
        typed("name in locator the line that the label stands in", locator="table:1 row:Cost of revenue col:2025"),
        typed("or type the label of the line", printed_label="Net income"),
    ],
    "V.usual_form": [
        typed("check whether the result is adjusted or attributable to owners", metric_id="ebita"),
        typed("and type printed_label with the word", printed_label="Adjusted EBITA"),
    ],
    "U.growth_of_ratio": [
        typed("type the measure level", measure="level"),
        typed("or difference_yoy with a unit of points", measure="difference_yoy", printed_unit_id="percentage-point"),
    ],
    "U.text_range": [
        typed("type the ends in printed_value and printed_value_to with the bound range",
              printed_value_to="75", bound="range"),
        typed("or correct the text", printed_text="71 亿"),
    ],
    "V.usual_range": [
        typed("type both ends of the range", printed_value_to="85", bound="range"),
        typed("or printed_text as the page prints the number", printed_text="80 亿"),
    ],
    "V.usual_unit": [
        Remedy(
            "check the number and its unit at the place that the locator names",
            {"p1": {"printed_unit_id": "cny-100m"}},
        ),
        typed("or name the place where it stands", locator="p:4"),
    ],
    "V.usual_label": [
        typed("file the row under the metric that its label names", metric_id="revenue"),
        typed("or correct the label", printed_label="Profit of the cloud segment"),
    ],
    "U.unsaid_bound": [
        typed("type printed_text as the page prints it", printed_text="超 1,234 亿"),
        typed("or empty bound and precision_word where it has no word", bound="", precision_word=""),
    ],
    "U.usual_decimals": [
        typed("check digits and point in the source", printed_value="264.8"),
        typed("and type printed_text as the page prints the number", printed_text="26.48 亿"),
    ],
    "U.claimed_decimals": [
        typed("empty decimals, which filling counts", decimals=""),
        typed("or correct the digits of the number", printed_value="36.0"),
    ],
    "U.text_bound": [
        typed("type the cell as the text says it", bound="gt"), typed("or correct the text", printed_text="7 亿")
    ],
    "U.scale_slip": [
        value("check the unit and the digits", "330", "p4"),
        Remedy("check the unit", {"p4": {"printed_unit_id": "cny-bn"}}),
    ],
    "U.rate_slip": [value("check the unit and the digits", "32", "p3")],
    "U.bend": [value("check the digits", "330.5", "p4")],
    "P.label": [typed("correct period_end", period_end="2025-09-30")],
    "P.month_end": [
        typed("correct period_end", period_end="2025-12-31"),
        typed("give the row period_type window", period_type="window", period_start="2025-10-01"),
        typed("or instant", period_type="instant"),
        knowing("declare the entity's fiscal_year_end_rule", "entities", entity_id="acme-cloud",
                fiscal_year_end_rule="nearest_tuesday"),
    ],
    "P.fiscal_grid": [
        typed("correct period_end", period_end="2025-12-31"),
        knowing("or the entity's fiscal_year_end_month", "entities", entity_id="acme-cloud", fiscal_year_end_month="5"),
    ],
    "P.kind": [
        typed("correct period_type", period_type="instant"),
        typed("choose the metric that is about a span", metric_id="revenue"),
    ],
    "P.future": [
        typed("correct period_end", period_end="2025-12-31"),
        typed("the claim status", claim_status="guidance"),
        knowing("or the source's date", "sources", source_id="release", published_on="2026-05-10"),
    ],
    "P.past": [
        typed("correct the year of period_end", period_end="2024-12-31"),
        Remedy("or the source's date", {"p1": {"source_id": "wire"}},
               known={"sources": [{"source_id": "wire", "published_on": "2016-02-10"}]}),
    ],
    "P.past_forecast": [
        typed("correct the claim status", claim_status="actual"),
        typed("period_end", period_end="2026-03-31"),
        knowing("or the source's date", "sources", source_id="release", published_on="2025-11-10"),
    ],
    "P.year_to_date": [
        value("take the quarter by difference", "415.01"),
        typed("give the row the period the figure is about", period_type="half_year"),
    ],
    "C.agreement_in_source": [
        value("check both places", "432.84", "p2"),
        Remedy("metric", {"p2": {"metric_id": "capex"}}),
        Remedy("basis", {"p2": {"basis": "pro_forma"}}),
        Remedy("and period of each", {"p2": {"period_end": "2025-09-30"}}),
    ],
    "C.agreement": [
        typed("give a different basis", basis="organic"),
        typed("perimeter", perimeter_id="acme-cloud.2025-06"),
        typed("or metric its own code", metric_id="capex"),
        value("or correct the wrong print", "26.5"),
    ],
    "C.restatement": [
        Remedy("add the break to entity_breaks where the entity was recast", known=RECAST),
        value("or correct the wrong print", "317.8", "p2"),
    ],
    "C.growth_yoy": [
        value("check the rate", "-0.63"),
        value("both levels", "174.91", "p3"),
        Remedy("and their periods", {"p3": {"period_end": "2023-12-31"}}),
        Remedy("if the base was recast, give it its perimeter", {"p3": {"source_id": "older-release"}}, known=RECAST),
    ],
    "C.growth_prev": [
        value("check the rate", "8.69"),
        value("both levels", "397.83", "p3"),
        Remedy("and their periods", {"p3": {"period_end": "2025-06-30"}}),
        Remedy("if the base was recast, give it its perimeter", {"p3": {"source_id": "older-release"}},
               known=RECAST_LATE),
    ],
    "C.multiple_yoy": [value("check the rate", "2"), value("both levels", "133.3", "p3")],
    "C.difference_yoy": [value("check the rate", "3"), value("both levels", "11", "p2")],
    "C.contribution_yoy": [value("check the rate", "10"), value("both levels", "90", "p2")],
    "C.growth_of_parts": [value("check the rate", "32")],
    "C.growth_chain": [value("check the rate", "46.41")],
    "C.growth_over_period": [value("check the rate", "100"), value("both levels", "8", "p2")],
    "C.multiple_over_period": [value("check the rate", "2"), value("both levels", "80.0", "p2")],
    "C.foreseen": [
        typed("check unit", printed_unit_id="cny-bn"),
        typed("period", period_end="2026-12-31"),
        typed("and metric of the guidance", metric_id="capex"),
    ],
    "C.constant_currency": [value("check both rates", "36.0"), typed("and their period", period_end="2025-09-30")],
    "C.growth_over_recast": [value("check the rate", "20"), value("both levels", "190", "p2")],
    "C.contribution_within": [value("check the points", "16"), typed("what they are points of", measure="growth_yoy")],
    "C.sum_of_periods": [
        value("check the longer period", "859.0"),
        value("and each shorter one", "353.0", "p4"),
        typed("whether the year is fiscal or calendar", period_end="2025-03-31"),
    ],
    "C.sum_of_known_periods": [
        value("check the longer period", "859"), value("and each shorter one", "221.0", "p2")
    ],
    "C.run_rate": [
        value("correct it", "358.8"), typed("name the span it is taken from", period_type="month")
    ],
    "C.run_rate_of_month": [
        value("correct it", "120"), typed("name the span it is taken from", period_type="quarter")
    ],
    "C.sum_of_parts": [value("check the parts", "47", "p2"), value("and the whole", "56")],
    "C.part_within_whole": [
        value("check the parts", "60", "p2"),
        Remedy("whether they belong to one axis, entity and period", {"p2": {"entity_id": "acme-media"}}),
    ],
    "C.growth_of_breakdown": [value("check the parts", "40", "p2"), value("and the whole", "22")],
    "C.share": [
        value("check the share", "50"), value("the part", "30", "p2"), value("and the whole", "166.7", "p3")
    ],
    "C.share_of_entity": [value("check the share", "50"), value("the part", "30", "p2")],
    "C.shares_of_whole": [value("check the share", "40", "p2")],
    "C.margin": [
        value("check margin", "9"), value("profit", "12", "p2"), value("and revenue", "75", "p3"),
        Remedy("the period", {"p2": {"period_end": "2024-03-31"}, "p3": {"period_end": "2024-03-31"}}),
    ],
    "C.quotient": [
        value("check profit", "50"), value("and revenue", "1000", "p2"),
        knowing("widen the margin's plausible range", "metrics", metric_id="ebita-margin", plausible_max="1000"),
    ],
    "C.narrower_metric": [
        Remedy("check which definition each print follows",
               {"p1": {"metric_id": "capex"}, "p2": {"metric_id": "capex-cash"}}),
    ],
    "C.within_group": [
        Remedy("check which entity the source speaks of",
               {"p1": {"entity_id": "acme"}, "p2": {"entity_id": "acme-cloud"}}),
    ],
    "C.sum_of_entities": [
        value("check the parts", "47", "p2"), value("and the parent", "56"),
        knowing("an entity that leaves something out has no name in axes", "entities", entity_id="acme-compute",
                axes=""),
    ],
    "C.members": [
        value("check the aggregate", "110"),
        knowing("its list of members", "entities", entity_id="acme-and-others", members="acme-cloud rival"),
        value("and each member's number", "30", "p2"),
    ],
    "C.segments_of_another_year": [
        Remedy("take the segments from the other column",
               {"p1": {"printed_value": "56.1"}, "p2": {"printed_value": "42.9"}}),
        Remedy("give them the period they are about",
               {"p1": {"period_end": "2024-12-31"}, "p2": {"period_end": "2024-12-31"}}),
    ],
    "C.scope_confusion": [
        value("check whose number it is", "215.0"), typed("put a wrong label right", entity_id="acme")
    ],
    "C.twofold_number": [Remedy("check whose number it is, and what it counts", {"p2": {"metric_id": "revenue"}})],
    "C.conversion": [typed("check the currency of the print", printed_unit_id="cny-m")],
    "C.repeated_number": [
        Remedy("check the period of each", {"p2": {"period_end": "2025-09-30"}}),
    ],
    "C.streak_count": [
        value("check both counts", "10"), value("both counts", "10", "p2"),
        Remedy("the quarter each is counted to", {"p2": {"period_end": "2025-06-30"}}),
    ],
    "C.streak_growth": [
        typed("and the growth printed for the quarter", printed_value="100", bound="ge"),
        value("check the count", "2", "p2"),
    ],
    "C.claim": [
        Remedy("check the claim", {"statements 1": {"relation": "falls_every_period"}}),
        value("and the prints it speaks of", "3"),
    ],
    "C.claim_shown": [
        Remedy("with more decimals the claim may hold",
               {"p1": {"printed_value": "3.6"}, "p2": {"printed_value": "4.4"}}),
        Remedy("else it is a slip of the text", without=("statements 1",)),
    ],
    "C.caption": [
        Remedy("put the other right in corrections", {"statements 1": {"versus": "ebita-margin"}}),
    ],
    "C.first": [
        value("check the claim, the rank", "1"), Remedy("check the claim", {"statements 1": {"relation": "none"}})
    ],
    "C.label_scope": [
        typed("file the row under the entity or breakdown that its label names", breakdown_id="ai-services"),
        Remedy("or add a key with a definition for it", {"p1": {"breakdown_id": "ai-arr"}},
               known={"breakdowns": [{"breakdown_id": "ai-arr", "parent_breakdown_id": "ai-services",
                                      "axis": "product", "complete": "false",
                                      "name_en": "ARR of AI model and application services"}]}),
    ],
    "C.label_words": [
        typed("type the cell as the words of the page say it", measure="growth_yoy"),
        typed("or correct the text", printed_text="环比增长 36%"),
    ],
    "C.label_metric": [
        typed("file the row under the metric that its label names", metric_id="ebita"),
        typed("or correct the label", printed_label="Revenue of the cloud segment"),
    ],
    "C.stage": [Remedy("else correct the link", {"supply_chain_links 2": {"stage_id": "gpu"}})],
    "V.listed_company": [
        Remedy("type the link that names the company", {"supply_chain_links 2": {"company_id": "other"}}),
        Remedy("or delete the company", without=("companies 2",)),
    ],
    "V.one_vendor": [
        Remedy("correct entity_id", {"p3": {"entity_id": "acme-media"}}),
        Remedy("or source_id", {"p3": {"source_id": "news"}}),
    ],
    "V.via": [
        typed("name the stating document in source_id and the copy in via_source_id", source_id="report"),
        typed("or empty via_source_id", via_source_id=""),
    ],
    "V.mirror": [
        typed("the document as source_id and the copy as via_source_id", source_id="release", via_source_id="news")
    ],
    "V.copy_period": [
        typed("name the copy that was read in via_source_id", via_source_id="report-in-repository"),
        typed("or the document it is a copy of in source_id", source_id="report-q3",
              via_source_id="report-in-repository"),
    ],
    "V.document_period": [
        typed("correct period_end", period_end="2025-12-31"),
        typed("or name the document that states the number", source_id="filing"),
    ],
    "V.repeated_row": [
        Remedy("delete one of the two rows", without=("p2",)),
        Remedy("or give each its own locator", {"p1": {"locator": "p:1"}, "p2": {"locator": "p:2"}}),
    ],
    "V.locator": [typed("write the place as p:", locator="page:3")],
    "V.url": [
        Remedy("name the commit in the address of a repository",
               {"sources 1": {"url": "https://github.com/o/r/blob/98bae56/f.csv"}}),
        Remedy("drop the tracking words", {"sources 1": {"url": "https://example.org/report"}}),
    ],
    "V.repeated_source": [Remedy("keep one source, give its rows to it, and delete the other", without=("sources 2",))],
    "V.correction": [
        Remedy("delete the correction", without=("corrections 1",)),
        Remedy("bring it up to what the row says", {"corrections 1": {"printed": "1"}}),
    ],
    "C.companion": [typed("file both under one metric", metric_id="capex")],
    "V.same_place": [
        typed("file the row as the other rows of the line are", metric_id="capex-cash"),
        typed("or say in its label what differs", printed_label="Purchases of equipment with leases"),
    ],
    "V.usual_lag": [
        typed("check the period", period_end="2024-12-31"),
        typed("that the document named is the one that was read", source_id="news"),
    ],
    "U.foreign_balance": [
        typed("check the currency", printed_unit_id="usd-bn"),
    ],
    "V.vendor_part": [
        typed("check in the source which part the number is of", breakdown_id="total"),
        typed("type printed_label as the page prints it", printed_label="AI models"),
    ],
    "V.main_period": [
        typed("check the period", period_end="2025-12-31"),
        Remedy("add the number of the document's main period beside it",
               {"p2": {"metric_id": "capex", "printed_value": "7"}}),
    ],
    "V.usual_metric": [
        typed("check which definition the number follows", metric_id="capex-cash"),
        Remedy("add the number of the usual one beside it",
               {"p2": {"period_end": "2025-12-31", "printed_value": "88", "source_id": "release"}}),
    ],
    "U.sign_of_series": [value("check the sign in the source", "-32", "p3")],
    "C.growth_kind": [typed("whether the rate is on the year", measure="growth_yoy")],
    "U.out_of_line": [
        value("check digits", "103.5", "p3"),
        Remedy("period", {"p3": {"period_end": "2022-09-30"}}),
        Remedy("entity", {"p3": {"entity_id": "acme-media"}}),
        Remedy("and unit", {"p3": {"printed_unit_id": "usd-m"}}),
    ],
    "U.currency_slip": [Remedy("check the currency of the column", {"p3": {"printed_unit_id": "usd-m"}})],
    "U.size": [
        value("check unit", "13", "p4"),
        Remedy("entity", {"p4": {"entity_id": "rival"}}),
        Remedy("and metric", {"p4": {"metric_id": "backlog", "period_type": "instant"}}),
    ],
    "U.lost_minus": [value("check the sign in the source", "-32", "p4")],
    "C.growth_length": [
        typed("type growth_yoy", measure="growth_yoy"), typed("or the period", period_type="quarter", period_start="")
    ],
    "U.pace": [
        Remedy("whether the number is of the quarter", {"p4": {"printed_value": "104.2"}}),
        Remedy("the year to date", {"p4": {"period_type": "nine_months", "period_start": ""}}),
        Remedy("and in which unit", {"p4": {"printed_unit_id": "usd-m"}}),
    ],
    "U.implied_growth": [
        value("check digits", "121", "p7"),
        Remedy("unit", {"p7": {"printed_unit_id": "cny-m", "printed_value": "12100"}}),
        Remedy("currency", {"p7": {"printed_unit_id": "usd-m"}}),
        Remedy("and line", {"p7": {"metric_id": "ebita"}}),
        Remedy("add another print of the number", {"p8": {"period_end": "2025-09-30", "printed_value": "140",
                                                          "source_id": "news"}}),
    ],
    "V.lone_subject": [
        typed("check entity", entity_id="rival"),
        typed("and metric", metric_id="ebita"),
        typed("or type printed_label", printed_label="Adjusted EBITA"),
    ],
    "U.near_rates": [value("check in the source that the number is the growth rate", "33", "p3")],
    "U.swing": [
        value("check digits", "6", "p5"),
        Remedy("unit", {"p5": {"printed_unit_id": "cny-m"}}),
        Remedy("and entity in the source", {"p5": {"entity_id": "rival"}}),
    ],
    "U.own_ratio": [
        value("check the number", "25", "p8"), value("and the revenue of its period", "200", "p3"),
    ],
    "U.far_ratio": [
        value("check the number", "26", "p8"), value("its unit and currency", "27.1", "p8"),
        value("and the revenue of its period", "19", "p4"),
    ],
    "U.ratio_as_rate": [
        value("type the rate in percent, as the page prints it", "32", "p3"),
        Remedy("and printed_text with its sign", {"p1": {"printed_value": "30.12"}, "p3": {"printed_text": "0.32%"}}),
    ],
    "V.usual_currency": [
        typed("check the currency in the source", printed_unit_id="cny-m"),
        typed("type printed_text with its sign or word", printed_text="US$60 million"),
    ],
    "V.title_vendor": [
        typed("correct entity_id", entity_id="acme-cloud"),
        typed("or name the document that states the number", source_id="release"),
    ],
    "C.metric_order": [
        value("check the sign of both prints", "-43"),
        typed("and which metric and definition each follows", metric_id="revenue"),
    ],
    "C.label_definition": [
        typed("file the row under the definition", metric_id="capex-cash"),
        typed("or correct the label", printed_label="including finance leases"),
    ],
    "C.twofold_definition": [
        Remedy("check which definition the number follows", {"p4": {"metric_id": "capex-cash"}})
    ],
    "C.stale_number": [value("take the number as the newer document prints it", "61.23", "p4")],
    "V.usual_part": [typed("and type it in breakdown_id", breakdown_id="ai")],
    "V.document_part": [typed("type the part", breakdown_id="ai")],
    "V.usual_definition": [
        typed("check which definition the number follows", metric_id="capex-with-finance-leases"),
        typed("capex itself stands for", metric_id="capex"),
    ],
    "U.bound_elsewhere": [
        typed("type printed_text", printed_text="400 亿元"), typed("and the bound that its words say", bound="gt")
    ],
    "C.last_digit": [
        typed("check basis", basis="constant_currency"),
        typed("metric", metric_id="capex"),
        typed("part", breakdown_id="ai"),
        typed("and period of both prints", period_end="2025-09-30"),
        value("correct the wrong one", "29", "p2"),
    ],
    "V.usual_bound": [typed("type printed_text", printed_text="400 亿元"), typed("and the bound", bound="gt")],
    "V.document_currency": [
        typed("check the currency in the source", printed_unit_id="cny-m"),
        typed("and type printed_text with its sign or word", printed_text="US$80 million"),
    ],
    "V.usual_length": [
        typed("type the period as the page names it", period_label="Q4 2025"),
        typed("and its length", period_type="year", period_start=""),
    ],
    "V.unsaid_length": [typed("type the period as the page names it", period_label="Q3 FY2026")],
    "V.usual_scope": [
        typed("check unit, entity", entity_id="acme"), typed("and metric in the source", metric_id="revenue"),
    ],
    "V.own_currency": [
        typed("check the currency in the source", printed_unit_id="cny-m"),
        typed("and type printed_text with its sign or word", printed_text="US$60 million"),
    ],
    "U.nested_pace": [
        value("check digits", "268.7", "p2"),
        Remedy("period", {"p1": {"period_type": "quarter", "period_end": "2025-06-30", "period_start": ""}}),
        Remedy("entity", {"p2": {"entity_id": "acme"}}),
        Remedy("and unit in the source", {"p2": {"printed_value": "26870", "printed_unit_id": "cny-m"}}),
    ],
    "C.currency_effect": [
        value("check both rates in the source", "38"),
        Remedy("and as reported", {"p2": {"printed_value": "41"}}),
        typed("and the line that they are of", metric_id="bookings"),
    ],
    "V.usual_basis": [
        typed("check in the source whether the rate is in constant currency", basis="constant_currency"),
        typed("type printed_text with the word", printed_text="36% as reported"),
    ],
    "U.other_ratio": [
        value("check digits", "33", "p12"),
        Remedy("unit, currency", {"p12": {"printed_unit_id": "cny-bn"}}),
        Remedy("and line in the source", {"p12": {"metric_id": "capex"}}),
    ],
    "P.text_period": [
        typed("correct period_end", period_end="2025-09-30"),
        typed("or type the words", printed_label="Revenue, three months ended December 31, 2025"),
    ],
    "P.place": [
        typed("correct period_end", period_end="2025-12-31"),
        typed("the column or item that the locator names", locator="table:1 row:Revenue col:December 31, 2024"),
    ],
    "V.copy_document": [
        typed("name in source_id the document that the copy is of", source_id="older-release"),
        typed("or in via_source_id the copy that was read", via_source_id="news"),
    ],
    "V.filing_period": [
        typed("check the period in the source", period_end="2025-12-31", period_type="nine_months", period_start=""),
        typed("that the document named is the one that was read", source_id="release"),
    ],
    "V.own_period": [
        typed("check the period in the source", period_end="2025-12-31"),
        Remedy("add the number of the document's own period beside it",
               {"p2": {"source_id": "report", "printed_value": "36", "metric_id": "revenue", **GROWTH}}),
    ],
    "V.part_as_whole": [typed("type it in breakdown_id", breakdown_id="ai")],
    "V.table_line": [
        typed("file the row as the other columns of the line are", basis="constant_currency"),
        typed("or name in its locator the line that it stands in", locator="table:1 row:As reported col:2025"),
    ],
    "U.foreign_pace": [typed("check the currency", printed_unit_id="usd-bn")],
    "V.tagged_document": [
        typed("name the document that was read in source_id", source_id="filing"),
        typed("or the place in this one in locator", printed_label="Revenue", locator="page:3"),
    ],
    "C.whole_as_part": [typed("type it in breakdown_id", breakdown_id="ai")],
    "U.nested_rate": [
        typed("check whose growth it is", entity_id="rival"), typed("of which part", breakdown_id="ai"),
        typed("and period", period_end="2024-12-31", period_start=""),
    ],
    "C.shares_of_market": [
        typed("check the share", printed_value="3"), typed("and what the share is a share of", of_entity_id="acme"),
    ],
    "C.share_whole": [
        typed("type the part", breakdown_id="ai"), typed("or the market in of_entity_id", of_entity_id="market")
    ],
}  # fmt: skip
