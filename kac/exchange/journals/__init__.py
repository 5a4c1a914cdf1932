"""The books as plain-text journals, for programs that judge them without trusting kac."""
