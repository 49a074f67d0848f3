"""Makes the release of the checkout and writes it into a folder: the release itself, without its guards."""

import os
import sys
from pathlib import Path

from release.making.made import made, write_release

if __name__ == "__main__":
    os.umask(int(sys.argv[2], 8))
    write_release(made(), Path(sys.argv[1]))
