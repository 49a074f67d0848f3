"""A release as people download it: every file by its path, the same bytes on every machine and every day."""
