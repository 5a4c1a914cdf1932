"""`python -m kac` is `kac`."""

from kac.cli.main import run

if __name__ == "__main__":
    run()
