"""Rules as a pandera schema, which people import in notebooks and which reads every row by itself."""
