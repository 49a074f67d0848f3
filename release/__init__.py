"""From checked tables to a release: derived tables, Parquet, descriptor, archive and pages."""
