"""The demo's mail: accepted over SMTP, kept as a file, read in the browser."""

import smtplib
from email.message import EmailMessage

import pytest
from django.urls import reverse

from deploy import processes
from deploy.demo import sink


@pytest.fixture
def letters(settings, tmp_path):
    """The demo's mail folder with a server in front."""
    settings.DATA_DIR, settings.ROOT_URLCONF = tmp_path, "tests.deploy.demo.urls"
    folder = tmp_path / "mail"
    folder.mkdir()
    server = sink.serve(folder, processes.free_port())
    yield server
    server.stop()


def send(port: int, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "back@demo.test", "runner@demo.test", subject
    message.set_content("Your code is ABC-123, see http://127.0.0.1/today/ <script>alert(1)</script>")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message)


@pytest.mark.django_db
def test_a_sent_message_can_be_read(client, letters):
    send(letters.port, "Your code")
    listed = client.get(reverse("demo:mail_list"))
    (letter,) = listed.context["letters"]
    page = client.get(reverse("demo:mail", args=[letter.name])).content.decode()
    assert "runner@demo.test" in page
    assert "ABC-123" in page
    assert "<script>alert" not in page


@pytest.mark.django_db
def test_the_newest_message_comes_first(client, letters):
    for subject in ("first", "second"):
        send(letters.port, subject)
    assert [letter.subject for letter in client.get("/demo/mail/").context["letters"]] == ["second", "first"]


@pytest.mark.django_db
def test_a_message_that_is_not_there_is_404(client, letters):
    assert client.get("/demo/mail/nothing/").status_code == 404


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_such_page(client):
    assert client.get("/demo/mail/").status_code == 404
