"""Commands one after another in one process: the clerk's shell, and files of commands."""
