"""JSON of others: nothing in it is settled silently, and nothing in it breaks the reader."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.json_text import parse_json
from ingest.upstream import UpstreamError


def test_fractions_are_exact_and_texts_stay() -> None:
    assert parse_json('{"价": [2.5e-07, 10, "\\ud83d\\ude00"]}'.encode(), "t.json") == {
        "价": [Decimal("2.5E-7"), 10, "😀"]
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"a": 1, "a": 2}', "key 'a' stands twice in one object"),
        ('{"a": 1, "a": 1}', "key 'a' stands twice in one object"),
        ('{"m": [{"b": {"c": 1, "c": 1}}]}', "key 'c' stands twice in one object"),
        ('{"a": 1, "\\u0061": 2}', "key 'a' stands twice in one object"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": 1e99999999}', "is '1e99999999', not a number in plain digits"),
        ('{"a": 1e400}', "is '1e400', not a number in plain digits"),
        ('{"a": 0.' + "1" * 400 + "}", "not a number in plain digits"),
        ('{"a": ' + "9" * 400 + "}", "has more digits than any price"),
        ('{"a": ' + "9" * 5000 + "}", "has more digits than any price"),
        ('{"a": "\\ud800"}', "holds half of a letter"),
        ('{"\\udfff": 1}', "holds half of a letter"),
        ('{"a": ' * 100_000, "objects inside objects without end"),
        ("[" * 100_000, "objects inside objects without end"),
        ('{"a": 1', "not JSON in UTF-8"),
        ('\ufeff{"a": 1}', "not JSON in UTF-8"),
        ("", "not JSON in UTF-8"),
    ],
)
def test_what_no_list_means_is_refused_in_one_line(text: str, named: str) -> None:
    with pytest.raises(UpstreamError) as refused:
        parse_json(text.encode(), "t.json")
    assert named in str(refused.value) and str(refused.value).startswith("t.json")
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 200


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gbk"])
def test_another_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(UpstreamError, match="not JSON in UTF-8"):
        parse_json('{"价格": 1}'.encode(encoding), "t.json")


def test_who_knows_better_may_join_what_stands_twice() -> None:
    joined = parse_json(b'{"a": 1, "a": 2}', "t.json", lambda key, one, other, where: [one, other])
    assert joined == {"a": [1, 2]}
