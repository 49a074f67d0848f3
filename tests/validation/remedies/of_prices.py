"""For every rule over prices a list that breaks it, and what its finding says is to be done, carried out there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_machine, a_price

__all__ = ["OF_PRICES", "Done", "Listed"]


class Done(NamedTuple):
    """One clause of a `fix`: cells typed anew by the place of a row, rows `without`, rows `more`."""

    says: str
    cells: Mapping[int, Mapping[str, Any]] = {}
    without: Sequence[int] = ()
    more: Sequence[Row] = ()

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows once the remedy is carried out."""
        kept = ({**row, **self.cells.get(n, {})} for n, row in enumerate(rows) if n not in self.without)
        return [*kept, *self.more]


class Listed(NamedTuple):
    """Rows of a list, of machines or of models, that break a rule, and its remedies."""

    rows: Sequence[Row]
    remedies: Sequence[Done]
    of_machines: bool = False


def to(says: str, place: int = 0, **cells: Any) -> Done:
    """One row with other cells."""
    return Done(says, {place: cells})


def costs(says: str, amount: float | None, place: int = 0) -> Done:
    """One row with another amount, which is the one printed."""
    return to(says, place, amount=amount, printed_amount=None if amount is None else str(amount))


TIERS = [
    a_price(1, tier_from_tokens=1, tier_to_tokens=40000), a_price(2, tier_from_tokens=32000, tier_to_tokens=128000)
]  # fmt: skip
ELSEWHERE = [a_machine(0.433, region=f"place-{n}") for n in range(5)]
FAMILY = [a_machine(amount, instance_type=f"Standard_D{n}as_v5") for n, amount in ((4, 0.172), (8, 0.344))]
OWN = [a_price(model=f"acme-{n}") for n in range(5)]
OTHER_MAKER = [a_price(maker="best", model="best-1"), a_price(seller="best", maker="best", model="best-1")]
FREE = a_price(0, price_state="free", meter="output")
PAID = [a_price(10, seller=seller, meter="output") for seller in "ab"]

ENTRIES = [
    a_price(model=f"acme-{n}", locator=f"v1 acme-{n}", meter=meter)
    for n in range(20) for meter in ("input", "output", "cache_read")
]  # fmt: skip

