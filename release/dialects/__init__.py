"""What other people's tools read of the package, each in its own words, all from the schemas and the list of files."""
