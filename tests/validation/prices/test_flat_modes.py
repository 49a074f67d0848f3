"""A mode that costs what the ordinary price does, as with hardly any model of the seller."""

from __future__ import annotations

from tests.validation.prices.worlds import Row, a_price, findings_of

METERS = (("input", 2.0), ("output", 8.0))


def offers(count: int) -> list[Row]:
    return [
        a_price(amount * part, seller="resale", model=f"acme-{n}", meter=meter, mode=mode)
        for n in range(count)
        for mode, part in (("standard", 1.0), ("batch", 0.5))
        for meter, amount in METERS
    ]


def told(*rows: Row) -> list[tuple[str, str, str]]:
    found = (f for f in findings_of(*rows) if f.rule == "C.price_ratio" and "ordinary price" in f.message)
    return [(f.row_id, f.found, f.expected) for f in found]


def test_a_batch_at_the_ordinary_price_is_named_beside_it() -> None:
    rows = offers(10)
    assert told(*rows) == []
    rows[3] |= {"amount": 8.0}
    shown = ("output 8 USD in mode batch, as in the ordinary one",
             "another amount than the ordinary one, as nearly all of 10 models have it")  # fmt: skip
    assert told(*rows) == [("registry.004", *shown)]
    (found,) = (f for f in findings_of(*rows) if "ordinary price" in f.message)
    assert [named.row_id for named in found.rows] == ["registry.004", "registry.002"]


def test_a_whole_mode_several_models_and_few_ones_tell_of_no_slip() -> None:
    rows = offers(10)
    rows[2] |= {"amount": 2.0}
    rows[3] |= {"amount": 8.0}
    assert told(*rows) == []
    several = offers(10)
    for n in (3, 7):
        several[n] |= {"amount": 8.0}
    assert told(*several) == []
    few = offers(9)
    few[3] |= {"amount": 8.0}
    assert told(*few) == []
