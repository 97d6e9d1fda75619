"""When to kill: at a random moment after mail has begun to flow again."""

import time

from deploy import processes


def while_sending(kill, times: int, sink, left, pauses) -> None:
    """Kills so often, as long as anything is left to send."""
    for _ in range(times):
        before = sink.size()
        processes.wait_until(lambda before=before: sink.size() > before or not left(), seconds=20, pause=0.01)
        if not left():
            return
        time.sleep(pauses())
        kill()
