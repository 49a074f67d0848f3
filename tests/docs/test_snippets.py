"""Every snippet of the README and of the pages runs as printed, on the data as they are."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.docs.snippets import ROOT, Snippet, checkout, run, snippets

PAGES = (
    "README.md",
    "release/package/archive_readme.md",
    "docs/use/loading.md",
    "docs/use/reading.md",
    "docs/use/checking.md",
    "docs/use/own-schema.md",
    "docs/method/headline.md",
)
TRANSLATED = tuple(page for page in PAGES if page.startswith("docs/"))


def all_of(*languages: str) -> list[object]:
    """The snippets of all pages in some languages, each as a test of its own."""
    return [pytest.param(snippet, id=str(snippet)) for page in PAGES for snippet in snippets(page, *languages)]


@pytest.mark.parametrize("snippet", all_of("python"))
def test_a_python_snippet_runs(snippet: Snippet, tmp_path: Path) -> None:
    done = run([sys.executable, "-W", "error", "-"], checkout(tmp_path), snippet.text)
    assert done.returncode == 0, done.stderr


@pytest.mark.r
@pytest.mark.skipif(not shutil.which("Rscript"), reason="Rscript is not on the PATH")
@pytest.mark.parametrize("snippet", all_of("r"))
def test_an_r_snippet_runs_without_a_warning(snippet: Snippet, tmp_path: Path) -> None:
    (checkout(tmp_path) / "snippet.R").write_text("options(warn = 2)\n" + snippet.text, encoding="utf-8")
    done = run(["Rscript", "--vanilla", "snippet.R"], tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("snippet", all_of("bash"))
def test_a_shell_snippet_runs(snippet: Snippet, tmp_path: Path) -> None:
    targets = re.findall(r"^make (\w+)", snippet.text, re.MULTILINE)
    known = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(targets) <= set(known)
    if targets:
        return  # a test that ran the tests would not end
    done = run(["bash", "-eu"], checkout(tmp_path), snippet.text)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_shows_the_finding_that_the_command_prints(tmp_path: Path) -> None:
    (feed,) = (snippet.text for snippet in snippets("README.md", "bash") if "my_feed.csv" in snippet.text)
    (shown,) = (snippet.text for snippet in snippets("README.md", "text"))
    done = run(["bash"], checkout(tmp_path), feed.replace(",2025-12-31,", ",2025/12/31,"))
    assert (done.returncode, done.stdout) == (1, shown)


def test_the_readme_plots_cloud_revenue_in_three_lines_of_python_and_of_r() -> None:
    plots = [
        [line for line in s.text.splitlines() if line]
        for s in snippets("README.md", "python", "r")
        if "plot(" in s.text
    ]
    assert [len(lines) for lines in plots] == [3, 3]


@pytest.mark.parametrize("page", TRANSLATED)
def test_the_chinese_page_shows_the_same_snippets(page: str) -> None:
    chinese = snippets(page.replace(".md", ".zh.md"))
    assert [(s.language, s.text) for s in chinese] == [(s.language, s.text) for s in snippets(page)]
