"""Layer U: each generated cell against the print it follows from; one row is enough to decide, no neighbour is read."""
