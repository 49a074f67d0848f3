"""The periods that titles of documents name, in the forms that the sources of the package have."""

from __future__ import annotations

import pytest

from canonical.calendars import Calendar
from canonical.titles import ends_in_title


@pytest.mark.parametrize(
    ("title", "year_end", "ends"),
    [
        ("DigitalOcean Announces Fourth Quarter and Fiscal Year 2023 Financial Results", 12, ["2023-12-31"]),
        ("Kingsoft Cloud Announces Unaudited Third Quarter 2024 Financial Results", 12, ["2024-09-30"]),
        ("Alibaba Group Announces June Quarter 2024 Results", 3, ["2024-06-30"]),
        ("Form 10-Q for the quarter ended June 30, 2026", 6, ["2026-06-30"]),
        ("Form 10-K for the fiscal year ended 2021-05-31", 5, ["2021-05-31"]),
        ("krisphackathon/hackathon-2025: 2022_Q3_Earnings_Transcript.md", 12, ["2022-09-30"]),
        ("Microsoft FY26 Q3 earnings call", 6, ["2026-03-31"]),
        ("Oracle Q3 2025 notes", 5, ["2025-02-28", "2025-09-30"]),
        ("腾讯2022年Q1财报变“实”", 12, ["2022-03-31"]),
        ("10-K of 2025, day 10, 2025", 6, []),
        ("soumili-03/EarningsSignal: 2019-Jan-31-AMZN.txt", 12, []),
        ("UCloud income statement (6 February 2026)", 12, []),
        ("Gartner 2025 forecast of AMAZON_2021_10K", 12, []),
        ("Annual Report 2025", 12, ["2025-12-31"]),
    ],
)
def test_a_title_names_the_ends_of_its_periods(title: str, year_end: int, ends: list[str]) -> None:
    assert sorted(map(str, ends_in_title(title, Calendar(year_end)))) == ends
