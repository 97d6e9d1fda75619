"""Asking a stranger's server: where we may go, and that nothing it does holds us up."""

import socket

import pytest

from recovery.channels import Permanent, Temporary, http


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),  # a cloud's own secrets
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),  # 127.0.0.1 inside 6to4
        ("64:ff9b::a9fe:a9fe", False),  # 169.254.169.254 behind NAT64
    ],
)
def test_only_the_public_internet_is_public(address, expected):
    assert http.is_public(address) is expected


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], []])
def test_a_name_that_leads_inside_is_not_dialled(monkeypatch, found):
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    with pytest.raises(Permanent, match="public internet"):
        http.post("https://push.example.org/x", b"", {})


def test_the_address_that_was_checked_is_the_one_dialled(monkeypatch):
    dialled = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("8.8.8.8", 443))])
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: dialled.append(address) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        http.dial_public(("push.example.org", 443), 5)
    assert dialled == [("8.8.8.8", 443)]


@pytest.mark.parametrize("url", ["http://fcm.googleapis.com/x", "ftp://x/y", "file:///etc/passwd", "https:///x", ""])
def test_an_address_that_is_not_https_is_not_asked(url):
    with pytest.raises(Permanent):
        http.post(url, b"", {})


def test_a_whole_answer_comes_back(server):
    server.answer, server.headers = b"{}", {"Location": "/m/1"}
    answer = http.post(server.url + "/p?q=1", b"body", {"TTL": "5"}, is_trusted=True)
    assert (answer.status, answer.body, answer.headers["location"]) == (201, b"{}", "/m/1")
    assert (server.asked[0].path, server.asked[0].body, server.asked[0].headers["TTL"]) == ("/p?q=1", b"body", "5")


def test_a_redirect_is_not_followed(server):
    server.status, server.headers = 307, {"Location": server.url + "/elsewhere"}
    assert http.post(server.url, b"", {}, is_trusted=True).status == 307
    assert len(server.asked) == 1


@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_a_server_that_never_finishes_is_left_for_later(server, monkeypatch, manner):
    monkeypatch.setattr(http, "TOTAL_SECONDS", 0.4)
    server.manner = manner
    with pytest.raises(Temporary):
        http.post(server.url, b"", {}, is_trusted=True)
    assert len(server.asked) == 1 and server.finished == 0


def test_garbage_is_no_answer(server):
    server.manner = "garbage"
    with pytest.raises(Temporary):
        http.post(server.url, b"", {}, is_trusted=True)


def test_nobody_listening_is_for_now_only():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(Temporary):
            http.post(f"http://127.0.0.1:{unused.getsockname()[1]}", b"", {}, is_trusted=True)


def test_an_endless_answer_is_cut(server):
    server.answer = b"x" * (http.LONGEST_ANSWER * 3)
    assert len(http.post(server.url, b"", {}, is_trusted=True).body) == http.LONGEST_ANSWER


def test_a_header_cannot_carry_another_one(server):
    with pytest.raises(Temporary):
        http.post(server.url, b"", {"Topic": "a\r\nX-Evil: 1"}, is_trusted=True)
    assert server.asked == []
