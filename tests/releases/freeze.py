"""Keep the small files of a release: python -m tests.releases.freeze 0.1.0"""

from __future__ import annotations

import sys
from pathlib import Path

from release.making.frozen import frozen_files
from release.versions.files import files_of

if __name__ == "__main__":
    for name, content in dict(frozen_files(files_of(sys.argv[1]))).items():
        path = Path(__file__).parent / sys.argv[1] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
