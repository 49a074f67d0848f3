"""From tables to files: Parquet, text, descriptor, archive, metadata; no number is made here."""
