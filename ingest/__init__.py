"""Adapters: an upstream package or file becomes rows of our tables; the only room that reads from elsewhere."""

from canonical.interrupt import quiet_start

quiet_start()
