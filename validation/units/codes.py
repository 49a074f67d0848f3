"""Layer U of codes: currencies and countries of the ISO lists, codes of instruments as their exchanges form them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from canonical.findings import Finding
from canonical.intervals import LONGEST
from canonical.reference import exact_factor
from validation.units.given import Given, Rule

__all__ = [
    "COUNTRY", "CURRENCY", "FACTOR", "INSTRUMENT", "INSTRUMENT_NAME", "codes_of_instruments", "countries", "currencies",
    "long_factors", "tickers",
]  # fmt: skip

CURRENCY_COLUMNS = {
    "exchange_rates": ("base", "quote"),
    "model_prices": ("currency",),
    "compute_prices": ("currency",),
    "units": ("currency",),
    "entities": ("reporting_currency",),
}
COUNTRY_COLUMNS = {"regions": ("country",), "vendors": ("country",), "companies": ("country",)}
CURRENCIES = frozenset(re.findall("[A-Z]{3}", """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""))  # fmt: skip
"""Currencies of ISO 4217 that are money of a country or a union of countries."""
CURRENCIES_MEANT = {"RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "YEN": "JPY", "STG": "GBP", "WON": "KRW"}
COUNTRIES = frozenset(re.findall("[A-Z]{2}", """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB
GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX
MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE
SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC
VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""))  # fmt: skip
"""Countries and territories of ISO 3166-1."""
COUNTRIES_MEANT = {"UK": "GB", "EL": "GR", "EN": "GB", "EU": "DE or another country of the union"}

CURRENCY = Rule(
    "U.currency_code", "error", "no currency has this code", "type the ISO 4217 code of the currency",
)  # fmt: skip
COUNTRY = Rule("U.country_code", "error", "no country has this code", "type the ISO 3166-1 code of the country")
INSTRUMENT = Rule(
    "U.instrument_code", "error", "no code of that exchange",
    "read the code in the source again; it names one instrument",
)  # fmt: skip
INSTRUMENT_NAME = Rule(
    "C.instrument_name", "warning", "", "read names, kind and code in the source again; they are of one instrument",
)  # fmt: skip

FORMS = {
    "SH": ("six digits", r"[0-9]{6}"), "SZ": ("six digits", r"[0-9]{6}"), "BJ": ("six digits", r"[0-9]{6}"),
    "HK": ("four or five digits", r"[0-9]{4,5}"), "CSI": ("six signs", r"[0-9A-Z]{6}"), "": ("", r".*"),
}  # fmt: skip
"""By suffix, what a code before it is made of."""
FUND = re.compile(r"5[0-9]{5}(\.SH)?|1[0-9]{5}(\.SZ)?")
"""Funds on the exchanges of Shanghai and Shenzhen: six digits that begin with 5 and 1."""
INDEX = re.compile(
    r"(000|9[0-9]{2})[0-9]{3}\.SH|399[0-9]{3}\.SZ|899[0-9]{3}\.(BJ|GSI)|[0-9A-Z]{6}\.CSI|[A-Z]{2,5}\.[A-Z]{2,3}"
)
"""Indices: numbers of the exchanges of Shanghai, Shenzhen and Beijing, and letters as terminals write them."""
COUNTED = re.compile(r"[0-9]{3,6}")
"""A number in a name or id that stands in the code too, as the 300 of CSI 300."""
ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


def currencies(given: Given) -> Iterator[Finding]:
    """Currencies that no country has: RMB is the name of one whose code is CNY."""
    yield from _unknown(given, CURRENCY, CURRENCY_COLUMNS, CURRENCIES, CURRENCIES_MEANT)


def countries(given: Given) -> Iterator[Finding]:
    """Countries that no list has: UK is called GB."""
    yield from _unknown(given, COUNTRY, COUNTRY_COLUMNS, COUNTRIES, COUNTRIES_MEANT)


def _unknown(
    given: Given, rule: Rule, columns: dict[str, tuple[str, ...]], codes: frozenset[str], meant: dict[str, str]
) -> Iterator[Finding]:
    for column in (c for c in columns.get(given.name, ()) if given.has((c,))):
        cells = given.typed.get_column(column).cast(pl.String)
        odd = [code for code in cells.unique().drop_nulls() if code not in codes]
        for at in cells.is_in(odd).arg_true().to_list() if odd else ():
            near = f"; nearest is {meant[cells[at]]}" if cells[at] in meant else ""
            yield given.finding(rule, at, column, f"a code such as {min(codes)}{near}")


FACTOR = Rule("U.factor", "error", "values in the unit cannot be exact", "write the factor as its source defines it")


def long_factors(given: Given) -> Iterator[Finding]:
    """Factors with more digits than exact arithmetic has room for: every value of the unit would be rounded."""
    if not given.has(("factor",)):
        return
    for at, text in enumerate(given.table.frame.get_column("factor").cast(pl.String)):
        if given.typed.item(at, "factor") is not None and exact_factor(text) is None:
            yield given.finding(FACTOR, at, "factor", f"at most {LONGEST} digits")


def codes_of_instruments(given: Given) -> Iterator[Finding]:
    """Codes that their exchange does not form so, that their own check digit or id refutes, or that stand twice."""
    if not given.has(("instrument_id", "code")):
        return
    kinds = given.typed["kind"].to_list() if given.has(("kind",)) else [""] * given.typed.height
    seen: dict[str, str] = {}
    for at, (name, code) in enumerate(given.typed.select("instrument_id", "code").iter_rows()):
        if not code:
            continue
        expected, message = _odd_code(name or "", code, kinds[at]), ""
        if not expected and code in seen:
            expected, message = f"a code of its own, as {seen[code]} has this", "another instrument has the code"
        seen.setdefault(code, name)
        if expected:
            yield given.finding(INSTRUMENT, at, "code", expected, message)
    yield from _names_of_instruments(given)


NAMES = ("instrument_id", "code", "kind", "name_en", "name_zh")


def _names_of_instruments(given: Given) -> Iterator[Finding]:
    """Names that another instrument has, that tell another kind, or whose two languages tell other numbers."""
    if not given.has(NAMES):
        return
    first: dict[str, int] = {}
    for at, row in enumerate(given.typed.select(NAMES).fill_null("").iter_rows(named=True)):
        for column in ("name_en", "name_zh"):
            if row[column] and first.setdefault(row[column], at) != at:
                message = f"the instrument in row {first[row[column]] + 1} has the same name"
                yield given.finding(INSTRUMENT_NAME, at, column, "a name of its own", message)
        is_fund = any("ETF" in row[column].upper() for column in ("instrument_id", "name_en", "name_zh"))
        if is_fund != (row["kind"] == "etf"):
            yield given.finding(
                INSTRUMENT_NAME, at, "kind", "etf" if is_fund else "index", "its names tell another kind"
            )
        said = [set(re.findall("[0-9]+", row[column])) for column in ("name_en", "name_zh")]
        if row["name_en"] and row["name_zh"] and said[0] != said[1]:
            expected = " ".join(sorted(said[0])) or "no number"
            yield given.finding(INSTRUMENT_NAME, at, "name_zh", expected, "the two names tell other numbers")
        own = set(COUNTED.findall(row["instrument_id"])) - set(COUNTED.findall(row["code"] + row["name_en"]))
        if own and {number.lstrip("0") for number in COUNTED.findall(row["code"])} != own:
            yield given.finding(
                INSTRUMENT_NAME, at, "instrument_id", "the number of its code or name", "none has its number"
            )


def tickers(given: Given) -> Iterator[Finding]:
    """Codes of shares that their exchange does not form so: 9988 before .HK, six digits before .SH."""
    if not given.has(("tickers",)):
        return
    for at, cell in enumerate(given.typed.get_column("tickers")):
        for number, _, exchange in (code.partition(".") for code in (cell or "").split()):
            words, form = FORMS.get(exchange, FORMS[""])
            if not re.fullmatch(form, number):
                yield given.finding(INSTRUMENT, at, "tickers", f"{words} before .{exchange}")


def _odd_code(name: str, code: str, kind: str) -> str:
    """What a code should be; empty where nothing is wrong with it."""
    number, _, exchange = code.partition(".")
    words, form = FORMS.get(exchange, FORMS[""])
    if not re.fullmatch(form, number):
        return f"{words} before .{exchange}"
    if kind == "etf" and number.isdecimal() and len(number) == 6 and not FUND.fullmatch(code):
        return "a fund's code, which begins with 5 in Shanghai and with 1 in Shenzhen"
    if ISIN.fullmatch(code) and not _is_checked(code):
        return "an ISIN whose check digit fits"
    if kind == "index" and exchange and not INDEX.fullmatch(code):
        return "an index's code: 000300.SH, 399001.SZ, 899001.BJ or letters before a point"
    own = COUNTED.findall(name)
    is_other = own and number.isdecimal() and number.lstrip("0") != own[0].lstrip("0")
    return f"{own[0]}, as in its id" if is_other else ""


def _is_checked(isin: str) -> bool:
    """Whether the last digit of an ISIN is that of its other signs (ISO 6166): letters count 10 to 35, digits double.

    >>> _is_checked("US0378331005"), _is_checked("US0378331050")
    (True, False)
    """
    digits = "".join(str(int(sign, 36)) for sign in isin)
    doubled = (int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
