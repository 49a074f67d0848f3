"""Hostile values in every text column of every table: the built site shows them, and a real browser runs none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.small_package import ROWS, make_checkout, write_table
from canonical.field import Field
from canonical.table_schema import ROOT, load_schema, typed_tables

pytestmark = pytest.mark.browser

HOSTILE = (
    '<script>window.ran=1</script><img src=x onerror="window.ran=2"> [link](javascript:window.ran=3) '
    "[ref]: javascript:window.ran=4 `</code><svg onload=window.ran=5>` {{ 7*7 }} {% raw %} ''' --8<-- \"SECURITY.md\" "
    '"><iframe src="javascript:window.ran=6"></iframe> | </td></table><script>window.ran=7</script> '
    "<javascript:window.ran=8> { onclick=window.ran=9 } ![x](javascript:window.ran=10) <!-- --> ]]> &lt;b&gt; 云"
)
ADDRESS = 'https://acme.example/"onmouseover="window.ran=11"><script>window.ran=12</script>)(javascript:window.ran=13)'
MARK = "window.ran"
LOOK = """() => ({
  ran: window.ran,
  scripts: [...document.querySelectorAll('script')].filter(e => !e.src && e.textContent.includes('window.ran')).length,
  links: [...document.querySelectorAll('[href],[src],[action]')]
    .map(e => e.getAttribute('href') || e.getAttribute('src') || e.getAttribute('action'))
    .filter(a => /^\\s*(javascript|vbscript|data:text\\/html)/i.test(a)),
  handlers: [...document.querySelectorAll('*')]
    .flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on') && a.value.includes('window.ran')).length,
})"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small package whose every free text is hostile, built as the real one is."""
    root = tmp_path_factory.mktemp("hostile")
    make_checkout(root)
    run(root, "-m", "canonical.fill")
    run(root, "-m", "release", "build")
    for table in typed_tables():
        schema = load_schema(table)
        rows = ROWS.get(table) or [{field.name: str(field.descriptor["example"]) for field in schema.fields}]
        path = root / "data" / f"{table}.csv"
        filled = [dict(row) for row in rows] if not path.exists() else read(path)
        write_table(path, schema.columns, [row | poisoned(schema.fields) for row in filled])
    (root / "docs" / "assets").mkdir(exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    # The pages of tables that no check let through: what stands between them and the reader is the pages alone.
    run(root, "-c", "from release.pages import write_pages; write_pages()")
    run(root, "-m", "mkdocs", "build", "--quiet")
    return root / "site"


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table as texts."""
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def poisoned(fields: tuple[Field, ...]) -> Mapping[str, str]:
    """A hostile value for each text column whose form is free."""
    texts = [f for f in fields if f.type == "string" and not f.enum]
    free = [f for f in texts if f.format == "uri" or "pattern" not in f.constraints]
    keyed = {"entity_id", "source_id", "unit_id", "printed_unit_id", "via_source_id", "currency", "base", "quote"}
    return {f.name: ADDRESS if f.format == "uri" else HOSTILE for f in free if f.name not in keyed}


def run(root: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{root}:{root / 'clients' / 'python'}", "NO_MKDOCS_2_WARNING": "1"}
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # what one run has compiled, the next need not
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-3000:]


def test_nothing_in_a_table_runs_in_the_browser(hostile_site: Path, browser: Browser) -> None:
    pages = sorted(hostile_site.rglob("*.html"))
    shown = [page for page in pages if MARK in page.read_text(encoding="utf-8")]
    assert len(shown) > 20, "the hostile values are on the pages, or the test looks at nothing"
    page = browser.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    # These show what scripts read of the tables, whether or not a hostile value stands in their own text.
    scripted = [page for page in pages if page.name.split(".")[0] in ("index", "explore", "record")]
    for path in dict.fromkeys([*shown, *scripted]):
        page.goto(path.as_uri(), wait_until="load")
        found = page.evaluate(LOOK)
        assert found == {"ran": None, "scripts": 0, "links": [], "handlers": 0}, path.name
    assert not dialogs
    page.close()
