"""When a thread may take a request: when all of it is there, or it will be refused anyway."""

import pytest

from deploy.patience import LONGEST_BODY, LONGEST_HEAD, is_whole

GET = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\n"
CHUNKS = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("request_", [GET, POST + b"abcd", CHUNKS + b"4\r\nabcd\r\n0\r\n\r\n", CHUNKS + b"0\r\n\r\n"])
def test_a_request_is_whole_with_its_last_byte_and_not_before(request_):
    assert is_whole(request_)
    assert not any(is_whole(request_[:n]) for n in range(len(request_)))


def test_what_is_too_long_is_handed_over_to_be_refused():
    assert is_whole(b"GET / HTTP/1.1\r\nX: " + b"a" * LONGEST_HEAD)
    assert is_whole(POST.replace(b": 4", b": %d" % (LONGEST_BODY + 1)))
    assert not is_whole(POST.replace(b": 4", b": %d" % LONGEST_BODY))
