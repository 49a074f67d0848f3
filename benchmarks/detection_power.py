"""How many errors the checks find: errors of many kinds are put into the published tables, one at a time.

    python -m benchmarks.detection_power --trials 20 --write

Every trial changes one cell, or adds one row, and runs the checks that its change can reach: layers S and U over the
table, the relations over every row of the entities, sources and markets the row is tied to. What the clean tables
raise is taken off. Harmless edits are asked of all rules, as `make check` asks them; `--only-harmless` prints how
many raised anything, and what, and ends with exit code 1 where one did. Mistakes of contributors stand apart:
`benchmarks.contributions` puts them into published rows and into new ones. The same seed gives the same trials.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.book import Book, Injection, Kind
from benchmarks.contributions import Tried, drawn, tried
from benchmarks.file_errors import FILE_KINDS, file_error
from benchmarks.harmless_edits import Alarms, told
from benchmarks.held_page import with_section
from benchmarks.kinds import CONTRIBUTIONS, HARMLESS, SOURCE_ERRORS, TRANSCRIPTIONS
from benchmarks.neighbourhood import Neighbourhood, clean_counts
from benchmarks.power_page import contributed_part, page_text, with_harmless
from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import ROOT, load_schema, typed_tables
from canonical.text_tables import Row, csv_path, read_rows, write_rows
from validation.package import Checker

__all__ = ["PAGES", "Outcome", "contributions", "found_in_files", "harmless", "injections_of", "main", "run"]

PAGES = {"en": ROOT / "docs/method/detection-power.md", "zh": ROOT / "docs/method/detection-power.zh.md"}
"""The page that a run writes, by language."""
LEFT_OUT = frozenset(("exchange_rates", "model_prices", "compute_prices", "regions"))
"""Large tables that adapters write; their own checks have their own tests."""
FOLLOWS = {"period_end": "period_start", "period_type": "period_start", "printed_value": "decimals"}


@dataclass
class Outcome:
    """What became of the trials of one kind."""

    kind: Kind
    trials: int = 0
    found: int = 0
    reachable: int = 0
    found_reachable: int = 0
    only_notices: int = 0
    rules: Counter[str] = field(default_factory=Counter[str])

    def add(self, rules: Collection[str]) -> None:
        """Count one trial more, and the rules that found it."""
        self.trials += 1
        self.found += bool(rules)
        self.rules.update(rules)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: print the table, and write the page where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection_power", description=__doc__)
    parser.add_argument("--trials", type=int, default=20, help="errors of each kind (default 20)")
    parser.add_argument("--contributions", type=int, default=24, help="mistakes of contributors, by kind (default 24)")
    parser.add_argument("--harmless", type=int, default=40, help="harmless edits of each kind (default 40)")
    parser.add_argument("--only-harmless", action="store_true", help="print only what these raise")
    parser.add_argument("--only-contributions", action="store_true", help="print only their part of the page")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--write", action="store_true", help="write docs/method/detection-power.md and .zh.md")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    if options.only_harmless:
        outcomes = harmless(options.harmless, options.seed)
        clean = clean_counts() if options.write else Counter[tuple[str, str]]()
        for language, page in PAGES.items() if options.write else ():
            text = with_harmless(page.read_text(encoding="utf-8"), outcomes, clean, options.seed, language)
            page.write_text(text, encoding="utf-8")
        return int(any(outcome.found for outcome in outcomes))
    contributed = contributions(options.contributions, options.seed)
    if options.only_contributions:
        print("\n".join(contributed_part(contributed, "en")))
        return 0
    outcomes, clean = run(options.trials, options.seed)
    outcomes += harmless(options.harmless, options.seed)
    rows = len(read_rows(csv_path("observations")))
    texts = {name: page_text(outcomes, contributed, clean, rows, options.trials, options.seed, name) for name in PAGES}
    print(texts["en"])
    print(
        f"{sum(o.trials for o in outcomes) + len(contributed):,} trials in {time.perf_counter() - start:.0f} s",
        file=sys.stderr,
    )
    if options.write:
        for language, page in PAGES.items():
            page.write_text(with_section(texts[language], language), encoding="utf-8")
    return 0


def contributions(trials: int, seed: int) -> list[Tried]:
    """What became of so many mistakes of contributors of each kind."""
    rng = random.Random(seed)
    book = Book(read_rows(csv_path("observations")), Reference())
    made = [contribution for kind in CONTRIBUTIONS for contribution in drawn(kind, book, trials, rng)]
    in_files = found_in_files([contribution.injection for contribution in made])
    return list(tried(made, in_files))


def harmless(trials: int, seed: int) -> list[Outcome]:
    """What became of so many harmless edits of each kind; each that raised something is printed with what it raised."""
    rng = random.Random(seed)
    book, alarms = Book(read_rows(csv_path("observations")), Reference()), Alarms()
    edits = [edit for kind in HARMLESS for edit in injections_of(kind, book, trials, rng)]
    outcomes, in_file = {kind.name: Outcome(kind) for kind in HARMLESS}, found_in_files(edits)
    for place, edit in enumerate(edits):
        raised = alarms.raised(edit)
        rules = in_file.get(place, set()) | {finding.rule for finding in raised}
        outcomes[edit.kind.name].add(rules)
        if rules:
            print(told(edit, in_file.get(place, ()), raised), flush=True)
    found = sum(outcome.found for outcome in outcomes.values())
    print(f"{found} of {len(edits)} harmless edits raised anything (seed {seed})", file=sys.stderr)
    return list(outcomes.values())


def run(trials: int, seed: int) -> tuple[list[Outcome], Counter[tuple[str, str]]]:
    """The outcome of each kind, and the findings on the clean tables by severity and status."""
    rng = random.Random(seed)
    rows = read_rows(csv_path("observations"))
    book = Book(rows, Reference())
    neighbourhood = Neighbourhood(rows)
    injections = [i for kind in (*TRANSCRIPTIONS, *SOURCE_ERRORS) for i in injections_of(kind, book, trials, rng)]
    injections += [i for kind in FILE_KINDS for i in _draw_in_files(kind, trials, rng)]
    outcomes = {kind.name: Outcome(kind) for kind in (*TRANSCRIPTIONS, *FILE_KINDS, *SOURCE_ERRORS)}
    in_file = found_in_files(injections)
    for place, injection in enumerate(injections):
        outcome = outcomes[injection.kind.name]
        related = neighbourhood.found(injection) if injection.kind.group != "file" else {}
        reachable = injection.kind.group != "file" and neighbourhood.is_reachable(injection, related)
        rules = in_file.get(place, set()) | set(related)
        outcome.add(rules)
        outcome.reachable += reachable
        outcome.found_reachable += bool(rules) and reachable
        outcome.only_notices += bool(related) and not in_file.get(place) and set(related.values()) == {"notice"}
    return list(outcomes.values()), clean_counts()


def injections_of(kind: Kind, book: Book, trials: int, rng: random.Random) -> Iterable[Injection]:
    """So many trials of a kind, each in a row drawn from all that it applies to."""
    schema, drawn = load_schema("observations"), 0
    order = list(range(len(book.rows)))
    rng.shuffle(order)
    for number in order:
        row = book.rows[number]
        is_settled = kind.group == "harmless" and row["observation_id"] in book.settled
        change = None if is_settled else kind.change(row, rng, book)
        if change is None:
            continue
        follows = {FOLLOWS[column]: "" for column in change if column in FOLLOWS and FOLLOWS[column] not in change}
        after = complete_row(schema, row | follows | dict(change), book.reference)
        yield Injection(kind, "observations", number, row, after)
        drawn += 1
        if drawn == trials:
            return


def _draw_in_files(kind: Kind, trials: int, rng: random.Random) -> Iterable[Injection]:
    tables = [name for name in typed_tables() if name not in LEFT_OUT and read_rows(csv_path(name))]
    places = [(name, number) for name in tables for number in range(len(read_rows(csv_path(name))))]
    rng.shuffle(places)
    found = 0
    texts = {name: read_rows(csv_path(name)) for name in tables}
    for name, number in places:
        injection = file_error(kind, load_schema(name), number, texts[name][number], rng)
        if injection is not None:
            yield injection
            found += 1
            if found == trials:
                return


def found_in_files(injections: Sequence[Injection]) -> dict[int, set[str]]:
    """Rules of layers S and U that find each injection, by its place in the list.

    These layers judge each row by itself and by keys, so that many trials share one run, each in its own row.
    """
    left: dict[str, list[int]] = defaultdict(list)
    for place, injection in enumerate(injections):
        left[injection.table].append(place)
    found: dict[int, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for table, places in left.items():
            rows = read_rows(csv_path(table))
            while places:
                batch, places = _batch(places, injections)
                found |= _checked(table, rows, {place: injections[place] for place in batch}, Path(folder))
    return found


def _batch(places: list[int], injections: Sequence[Injection]) -> tuple[list[int], list[int]]:
    """As many places as stand in different rows, and the rest."""
    seen: set[int] = set()
    batch = [p for p in places if not (injections[p].number in seen or seen.add(injections[p].number))]
    chosen = set(batch)
    return batch, [place for place in places if place not in chosen]


def _checked(table: str, rows: list[Row], batch: dict[int, Injection], folder: Path) -> dict[int, set[str]]:
    changed, at = list(rows), dict[int, int]()
    for place, injection in batch.items():
        if injection.kind.adds_row:
            at[len(changed) + 1] = place
            changed.append(injection.after | {"observation_id": f"{injection.after['observation_id']}{place}"})
        else:
            at[injection.number + 1] = place
            changed[injection.number] = injection.after
    write_rows(folder / f"{table}.csv", load_schema(table), changed)
    found: dict[int, set[str]] = defaultdict(set)
    for finding in Checker().check_file(folder / f"{table}.csv", table):
        if finding.row_number in at:
            found[at[finding.row_number]].add(finding.rule)
    return dict(found)


if __name__ == "__main__":
    sys.exit(main())
