"""Cloud regions by vendor and partition, with the first and last version of a list that names them.

Lists are those that software kits ship by version (botocore and boto, Oracle's and Huawei's kits) and, for
vendors whose kit has none, the regions of the machine prices already taken up. A kit's date is no launch
date: a region may have opened before the version that first names it, and kits name regions not yet open.
Countries are ours, by region code (`canonical/region_countries.csv`).
"""

from ingest.regions.command import HELP, main

__all__ = ["HELP", "main"]
