"""Why the demo cannot start."""


class CannotStart(Exception):
    """One sentence that says what to do."""
