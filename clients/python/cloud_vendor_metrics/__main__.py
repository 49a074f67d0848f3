"""`python -m cloud_vendor_metrics`: the command `cvm`, where scripts are not on the path."""

from __future__ import annotations

import sys

from cloud_vendor_metrics.command import main

if __name__ == "__main__":
    sys.exit(main())
