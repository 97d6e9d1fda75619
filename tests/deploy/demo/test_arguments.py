"""What `make demo` says to a port it cannot use."""

import pytest

from deploy.demo.__main__ import port_of


@pytest.mark.parametrize("given", ["abc", "", "-1", "80", "65536", "8123.5", "²"])
def test_a_port_that_is_none_is_answered_with_a_sentence(given):
    with pytest.raises(SystemExit, match="choose a number from 1024 to 65535"):
        port_of(given)


@pytest.mark.parametrize("given", ["1024", "8000", "65535"])
def test_a_port_is_taken_as_it_is(given):
    assert port_of(given) == int(given)
