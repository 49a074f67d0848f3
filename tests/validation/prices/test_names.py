"""Names one slip of the pen beside common ones, and regions and types of machines with hardly a price."""

from __future__ import annotations

from typing import Any

import pytest

from tests.validation.prices.worlds import Row, a_machine, a_price, findings_of
from validation.prices.names import misspelt

COMMON = {"gemini": 20, "sonnet": 30, "chat": 25, "distill": 40, "cohere": 19}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("gmeini", "gemini"), ("gemni", "gemini"), ("gemmini", "gemini"), ("gemani", "gemini"), ("hcat", "chat"),
        ("chet", None), ("chaat", None), ("distil", None), ("distills", None), ("gemino", None), ("minige", None),
        ("cohree", None), ("sonet", "sonnet"),
    ],
)  # fmt: skip
def test_a_slip_exchanges_leaves_out_adds_or_replaces_an_inner_letter(name: str, meant: str | None) -> None:
    assert misspelt({**COMMON, name: 1}, 1, 20) == ({name: meant} if meant else {})
    assert misspelt({**COMMON, name: 2}, 1, 20) == {}


def told(*models: Row, machines: tuple[Row, ...] = ()) -> list[tuple[str, str, str]]:
    found = (f for f in findings_of(*models, machines=machines) if f.rule == "C.price_entry")
    wanted = ("slip of the pen", "one price or two")
    return [(f.column, f.found, f.expected) for f in found if any(words in f.message for words in wanted)]


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("seller", "hypercluod", "hypercloud"), ("maker", "hypecloud", "hypercloud"),
        ("region", "northwset", "northwest"),
        ("seller", "hyperclouds", None), ("model", "acme-thniking-9", "thinking"), ("model", "acme-thinks-9", None),
    ],
)  # fmt: skip
def test_a_misspelt_name_of_a_price_is_named(column: str, cell: str, meant: str | None) -> None:
    named = {"seller": "hypercloud", "maker": "hypercloud", "region": "northwest"}
    rows = [a_price(model=f"acme-thinking-{n}", **named) for n in range(20)]
    assert told(*rows) == []
    odd = rows[0] | {"model": "acme-thinking-20", column: cell}
    assert told(*rows, odd) == ([(column, cell, f"perhaps {meant}")] if meant else [])
    assert told(*rows[:18], odd) == []


def machines(**cells: Any) -> list[Row]:
    return [
        a_machine(1.0 + size, region=region, instance_type=f"d{size}s_v5", purchase_option=option, **cells)
        for region in ("east", "west", "north", "south")
        for size in range(2, 15)
        for option in ("on_demand", "spot")
    ]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"region": "esat"}, [("region", "esat", "a name that the list has many prices of")]),
        ({"instance_type": "sd3_v5"}, [("instance_type", "sd3_v5", "a name that the list has many prices of")]),
        ({"instance_type": "ds3_v5"}, [
            ("instance_type", "ds3_v5", "perhaps d3s_v5"),
            ("instance_type", "ds3_v5", "a name that the list has many prices of"),
        ]),
        ({"instance_type": "d3s"}, [
            ("instance_type", "d3s", "perhaps d3s_v5"),
            ("instance_type", "d3s", "a name that the list has many prices of"),
        ]),
        ({"region": "west"}, []),
    ],
)  # fmt: skip
def test_a_machine_of_a_region_or_type_of_its_own_is_named(cells: Row, shown: list[tuple[str, str, str]]) -> None:
    rows = machines()
    assert told(machines=tuple(rows)) == []
    rows[2] |= cells
    assert sorted(told(machines=tuple(rows))) == sorted(shown)


def test_a_small_list_and_one_with_many_such_types_tell_of_none() -> None:
    few = machines()[:60]
    few[2] |= {"region": "esat"}
    assert told(machines=tuple(few)) == []
    rows = machines() + [a_machine(9.0, instance_type=f"x{n}") for n in range(3)]
    assert told(machines=tuple(rows)) == []
