"""Why a relation fails: slips, mistaken periods and their words; nothing here decides that it fails."""
