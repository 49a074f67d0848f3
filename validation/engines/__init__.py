"""Engines that answer rules over rows and tables; each folder imports its own library alone, and `contract` none."""
