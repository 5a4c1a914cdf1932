"""The nightly report as one page: what is missing, and how the desk stands, in charts."""