OF_PRICES: dict[str, Listed] = {
    "C.price_entry": Listed(
        [*ENTRIES[:-1], ENTRIES[-1] | {"seller": "best"}],
        [to("look up the entry at its place in the list", 59, seller="acme")],
    ),
    "U.price_unit": Listed(
        [a_price(printed_per_unit_id="second")],
        [to("give the unit the list prints", printed_per_unit_id="token-1m"),
         to("or the meter that is billed by it", meter="second_input")],
    ),
    "U.zero_price": Listed(
        [a_price(0)],
        [costs("type the price printed, which is above zero", 2.5),
         to("a zero is `free` where the source says so", price_state="free"),
         to("else `unknown` without an amount", price_state="unknown", amount=None)],
    ),
    "U.amount": Listed(
        [a_machine(1203.84, printed_amount="203.84")], [to("write the printed amount as the amount", amount=203.84),
         to("or correct printed_amount", printed_amount="1203.84")], True
    ),
    "U.price_currency": Listed(
        [a_price(model="m0"), a_price(model="m1"), a_price(model="m9", currency="CNY")],
        [to("type the currency that the list prints", 2, currency="USD"),
         to("tell two lists of a seller apart by their regions", 2, region="cn")],
    ),
    "U.price_text_digits": Listed(
        [a_price(printed_text="$2.50", printed_amount="2.05")],
        [to("read the price in the source again and type it as it stands there", printed_amount="2.50")],
    ),
    "U.price_text_currency": Listed(
        [a_price(printed_text="$2.50", printed_amount="2.50", currency="CNY")],
        [to("type the currency that the source prints", currency="USD")],
    ),
    "U.price_bounds": Listed([a_price(3200)], [costs("read the unit of the list again", 3.2)]),
    "U.price_jump": Listed(
        [a_price(25, SPRING, BEFORE), a_price(0.025, SUMMER)],
        [costs("correct the other in the list it comes from", 0.025),
         costs("which of the two the seller charged", 25, 1)],
    ),
    "U.price_slip": Listed(
        [a_price(25), a_price(0.025, source_id="page")],
        [costs("compare the unit each source prints its prices in", 25, 1)],
    ),
    "C.price_page": Listed(
        [a_price(8), a_price(2, AUTUMN, AUTUMN, source_id="page", date_basis="first_observed")],
        [costs("look up the price on the seller's page of that day", 2),
         costs("report the stale or wrong one to the list", 2)],
    ),
    "C.price_houses": Listed(
        [a_price(0.075, seller="google-vertex", maker="google", meter="cache_read"),
         a_price(0.03, seller="google", maker="google", meter="cache_read", source_id="registry-older")],
        [costs("look up the price on the page of either house", 0.03)],
    ),
    "C.price_lists": Listed(
        [a_machine(0.5), a_machine(0.7, source_id="list")],
        [costs("look up the machine on the vendor's page", 0.5, 1),
         costs("report the wrong or stale price to the list", 0.7)], True,
    ),
    "U.price_disks": Listed(
        [a_machine(0.2, instance_type="c4a-standard-4"), a_machine(0.2, instance_type="c4a-standard-4-lssd")],
        [costs("look up the machine in the vendor's list", 0.26, 1)], True,
    ),
    "U.price_lone": Listed(
        [*(a_price(seller=seller) for seller in "abc"), a_price(0.25, SPRING, BEFORE, seller="d")],
        [costs("read the unit of the list again", 2.5, 3)],
    ),
    "U.price_digits": Listed(
        [*(a_price(0.15, seller=seller) for seller in "abc"), a_price(0.51, SPRING, BEFORE, seller="d")],
        [costs("read the price in the source again", 0.15, 3)],
    ),
    "C.price_ratio": Listed(
        [a_price(1), a_price(0.009375, meter="output")],
        [costs("look for a digit, a unit", 3.0, 1), costs("or the price of another model in the list", 2.0, 1)],
    ),
    "U.price_scale": Listed(
        [*(a_price(seller=seller) for seller in "abc"), a_price(0.0000025, seller="d")],
        [costs("read the unit of the list again", 2.5, 3)],
    ),
    "U.price_licence": Listed(
        [a_machine(0.178, instance_type="Standard_D2as_v5"), *FAMILY],
        [costs("take the list's item without Windows", 0.086)], True,
    ),
    "U.price_region": Listed(
        [a_machine(0.0449, region="far"), *ELSEWHERE], [costs("look up the machine in that region", 0.449)], True
    ),
    "U.price_size": Listed(
        [a_machine(9.6, instance_type="m5.2xlarge"),
         *(a_machine(amount, instance_type=f"m5.{size}") for size, amount in (("large", 0.1), ("xlarge", 0.2)))],
        [costs("the price of another size", 0.4), costs("or a digit more or less", 0.39)], True,
    ),
    "P.price_flip": Listed(
        [a_price(2.5, SPRING, BEFORE), a_price(2, SUMMER, date(2026, 8, 31)), a_price(2.5, AUTUMN)],
        [costs("look which of the amounts the seller charges", 2.5, 1)],
    ),
    "P.price_future": Listed(
        [a_price(date_basis="commit", since=date(2062, 6, 5))],
        [to("check the year", valid_from=SUMMER),
         to("a price that is announced ahead is documented, and at most a year away", date_basis="documented",
            valid_from=date(2027, 6, 5))],
    ),
    "P.price_overlap": Listed(
        [a_price(2.5, SPRING, SUMMER), a_price(2.0, SUMMER)],
        [to("end the earlier row on the day before the later one begins", valid_to=SUMMER - timedelta(days=1)),
         to("tell the two prices apart by mode", 1, mode="batch"), to("region", 1, region="eu"),
         to("or tier", 1, tier_from_tokens=32000)],
    ),
    "P.price_left_open": Listed(
        [a_price(2.5, SPRING), a_price(2.0, SUMMER)],
        [to("type its valid_to where the source prints it", valid_to=BEFORE)],
    ),
    "P.price_gap": Listed(
        [a_price(2.5, SPRING, date(2026, 4, 1)), a_price(2.0, SUMMER)],
        [to("nothing to mend where the list took the price out and put it back", valid_to=BEFORE)],
    ),
    "C.tier_order": Listed(
        TIERS, [to("let each tier end where the next begins", tier_to_tokens=32000)]
    ),
    "C.price_order": Listed(
        [*(a_price(1, model=f"m{n}") for n in range(3)), *(a_price(3, model=f"m{n}", meter="output") for n in range(3)),
         a_price(3, model="m9"), a_price(1, model="m9", meter="output")],
        [Done("look for exchanged columns", {6: {"amount": 1}, 7: {"amount": 3}}),
         costs("or a missing digit in the list", 11, 7)],
    ),
    "C.price_alias": Listed(
        [a_price(8), a_price(2, model="shop/acme-1")], [costs("look which of the two the seller charges", 8, 1)]
    ),
    "C.price_witnesses": Listed(
        [*(a_price(seller=seller) for seller in "abc"), a_price(6, seller="d")],
        [costs("whether the list is wrong or stale", 2.5, 3), to("gives another tier or hour", 3, service_tier="flex")],
    ),
    "C.price_free": Listed(
        [a_price(), FREE, *PAID],
        [to("or none: then it is unknown", 1, price_state="unknown", amount=None),
         to("look whether the list gives a price of this meter", 1, price_state="priced", amount=10)],
    ),
    "C.price_maker": Listed(
        [*OWN, *OTHER_MAKER],
        [to("give the price to the seller that the list names", 5, seller="gate"),
         to("or correct the maker", 5, maker="acme", model="acme-9")],
    ),
    "C.price_seller": Listed(
        [a_price(model="gate/acme-1"), a_price(seller="gate", model="other", maker=None)],
        [to("give the price to the seller that the list names", seller="gate")],
    ),
    "C.price_spot": Listed(
        [a_machine(0.107), a_machine(0.49, purchase_option="spot")],
        [Done("look for exchanged purchase options",
              {0: {"purchase_option": "spot"}, 1: {"purchase_option": "on_demand"}}),
         costs("or a misplaced digit", 0.049, 1)], True,
    ),
    "V.price_mirror": Listed(
        [a_price(via_source_id="mirror"), a_price(source_id="mirror")],
        [to("name the stating list in source_id and the copy in via_source_id", 1, source_id="registry",
            via_source_id="mirror", model="acme-2")],
    ),
}  # fmt: skip
