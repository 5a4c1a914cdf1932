"""The schema this code works with: the number of the newest migration."""

VERSION = 1
REVISION = "0001"
