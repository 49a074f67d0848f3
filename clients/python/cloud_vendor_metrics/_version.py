"""The version of the client: in a wheel that of the tables it carries, which the build writes here."""

__version__ = "0.0.0+checkout"
