"""For rules over cells, keys and days of a file, a text that breaks one, and the text its finding asks for."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["OF_FILES", "OF_FILLING", "Mended"]


class Mended(NamedTuple):
    """A file of `table` that breaks a rule, words of the `fix`, and the file once they are carried out."""

    table: str
    bad: str
    says: str
    good: str


VENDORS = "vendor_id,name_en\n"
COUNTRIES = "vendor_id,name_en,country\n"
UNITS = "unit_id,symbol,quantity,canonical_unit_id,factor\n"
SOURCES = "source_id,title,publisher,published_on,published_precision,language,url,kind\n"
SOURCE = "a,A,A,2025-01-02,day,en,{},news\n"
BREAKDOWNS = "breakdown_id,parent_breakdown_id,name_en\n"
RATES = "date,base,quote,rate,source_id\n2026-01-05,EUR,USD,"
ECB = "ecb-euro-reference-rates\n"
DUE = "entity_id,metric_id,frequency,first_period_end\noracle,revenue,quarter,"
TOLD = "source_id,kind,entity_id,period_type,period_start,period_end,text_en,text_zh\n"
QUARTER = "amazon-results-2025-q4,trend,aws,quarter,{},2025-12-31,sales,销售\n"
SEEN = "source_id,vendor_id,partition,region,first_seen_on,last_seen_on,left_censored\n"
REGION = "botocore-regions,amazon,aws,us-east-1,2019-01-01,{},true\n"
OF_AMAZON = "source_id,vendor_id,partition,region,country,first_seen_on,last_seen_on,left_censored\n"
PLACED = OF_AMAZON + "botocore-regions,{},aws,{},{},2019-01-01,2026-05-01,true\n"
VERSIONED = (
    "source_id,vendor_id,partition,region,first_seen_on,first_version,last_seen_on,last_version,left_censored\n"
    "botocore-regions,amazon,aws,us-east-1,{},botocore==0.8.2,2026-11-22,botocore==1.44.5,true\n"
)
NAMED = (
    "source_id,vendor_id,partition,region,name,first_seen_on,last_seen_on,left_censored\n"
    "botocore-regions,amazon,aws,us-east-1,US East ({}),2013-04-01,2026-11-22,true\n"
)
PRICED = (
    "source_id,vendor_id,region,instance_type,operating_system,purchase_option,printed_amount,currency,unit_id,"
    "price_state,valid_from,date_basis,left_censored\nkarpenter-aws,{},eu-west-1,m5.large,linux,on_demand,0.1,{},"
    "hour,priced,2026-11-01,snapshot,false\n"
)
FISCAL = (
    "entity_id,period_type,fiscal_period,period_start,period_end,aligned\noracle,quarter,{},2025-06-01,"
    "2025-08-31,false\n"
)
NOTE = "guosen-2026-alibaba-cloud-note"
RATED = "source_id,locator,subject,rating_scale_id,level,action\n"
ON = NOTE + ",p:3,{},{},{},{}\n"
SCALE = "rating_scale_id,publisher,subject_class,level,level_zh,lower,lower_bound,upper,upper_bound,source_id\n"
LEVELS = SCALE + f"mine,M,stock,hold,持有,-10,gt,10,lt,{NOTE}\nmine,M,stock,buy,买入,{{}},ge,,,{NOTE}\n"
LINKED = "source_id,locator,stage_id,printed_stage,company_id,role,mark_scope,open_list\n"
LINK = NOTE + ",p:{},{},国产芯片,{},{},{},true\n"
FUND = "instrument_id,code,kind,name_zh,source_id\netf-515070,{},etf,基金," + NOTE + "\n"
KIND = (
    "instrument_id,code,kind,name_en,name_zh,source_id\n"
    f"etf-515070,515070,{{}},Artificial Intelligence AI ETF,人工智能AIETF,{NOTE}\n"
)
COMPANIES = "company_id,name_en,name_zh\nacme-chips,{},Acme 芯片\naishide,Aishide,爱仕达\n"
MACHINE = (
    "vendor_id,instance_type,accelerator,accelerator_maker,accelerator_count,source_id\n"
    "amazon,g5.99xlarge,A10G,{},1,karpenter-aws-instance-types\n"
)
WORDED = (
    "source_id,kind,entity_id,metric_id,measure,breakdown_id,period_type,period_start,period_end,period_label,relation,versus,"
    "claim_status,text_en,text_zh\namazon-results-2025-q4,trend,aws,revenue,,,quarter,2025-10-01,2025-12-31,,none,,actual,"
    "revenue rose in {0},{0} 年收入上升\n"
)


def renamed(odd: str, says: str, plain: str = "Acme") -> Mended:
    """A name that no text may be, and a plain one."""
    return Mended("vendors", f"{VENDORS}a,{odd}\n", says, f"{VENDORS}a,{plain}\n")


OF_FILES: dict[str, list[Mended]] = {
    "S.columns": [
        Mended("vendors", "vendor_id\n", "add the column", VENDORS),
        Mended("vendors", "vendor_id,name_en,name_en\n", "delete one of the two", VENDORS),
        Mended("vendors", "vendor_id,name_en,nam_zh\n", "rename it to name_zh", "vendor_id,name_en,name_zh\n"),
        Mended("vendors", "vendor_id,name_en,nam_zh\n", "or delete it", VENDORS),
        Mended("vendors", "vendor_id,name_en,colour\n", "rename or delete it", VENDORS),
        Mended("vendors", f"My clouds,\n{VENDORS}", "delete what stands before the line with the names", VENDORS),
        Mended("vendors", "a,Acme\n", "or write that line", VENDORS),
    ],
    "S.row_shape": [
        Mended("vendors", f"{COUNTRIES}a,Acme, Inc.,US\n", "put cells that hold commas in double quotes",
               f'{COUNTRIES}a,"Acme, Inc.",US\n'),
        Mended("vendors", f"{COUNTRIES}a,Acme,US,x\n", "or delete the cells that have no column",
               f"{COUNTRIES}a,Acme,US\n"),
        Mended("vendors", f"{COUNTRIES}a,Acme\n", "add the missing cells", f"{COUNTRIES}a,Acme,US\n"),
        Mended("vendors", f"{COUNTRIES}Source: notes\n", "or delete the line where it is no row", COUNTRIES),
    ],
    "S.at_least": [Mended("exchange_rates", f"{RATES}-1.17,{ECB}", "check the value", f"{RATES}1.1664,{ECB}")],
    "S.at_most": [
        Mended("entities", "entity_id,name_en,scope,fiscal_year_end_month\na,A,group,13\n", "check the value",
               "entity_id,name_en,scope,fiscal_year_end_month\na,A,group,12\n")
    ],
    "S.format": [
        Mended("sources", SOURCES + SOURCE.format("example.org/a b"), "write the full address",
               SOURCES + SOURCE.format("https://example.org/a%20b"))
    ],
    "S.circle": [
        Mended("breakdowns", f"{BREAKDOWNS}a,b,A\nb,a,B\n", "correct parent_breakdown_id",
               f"{BREAKDOWNS}a,total,A\nb,a,B\n")
    ],
    "S.control": [renamed("Ac\x07me", "delete the character")],
    "S.edge_blank": [renamed("Acme ", "delete the blank")],
    "S.hidden": [renamed("Ac\u200bme", "type the text anew")],
    "S.lost_letter": [renamed("Nexi\ufffd", "type the letter as the source prints it", "Nexiò")],
    "S.formula": [renamed("=A1", "put a word before it", "Group =A1"), renamed("=1+1", "write the value itself", "2")],
    "S.line_end": [renamed('"Acme\nCloud"', "put a space in its place", "Acme Cloud")],
    "P.span": [
        Mended("statements", TOLD + QUARTER.format("2025-11-01"), "correct the start",
               TOLD + QUARTER.format("2025-10-01"))
    ],
    "P.reporting_grid": [Mended("reporting", f"{DUE}2025-03-31\n", "correct the day", f"{DUE}2025-02-28\n")],
    "P.seen_ahead": [
        Mended("regions", SEEN + REGION.format("2062-05-01"), "check the year", SEEN + REGION.format("2026-05-01"))
    ],
    "U.exchange_rate": [
        Mended("exchange_rates", f"{RATES}11.7,{ECB}", "check the digits", f"{RATES}1.1664,{ECB}"),
        Mended("exchange_rates", f"{RATES}7.0,{ECB}".replace("EUR,USD", "CNY,USD"), "which currency is the base",
               f"{RATES}7.0,{ECB}".replace("EUR,USD", "USD,CNY")),
    ],
}  # fmt: skip

CHIPS = "".join(LINK.format(n, "chips", company, "unlabelled", "none") for n, company in enumerate(
    ("hygon", "cambricon", "accelink"), start=1))  # fmt: skip
MORE = LINK.format(1, "chips", "alibaba", "unlabelled", "none")
LISTED = LINKED + CHIPS.replace("p:2", "p:1").replace("p:3", "p:1")

OF_FILES |= {
    "P.fiscal_period": [
        Mended("fiscal_periods", FISCAL.format("FY2026Q2"), "correct the name", FISCAL.format("FY2026Q1"))
    ],
    "P.fiscal_row": [
        Mended("fiscal_periods", FISCAL.format("FY2026Q1").replace("false", "true"), "or correct the row",
               FISCAL.format("FY2026Q1"))
    ],
    "P.region_seen": [
        Mended("regions", VERSIONED.format("2014-04-01"), "take day, version and mark", VERSIONED.format("2013-04-01"))
    ],
    "P.rate_day": [
        Mended("exchange_rates", f"{RATES}1.1664,{ECB}".replace("2026-01-05", "2026-01-04"),
               "take the day as the source prints it", f"{RATES}1.1664,{ECB}")
    ],
    "U.currency_code": [
        Mended("compute_prices", PRICED.format("amazon", "RMB"), "type the ISO 4217 code",
               PRICED.format("amazon", "CNY"))
    ],
    "U.factor": [
        Mended("units", f"{UNITS}my-m,m,money,usd-m,1.{'3' * 40}\n", "as its source defines it",
               f"{UNITS}my-m,m,money,usd-m,1.3\n")
    ],
    "U.country_code": [
        Mended("regions", PLACED.format("amazon", "eu-west-2", "UK"), "type the ISO 3166-1 code",
               PLACED.format("amazon", "eu-west-2", "GB"))
    ],
    "U.region_code": [
        Mended("regions", PLACED.format("amazon", code, "US"), "as the vendor writes it",
               PLACED.format("amazon", "us-east-1", "US"))
        for code in ("us_east_1", "us-east-1a", "useast1")
    ],
    "C.region_country": [
        Mended("regions", PLACED.format("amazon", "eu-central-1", "FR"), "look up where the region is",
               PLACED.format("amazon", "eu-central-1", "DE"))
    ],
    "C.region_name": [
        Mended("regions", NAMED.format("Ohio"), "read the name beside the code", NAMED.format("N. Virginia"))
    ],
    "V.list_vendor": [
        Mended("compute_prices", PRICED.format("microsoft", "USD"), "correct vendor_id",
               PRICED.format("amazon", "USD")),
        Mended("compute_prices", PRICED.format("microsoft", "USD"), "or name the source of the row",
               PRICED.format("microsoft", "USD").replace("karpenter-aws", "karpenter-azure")),
    ],
    "U.instrument_code": [
        Mended("instruments", FUND.format(code), "read the code in the source again", FUND.format("515070"))
        for code in ("515700", "51507.SH", "315070")
    ],
    "C.instrument_name": [
        Mended("instruments", KIND.format("index"), "read names, kind and code", KIND.format("etf"))
    ],
    "C.row_name": [
        Mended("companies", COMPANIES.format("AISHIDE"), "type the name that belongs to the id",
               COMPANIES.format("Acme Chips")),
        Mended("companies", COMPANIES.format("艾克米").replace(" 芯片", ""), "in the language of its column",
               COMPANIES.format("Acme Chips")),
    ],
    "C.like_rows": [
        Mended("machine_accelerators", MACHINE.format("amd"), "correct the cell", MACHINE.format("nvidia"))
    ],
    "C.statement_words": [
        Mended("statements", WORDED.format(2019), "correct the cell", WORDED.format(2025)),
        Mended("statements", WORDED.format(2019), "or the words", WORDED.format(2025)),
    ],
    "U.rating_range": [
        Mended("rating_scales", LEVELS.format("5"), "read both ends of each level", LEVELS.format("10"))
    ],
    "C.rating_subject": [
        Mended("ratings", RATED + ON.format("computer-industry", "guosen.stock", "outperform", "none"),
               "take the scale of the subject's class",
               RATED + ON.format("computer-industry", "guosen.industry", "outperform", "none"))
    ],
    "C.rating_move": [
        Mended("ratings", RATED + ON.format("alibaba", "guosen.stock", "underperform", "raised"), "correct the level",
               RATED + ON.format("alibaba", "guosen.stock", "outperform", "raised")),
        Mended("ratings", RATED + ON.format("alibaba", "guosen.stock", "underperform", "raised"), "or the action",
               RATED + ON.format("alibaba", "guosen.stock", "underperform", "lowered")),
    ],
    "C.rating_twice": [
        Mended("ratings", RATED + ON.format("alibaba", "guosen.stock", "outperform", "none")
               + ON.format("alibaba", "guosen.stock", "neutral", "none").replace("p:3", "p:4"),
               "correct one of the levels", RATED + ON.format("alibaba", "guosen.stock", "outperform", "none")
               + ON.format("alibaba", "guosen.stock", "outperform", "none").replace("p:3", "p:4"))
    ],
    "C.link_mark": [
        Mended("supply_chain_links", LINKED + LINK.format(1, "chips", "hygon", "recommended", "none"),
               "as the document marks the company", LINKED + LINK.format(1, "chips", "hygon", "recommended", "own")),
        Mended("supply_chain_links", LINKED + LINK.format(1, "chips", "hygon", "unlabelled", "own"),
               "or unlabelled and none", LINKED + LINK.format(1, "chips", "hygon", "unlabelled", "none")),
    ],
    "C.link_place": [
        Mended("supply_chain_links", LISTED + MORE.replace("片,", ","), "correct the cell", LISTED + MORE)
    ],
    "C.link_stage": [
        Mended("supply_chain_links", LINKED + CHIPS + LINK.format(9, "servers", "alibaba", "unlabelled", "none"),
               "file the company under the stage",
               LINKED + CHIPS + LINK.format(9, "chips", "alibaba", "unlabelled", "none"))
    ],
}  # fmt: skip

OF_FILLING: dict[str, list[tuple[str, dict[str, str]]]] = {
    "U.value": [("observations", {"value": "398240"})],
    "U.unit_id": [("observations", {"unit_id": "usd-m"})],
    "U.value_low": [("observations", {"value_low": ""})],
    "U.value_high": [("observations", {"value_high": "1"})],
    "U.amount": [("model_prices", {"amount": "8"})],
    "U.amount_low": [("model_prices", {"amount_low": "0.1"})],
    "U.amount_high": [("model_prices", {"amount_high": ""})],
    "U.known_on": [("sources", {"known_on": "2031-01-01"})],
    "S.not_filled": [("observations", {"decimals": "", "bound": ""})],
}
"""By rule a table and the cells of a filled row of it that break the rule: `make fill` writes them anew."""
