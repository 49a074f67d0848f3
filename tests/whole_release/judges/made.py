"""Makes the release of the checkout and writes it into a folder: the release itself, without its guards.

Beside it stands what the machine was: the day by its clock, and the checkout that it built from.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

from canonical.table_schema import ROOT
from release.making.made import made, write_release

if __name__ == "__main__":
    os.umask(int(sys.argv[2], 8))
    folder = Path(sys.argv[1])
    (folder / "machine.json").write_text(json.dumps({"day": date.today().isoformat(), "root": str(ROOT)}))
    write_release(made(), folder)
