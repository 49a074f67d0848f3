"""Machine prices by the hour, on demand and spot, from histories of public price lists.

Upstream files are recognised by their columns; each list keeps its own source, and lists that read the same
vendor stand side by side. What is taken: the hourly price of a whole machine. What is not: monthly columns
(730 times the hour, or a discount for sustained use), commitments, licences sold apart, disks and networks.
Amounts lose binary noise (`ingest.numbers`); intervals follow `ingest.price_states`. A zero is no price: these
lists write it where the vendor's catalogue has no entry, so its state is unknown and its amount is empty.
"""

from ingest.compute_prices.command import HELP, main

__all__ = ["HELP", "main"]
