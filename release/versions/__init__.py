"""What differs between two releases, by keys of their tables, and the version that follows; no table is made here."""
