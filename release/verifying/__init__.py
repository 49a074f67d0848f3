"""Whether a release is whole: what it says of itself held against what it holds, with nothing beside it."""
