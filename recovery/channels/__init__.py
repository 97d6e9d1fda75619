"""Ways a message leaves: each channel has one `send` and two ways to fail."""


class Temporary(Exception):
    """Not now; the same message may be tried again later."""


class Permanent(Exception):
    """Never; trying the same address again is useless."""
