"""Machines of a family tell what one of them costs, by the words and numbers of any vendor's names."""

from __future__ import annotations

import pytest

from tests.validation.prices.worlds import a_machine, findings_of


def named(*machines: tuple[str, float]) -> list[str]:
    """The machines that are out of their size, in a list of these."""
    rows = tuple(a_machine(amount, instance_type=name) for name, amount in machines)
    return [finding.row_id.split("|")[2] for finding in findings_of(machines=rows) if finding.rule == "U.price_size"]


@pytest.mark.parametrize(
    "names",
    [
        ("m5.large", "m5.xlarge", "m5.2xlarge", "m5.4xlarge"),
        ("m8i.metal-24xl", "m8i.48xlarge", "m8i.metal-96xl", "m8i.metal-192xl"),
        ("ecs.g6.large", "ecs.g6.xlarge", "ecs.g6.2xlarge", "ecs.g6.4xlarge"),
        ("Standard_D2s_v3", "Standard_D4s_v3", "Standard_D8s_v3", "Standard_D16s_v3"),
        ("n1-standard-2", "n1-standard-4", "n1-standard-8", "n1-standard-16"),
        ("a2-highgpu-1g", "a2-highgpu-2g", "a2-highgpu-4g", "a2-highgpu-8g"),
    ],
)
@pytest.mark.parametrize("slip", [10, 0.1])
def test_a_tenfold_slip_is_named_beside_the_sizes_of_its_family(names: tuple[str, ...], slip: float) -> None:
    right = [(name, 0.1 * 2**n) for n, name in enumerate(names)]
    assert named(*right) == []
    assert named((names[0], 0.1 * slip), *right[1:]) == [names[0]]


def test_two_sizes_tell_nothing_and_a_dear_family_is_no_slip() -> None:
    assert named(("m5.large", 0.1), ("m5.xlarge", 9.0)) == []
    assert named(("m5.large", 0.1), ("m5.xlarge", 0.2), ("m5.2xlarge", 0.4), ("p5.2xlarge", 40)) == []
    assert named(("bare", 1), ("bare-metal", 99), ("other", 5)) == []


def test_a_machine_some_of_whose_cores_are_off_costs_what_the_whole_costs() -> None:
    whole = (("Standard_E8s_v5", 0.4), ("Standard_E16s_v5", 0.8), ("Standard_E32s_v5", 1.6))
    assert named(*whole, ("Standard_E32-8s_v5", 1.6)) == []
    assert named(*whole, ("Standard_E32-8s_v5", 0.16)) == ["Standard_E32-8s_v5"]
