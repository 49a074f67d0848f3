"""Makes the release of the checkout, without its guards, in one folder and what a build writes in another.

Beside the release stands what the machine was: the day by its clock, and the checkout that it built from.
"""

import gc
import json
import os
import sys
from datetime import date
from pathlib import Path

from canonical.table_schema import ROOT
from release.build import built_tables, generated, write_built
from release.making.made import release_of, write_release

if __name__ == "__main__":
    gc.disable()  # as the command does
    os.umask(int(sys.argv[3], 8))
    folder = Path(sys.argv[1])
    (folder / "machine.json").write_text(json.dumps({"day": date.today().isoformat(), "root": str(ROOT)}))
    tables, _ = built_tables()
    write_built(generated(tables)[0], Path(sys.argv[2]))
    write_release(release_of(tables), folder)
