"""Files beside the pages: a list of the pages for programs, a feed of releases, the Chinese picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from canonical.reading.content import file_text
from canonical.reading.parquet_files import parquet_frame
from canonical.table_schema import ROOT, load_schema, table_names
from canonical.text_tables import csv_path
from release.dialects.catalogue import catalogue_of_build
from release.dialects.linked_data import schema_org
from release.package.chart import PICTURES, revenue_picture
from release.package.metadata import citation, package_metadata, version
from release.pages.data import rows_of

__all__ = ["machine_texts"]

RELEASE = re.compile(r"^## (\d+\.\d+\.\d+)[^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
STARTS = (
    ("use/loading.html", "How to load the tables in Python, R, SQL and a spreadsheet"),
    ("use/reading.html", "What a row says: print, interval, period, two times"),
    ("reference/tables/index.html", "The data dictionary"),
    ("method/headline.html", "How one number is chosen where sources disagree"),
    ("reference/findings.html", "What the checks found wrong in sources"),
    ("use/limits.html", "What not to read into the data"),
    ("use/citing.html", "How to cite"),
)


def machine_texts() -> Iterator[tuple[str, str]]:
    """Each text as (file name, content): `llms.txt`, `feed.xml` in RSS 2.0, a Dataset of schema.org, two SVG."""
    yield "llms.txt", _llms()
    yield "feed.xml", _feed()
    yield "dataset.jsonld", json.dumps(schema_org(catalogue_of_build()), ensure_ascii=False, sort_keys=True)
    quarters = parquet_frame(csv_path("cloud_quarters").with_suffix(".parquet"), "cloud_quarters")
    for path, theme in PICTURES.items():
        name = Path(path).name.replace("revenue", "revenue-zh")
        yield name, revenue_picture(quarters, theme, chinese=True).decode()


def _llms() -> str:
    package = package_metadata()
    lines = [f"# {package['title']}", "", f"> {package['description'].strip()}", ""]
    lines += [f"Version {version()}. Cite as: {citation()}", "", "## Start here", ""]
    lines += [f"- [{address}]({address}): {about}" for address, about in STARTS]
    lines += ["", "## Tables", ""]
    for name in table_names():
        title = load_schema(name).descriptor["title"]
        lines.append(f"- [{name}](reference/tables/{name}.html): {title}")
    lines += ["", "## Metrics", ""]
    lines += [
        f"- [{row['metric_id']}](reference/metrics/{row['metric_id']}.html): {row['name_en']} ({row['name_zh']})"
        for row in rows_of("metrics")
    ]
    lines += ["", "## Vendors", ""]
    lines += [
        f"- [{row['vendor_id']}](reference/vendors/{row['vendor_id']}.html): {row['name_en']}"
        for row in rows_of("vendors")
    ]
    return "\n".join(lines) + "\n"


def _feed() -> str:
    """The releases of the changelog, newest first, each with its first lines."""
    package = package_metadata()
    text = file_text(ROOT / "CHANGELOG.md")
    home = escape(str(package.get("homepage", "")))
    items = [
        f'<item><title>{escape(package["title"])} {number}</title><guid isPermaLink="false">'
        f"{escape(package['name'])}-{number}</guid><description>{escape(' '.join(body.split()))}</description></item>"
        for number, body in RELEASE.findall(text)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(package['title'])}</title><link>{home}</link>"
        f"<description>{escape(package['description'].strip())}</description>{''.join(items)}</channel></rss>\n"
    )
