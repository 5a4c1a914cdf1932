"""What a clerk types: Typer lives here and nowhere else, one thin file per command group."""
