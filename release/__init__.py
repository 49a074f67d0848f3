"""From checked tables to a release: derived tables, Parquet, descriptor, archive and pages."""

from canonical.interrupt import quiet_start

quiet_start()
