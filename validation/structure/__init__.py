"""Layer S: each cell, row and key against its schema, by polars and by pandera; meaning is left to the layers above."""
