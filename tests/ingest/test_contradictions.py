"""Upstreams that contradict themselves: each is refused, or told as a conflict, in one line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from canonical.text_tables import read_rows
from ingest.__main__ import main

UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token,token,token_volume,,token,1,
token-1m,1M tokens,token_volume,,token,1000000,
"""
CHANGES = "commit,committed_at,provider,model,key,old,new,event\n"
MAPS = "source,commit,commit_date,generated_at,region,instance_type,kind,value,event\n"
VERSIONS = "date,blob,facts\n2026-05-01,b1,1\n"
GOOGLE = "date,blob,path,value,event\n"
INSTANCES = "commit,date,instance,path,value,event\n"
LITELLM = "litellm/model_prices_and_context_window_backup.json"


def run(folder: Path, *arguments: str) -> int:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "units.csv").write_text(UNITS, encoding="utf-8")
    return main([*arguments, "--data", str(data)])


def refusal(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a refusal that touched nothing."""
    assert run(folder, *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1
    assert [path.name for path in (folder / "data").iterdir()] == ["units.csv"]
    return printed.err


def a_file(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def a_table(folder: Path, text: str) -> str:
    wheel = folder / "litellm-1.90.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(LITELLM, text)
    return f"{wheel}@2026-06-20"


def an_entry(first: float, more: str = "") -> str:
    return f'{{"litellm_provider": "openai", "input_cost_per_token": {first}, "output_cost_per_token": 2e-6{more}}}'


def test_a_model_twice_with_two_prices_is_told_and_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wheel = a_table(tmp_path, f'{{"aster-1": {an_entry(1e-6)}, "aster-1": {an_entry(9e-6)}}}')
    assert run(tmp_path, "litellm", wheel) == 0
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and all(line.startswith("conflict: litellm-1.90.0") for line in told)
    assert "'aster-1' stand twice" in told[0] and "aster-1: 0.000009 and 0.000001" in told[1]
    row = next(row for row in read_rows(tmp_path / "data" / "model_prices.csv") if row["meter"] == "input")
    assert (row["amount"], row["note"]) == ("9", "The same entry also prints 0.000001 for it")


def test_a_model_twice_with_one_price_is_told_and_taken_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = an_entry(1e-6, ', "mode": "chat"')
    wheel = a_table(tmp_path, f'{{"aster-1": {an_entry(1e-6)}, "aster-1": {again}}}')
    assert run(tmp_path, "litellm", wheel) == 0
    assert "'aster-1' stand twice" in capsys.readouterr().err
    assert len(read_rows(tmp_path / "data" / "model_prices.csv")) == 2


def test_two_keys_for_one_meter_are_told_and_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = ', "cache_read_input_token_cost": 2e-7, "input_cost_per_token_cache_hit": 3e-7'
    assert run(tmp_path, "litellm", a_table(tmp_path, f'{{"aster-1": {an_entry(1e-6, keys)}}}')) == 0
    assert "conflict: " in capsys.readouterr().err
    rows = read_rows(tmp_path / "data" / "model_prices.csv")
    assert [row["note"] for row in rows if row["meter"] == "cache_read"] == [
        "The same entry also prints 0.0000003 for it"
    ]


def test_two_keys_for_one_meter_in_a_mirror_are_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(
        f"c1,2026-05-01T10:00:00Z,openai,aster-1,{key},,{value},new\n"
        for key, value in (("cache_read_input_token_cost", "2e-7"), ("input_cost_per_token_cache_hit", "3e-7"))
    )
    assert run(tmp_path, "tokencost", "tokencost", a_file(tmp_path, "changes.csv", CHANGES + rows)) == 0
    told = capsys.readouterr().err
    assert told.startswith("conflict: changes.csv: 1 prices stand twice") and told.count("\n") == 1


def test_a_nested_price_that_stands_twice_is_told_and_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = ', "off_peak_pricing": {"input_cost_per_token": 1e-7, "input_cost_per_token": 3e-7}'
    assert run(tmp_path, "litellm", a_table(tmp_path, f'{{"aster-1": {an_entry(1e-6, keys)}}}')) == 0
    assert "conflict: " in capsys.readouterr().err
    rows = read_rows(tmp_path / "data" / "model_prices.csv")
    assert [(row["printed_amount"], row["note"]) for row in rows if row["mode"] == "off-peak"] == [
        ("0.0000003", "The same entry also prints 0.0000001 for it")
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"litellm_provider": "openai", "litellm_provider": "azure", "input_cost_per_token": 1e-6}}',
        '{"a": {"litellm_provider": "qwen", "tiered_pricing": [{"range": [0, 9], "range": [0, 8]}]}}',
        f'{{"a": {an_entry(1e-6)}, "a": 7}}',
    ],
)
def test_what_says_two_things_of_an_entry_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert "stands twice" in refusal(tmp_path, capsys, "litellm", a_table(tmp_path, text))


def test_an_older_wheel_with_a_later_day_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = a_table(tmp_path, f'{{"aster-1": {an_entry(1e-6)}}}')
    older = tmp_path / "litellm-1.80.0-py3-none-any.whl"
    older.write_bytes(Path(first.rpartition("@")[0]).read_bytes())
    assert "which is newer, is given for 2026-06-20" in refusal(
        tmp_path, capsys, "litellm", first, f"{older}@2026-07-01"
    )


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("c1,2062-05-01T23:30:00+00:00,openai,aster-1,input,,2.5,new", "a day still to come"),
        ("c1,2026-05-01T23:30:00,openai,aster-1,input,,2.5,new", "a moment without its zone"),
        ("c1,2025-06-31T23:30:00Z,openai,aster-1,input,,2.5,new", "not a day or moment of the calendar"),
        (
            "c1,2026-05-01T10:00:00Z,openai,aster-1,input,,2.5,new\nc1,2026-05-01T10:00:00Z,openai,aster-1,input,2.5,3,change",
            "two rows of openai aster-1 input",
        ),
        (
            "c1,2026-05-01T10:00:00Z,openai,aster-1,input,,2.5,new\nc1,2026-05-02T10:00:00Z,openai,aster-1,output,,3,new",
            "commit c1 is dated",
        ),
        (
            "c1,2026-05-01T10:00:00Z,openai,aster-1,input,,2.5,new\nc1,2026-05-01T10:00:00Z,openai,aster-1,cached,,3,new"
            "\nc1,2026-05-01T10:00:00Z,openai,aster-1,cache_read,,4,new",
            "cache_read in mode standard is both '4' and '3'",
        ),
        (
            "\n".join(
                f"c1,2026-05-01T10:00:00Z,openai,aster-1,tiers[{tier}].{key},,{value},new"
                for tier, key, value in (
                    (0, "tier.size", 200000),
                    (0, "input", 5),
                    (1, "tier.size", 200000),
                    (1, "input", 7),
                )
            ),
            "input from 200,000 tokens in mode standard is both '5' and '7'",
        ),
        (
            "\n".join(
                f"c1,2026-05-01T10:00:00Z,openai,aster-1,{key},,{value},new"
                for key, value in (
                    ("tiers[0].tier.size", 200000),
                    ("tiers[0].input", 5),
                    ("context_over_200k.input", 9),
                )
            ),
            "input from 200,000 tokens in mode standard is both '5' and '9'",
        ),
        ("c1,2026-05-01T10:00:00Z,openai,aster-1,input,,２.5,new", "'２.5', not a price"),
        ("c1,2026-05-01T10:00:00Z,openai,aster-1,input,,1e99999999,new", "'1e99999999', not a price"),
        (
            "c1,2026-05-01T10:00:00Z,openai,aster-1,tiers[0].tier.size,,-1,new\n"
            "c1,2026-05-01T10:00:00Z,openai,aster-1,tiers[0].input,,5,new",
            "'-1', not a number of tokens",
        ),
    ],
)
def test_a_history_that_contradicts_itself_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, named: str
) -> None:
    assert named in refusal(tmp_path, capsys, "modelsdev", a_file(tmp_path, "changes.csv", f"{CHANGES}{rows}\n"))


def a_map(source: str, *machines: str, day: str = "2026-05-01", made: str = "2026-05-01T05:00:00Z") -> str:
    return MAPS + "".join(f"{source},c1,{day},{made},{machine},new\n" for machine in machines)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            a_map("karpenter-azure", "westus3,D2as,on_demand,0.178", "westus3,D2as,on_demand,0.086"),
            "two rows of westus3 D2as on_demand",
        ),
        (a_map("karpenter-aws", "cn-northwest-1,q5.large,on_demand,0.612"), "region cn-northwest-1 of mainland China"),
        (a_map("karpenter-aws-gov", "cn-north-1,q5.large,on_demand,0.612"), "region cn-north-1 of mainland China"),
        (a_map("karpenter-azure", "chinanorth3,D2as,on_demand,0.612"), "region chinanorth3 of mainland China"),
        (a_map("karpenter-aws-cn", "us-east-1,q5.large,on_demand,0.6"), "region us-east-1 abroad"),
        (a_map("karpenter-azure", "westus3,D2as,on_demand,1", made="2026-05-01T05:00:00"), "a moment without its zone"),
        (a_map("karpenter-azure", "westus3,D2as,on_demand,1", made="2062-05-01T05:00:00Z"), "a day still to come"),
        (a_map("karpenter-gcp", "us-east1,n2,on_demand,1", made="", day="2062-05-01"), "a day still to come"),
        (a_map("karpenter-gcp", "us-east1,n2,on_demand,1", made="", day="2025-06-31"), "not a day of the calendar"),
        (
            f"{GOOGLE}2026-05-01,b1,compute/instance/n2/cost/us-east1/hour,1,new\n"
            "2026-05-01,b1,compute/instance/n2/cost/us-east1/hour,2,new\n",
            "two rows of compute/instance/n2/cost/us-east1/hour",
        ),
        (a_map("karpenter-azure", "westus3,D2as,on_demand,1", "westus3,d2as,on_demand,2"), "two spellings of one name"),
        (a_map("karpenter-azure", "westus3,D2as,on_demand,1", "WestUS3,D2as,on_demand,2"), "two spellings of one name"),
        (
            a_map("karpenter-azure", "westus3,D2as,on_demand,1", "westus3,D2as ,on_demand,2"),
            "two spellings of one name",
        ),
        (
            a_map("karpenter-azure", "westus3,D2as,on_demand,1", made="2026-05-03T00:00:00Z"),
            "after commit_date 2026-05-01",
        ),
        (a_map("karpenter-azure", "westus3,D2as,on_demand,1").replace(",new", ",change"), "though it does not stand"),
        (
            a_map("karpenter-gcp", "us-east1,n2,on_demand,1", made="")
            + "karpenter-gcp,c2,2026-06-01,,us-east1,n2,on_demand,2,new\n",
            "event of us-east1 n2 on_demand is new, though it stands already",
        ),
        (
            f"{GOOGLE}2026-05-02,b2,compute/instance/n2/cost/us-east1/hour,1,new\n",
            "which the list of versions does not have",
        ),
        (f"{GOOGLE}2062-05-01,b1,compute/instance/n2/cost/us-east1/hour,1,new\n", "a day still to come"),
        (f"{GOOGLE}2026-05-01,b1,compute/instance/n2/cost/cn-east1/hour,1,new\n", "region cn-east1 of mainland China"),
        (
            f"{INSTANCES}c1,2015-08-01,m1,us-east-1/linux,1,new\nc1,2015-08-01,m1,us-east-1/linux/ondemand,2,new\n",
            "c1: two prices of us-east-1 m1 linux on_demand, 1 and 2",
        ),
        (
            f"{INSTANCES}c1,2015-08-01,m1,us-east-1/linux,1,new\nc1,2015-08-02,m2,us-east-1/linux,2,new\n",
            "commit c1 is dated '2015-08-01' and '2015-08-02'",
        ),
    ],
)
def test_a_list_of_machines_that_contradicts_itself_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str
) -> None:
    paths = [a_file(tmp_path, "prices.csv", text)]
    if text.startswith(GOOGLE):
        paths.append(a_file(tmp_path, "versions.csv", VERSIONS))
    assert named in refusal(tmp_path, capsys, "compute_prices", *paths)
