"""The version of the client, which is that of the data; the build writes it from `package.yaml`."""

__version__ = "0.1.0"
