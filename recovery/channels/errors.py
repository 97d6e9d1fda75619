"""Two ways to fail, and how long to wait after the first."""


class Temporary(Exception):
    """Not now; the same delivery may be tried again: soon, or later when the other side is known to need time."""

    def __init__(self, problem: str, is_soon: bool = True):
        super().__init__(problem)
        self.is_soon = is_soon


class Permanent(Exception):
    """Never; trying the same endpoint again is useless."""


class AddressRefused(Permanent):
    """The other side knows nobody under this address."""
