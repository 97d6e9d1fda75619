"""Faults sown on purpose: with each of them, a test that cannot fail is found out."""

from recovery.services import outbox


def sow(name: str) -> None:
    """Spoils the outbox in one place; an empty name spoils nothing."""
    if name:
        BUGS[name]()


def _forgetful() -> None:
    """Marks a message sent before sending it: a crash in between loses it."""

    def deliver(row, now, send):
        ended = outbox._settle(row, now(), state="sent")
        send(row, now())
        return ended

    outbox._deliver = deliver


def _greedy() -> None:
    """Sends what another sender holds: every sender sends everything."""
    claim = outbox._claim

    def claim_anyway(row, now):
        claim(row, now)
        return True

    outbox._claim = claim_anyway


BUGS = {"forgetful": _forgetful, "greedy": _greedy}
