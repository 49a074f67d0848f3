"""Where records begin and end, by counting quotes, against Python's own reader."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from canonical.reading.csv_records import last_end, records_of

texts = st.text(st.sampled_from(list('ab,"\n\r')), min_size=1, max_size=16).filter(lambda text: text.strip())


@given(texts)
def test_a_plain_text_has_the_rows_that_its_quotes_make(text: str) -> None:
    content = text.encode()
    found = records_of(content, len(content))
    if not found.is_plain:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    starts, start = [], 0
    for _ in reader:
        starts.append(start)
        start = reader.line_num
    assert list(found.starts) == starts and found.lines == text.count("\n") + (not text.endswith("\n"))


@given(st.lists(st.lists(st.text(st.sampled_from(list('ab ,"\n')), max_size=4), min_size=2, max_size=2), min_size=1))
def test_a_text_that_python_writes_is_plain(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    content = file.getvalue().encode()
    found = records_of(content, len(content))
    assert found.is_plain and len(found.starts) == len(rows)
    assert last_end(content) == len(content)
    cut = last_end(content[:-1])
    assert cut == 0 or len(records_of(content, cut).starts) == len(rows) - 1
