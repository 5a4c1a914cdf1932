"""The key-account counter: a retailer's bulk-purchase desk on the command line."""

__version__ = "0.1.0"
