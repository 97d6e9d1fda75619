"""Why a backup cannot be made or put back, in a sentence."""


class CannotCopy(Exception):
    """Nothing was changed, or what was begun says how far it came."""
