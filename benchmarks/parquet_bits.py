"""Turn single bits of Parquet files: every one of a small file, footer and pages, and 2,000 of a larger one.

Started in a small checkout as `python -m benchmarks.parquet_bits SHARE [WORDS]`: it prints one line of JSON for each
hundred bits, all or those whose name holds WORDS. They are read in a child process within limits of memory and time, as
a library may crash on what it is given: once block by block, as checks read, and once as a whole. Either refuses the
file, or finds equal values; a column that has another name or type is told by every check.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.forked import Ended, forked

__all__ = ["main"]

AT_A_TIME = 100
RANDOM_BITS = 2_000
MOST_MEMORY = 4 << 30


def main(share: float, only: str = "") -> None:
    """Read every table with its bits turned, one after the other."""
    for table, most in (("vendor_clouds", None), ("observations", RANDOM_BITS)):
        path = Path("data") / f"{table}.parquet"
        content = path.read_bytes()
        every = range(len(content) * 8)
        bits = every if most is None else sorted(random.Random(7).sample(every, most))
        kept = bits[:: max(1, round(1 / share))]
        for start in range(0, len(kept), AT_A_TIME):
            name = f"Parquet bits: {table} {start}"
            if only in name:
                told = _told(path, content, kept[start : start + AT_A_TIME])
                print(json.dumps({"group": "Parquet bits", "name": name, **told}), flush=True)
        path.write_bytes(content)


def _told(path: Path, content: bytes, bits: Sequence[int]) -> dict[str, object]:
    """How reading a file with each of some bits turned ended; a process that dies is begun anew behind the bit."""
    faults: list[str] = []
    left, output = list(bits), ""
    while left:
        ended = forked(partial(_read_all, path, content, tuple(left)))
        output = ended.output
        read = [line for line in ended.output.splitlines() if line.startswith("bit ")]
        faults += [line for line in read if not line.endswith((" refused", " equal", " of other columns"))]
        if ended.code == 0:
            break
        faults.append(f"bit {left[len(read)] if len(read) < len(left) else '?'}: {_death(ended)}")
        left = left[len(read) + 1 :]
    return {"code": 0, "faults": faults, "output": output[-600:] if faults else "", "asserts": len(bits)}


def _death(ended: Ended) -> str:
    return f"the process ended with {ended.code}"


def _read_all(path: Path, content: bytes, bits: Sequence[int]) -> int:
    import polars as pl

    from canonical.reading.encodings import UnreadableError
    from canonical.reading.parquet_blocks import ParquetFile
    from canonical.reading.parquet_files import parquet_frame

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    path.write_bytes(content)
    good: pl.DataFrame = parquet_frame(path, path.name)
    for bit in bits:
        turned = bytearray(content)
        turned[bit // 8] ^= 1 << (bit % 8)
        path.write_bytes(turned)
        try:
            blocks = [block().frame() for block in ParquetFile(path, path.name).blocks()]
            found = parquet_frame(path, path.name), pl.concat(blocks)
            # The name or type of a column that a footer garbles is no value: checks tell it as another column.
            ended = (
                "of other columns"
                if any(frame.schema != good.schema for frame in found)
                else ("equal" if all(frame.equals(good) for frame in found) else "another")
            )
        except (UnreadableError, OSError):
            ended = "refused"
        except MemoryError:
            ended = "refused"
        except BaseException as error:
            ended = f"{type(error).__name__}: {str(error)[:80]!r}"
        print(f"bit {bit} {ended}", flush=True)
    return 0


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
