"""Reports: what was sold and earned, what is held, who did it, and whether promises were kept."""
