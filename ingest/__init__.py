"""Adapters: an upstream package or file becomes rows of our tables; the only room that reads from elsewhere."""
