"""The engine by default: rules as polars expressions, over values where columns repeat."""
