"""Nobody starts without the keys to what is stored: better no page than a page with holes."""

import sys

from django.db import DatabaseError, connection

from accounts.services.key_rotation import missing_key

GIVE_UP = 3  # gunicorn takes this code for "will not get better by starting again"


def refuse_without() -> None:
    """Ends the process with a sentence when a stored text needs a key that DATA_KEYS does not hold."""
    try:
        name = missing_key()
    except DatabaseError:
        return  # no tables yet, or no database: /readyz says so
    finally:
        connection.close()  # children of this process open their own
    if name:
        print(
            f"DATA_KEYS lacks the key {name}, which stored notes need: put it back, behind the newest.", file=sys.stderr
        )
        sys.exit(GIVE_UP)
