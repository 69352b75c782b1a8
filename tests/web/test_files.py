"""Files that go with a text: attached on the page, fetched by Twilio, and by nobody else."""

import os
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from leadline import erasure, uploads
from leadline.app import Leadline
from tests import cast, hostile, texts
from tests.clock import Clock
from tests.web.conftest import Answer, Client

PAGE = "/conversations/1"
SEND = f"{PAGE}/messages"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
PDF = b"%PDF-1.7\r\n--boundary\r\n" + bytes(1000)
BOUNDARY = "----WebKitFormBoundaryAbc123"


@pytest.fixture
def lena(line: Leadline) -> Leadline:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Do you do metal roofs?"))
    return line


def post(
    client: Client,
    path: str,
    fields: dict[str, str],
    files: Sequence[bytes] = (),
    name: str = "../../a &quot;b.png",
) -> Answer:
    """Post a form with files of that name, as a browser does."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    # So do browsers write what would end the name or its line.
    escaped = name.translate({ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"})
    for content in files:
        head = f'Content-Disposition: form-data; name="upload"; filename="{escaped}"'
        head = f"--{BOUNDARY}\r\n{head}\r\nContent-Type: text/html\r\n\r\n"
        parts.append(head.encode(errors="replace") + content + b"\r\n")
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    headers = {"content_type": f"multipart/form-data; boundary={BOUNDARY}", "sec_fetch_site": "same-origin"}
    return client.having(**headers).call("POST", path, body)


def attached(answer: Answer) -> list[str]:
    """The tokens of the files that a page or a part of one has in its composer."""
    return re.findall(r'name="file\.([0-9a-f]+)" value="1"', answer.text)


@pytest.mark.parametrize("family", hostile.FAMILIES)
def test_what_a_file_is_called_is_no_matter(alice: Client, lena: Leadline, family: str) -> None:
    """No name is kept or shown, whatever it tries to be."""
    ordinary = re.sub("[0-9a-f]{48}", "token", post(alice, "/files", {}, [PNG]).text)
    for number, text in enumerate(hostile.FAMILIES[family]):
        kept = post(alice, "/files", {}, [PNG], name=text)
        assert (kept.status, re.sub("[0-9a-f]{48}", "token", kept.text)) == (200, ordinary), text
        [token] = attached(kept)
        sent = post(alice, SEND, {"body": "The roof", "key": f"{number}", f"file.{token}": "1"})
        assert sent.status == 303, text
    names = [path.name for path in folder(lena).rglob("*") if path.is_file()]
    assert all(re.fullmatch("[0-9a-f]{48}", name) for name in names), names


def folder(line: Leadline) -> Path:
    return Path(line.settings.leadline_media_dir)


def test_a_picture_goes_with_a_text_and_twilio_can_fetch_it(
    alice: Client, anyone: Client, lena: Leadline, clock: Clock
) -> None:
    kept = post(alice, "/files", {}, [PNG])
    assert kept.status == 200
    assert "Picture, 1 kB" in kept.text
    [token] = attached(kept)
    assert anyone.get(f"/m/{token}").status == 404

    assert post(alice, SEND, {"body": "The roof", "key": "a", f"file.{token}": "1"}).status == 303
    fetched = anyone.get(f"/m/{token}")
    assert (fetched.status, fetched.body) == (200, PNG)
    assert fetched.header("content-type") == "image/png"
    assert "sandbox" in (fetched.header("content-security-policy") or "")
    assert lena.message(2).media_urls == [f"http://127.0.0.1:8765/m/{token}"]
    page = alice.get(PAGE).text
    assert '<img src="/media/1" alt="Picture from Alice"' in page
    assert "The picture sent with it" not in page
    clock.advance(5)
    assert texts.claim(lena)[0].media_urls == [f"http://127.0.0.1:8765/m/{token}"]


def test_without_a_script_a_picture_comes_with_the_form_itself(alice: Client, lena: Leadline) -> None:
    assert post(alice, SEND, {"body": "", "key": "a"}, [PNG, b""]).status == 303
    assert len(lena.message(2).media_urls) == 1


def test_what_was_attached_stays_when_the_text_is_refused(alice: Client, lena: Leadline) -> None:
    refused = post(alice, SEND, {"body": "x" * 1601, "key": "a"}, [PNG])
    assert refused.status == 422
    [token] = attached(refused)
    assert post(alice, SEND, {"body": "Shorter", "key": "b", f"file.{token}": "1"}).status == 303
    assert len(lena.message(2).media_urls) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg onload='alert(1)'/>", "Twilio does not take such a file"),
        (b"MZ\x90\x00" + bytes(100), "Twilio does not take such a file"),
        (PNG + bytes(5_000_000), "a picture may have 5 MB"),
        (PDF + bytes(500_000), "anything else 500 kB"),
    ],
)
def test_what_twilio_would_not_take_is_refused_at_once(
    alice: Client, lena: Leadline, content: bytes, sentence: str
) -> None:
    refused = post(alice, "/files", {}, [content])
    assert refused.status == 422
    assert sentence in refused.text
    assert not list(folder(lena).glob("**/*"))[1:]


def test_a_form_longer_than_twilio_takes_is_not_read_to_its_end(alice: Client, lena: Leadline) -> None:
    assert post(alice, "/files", {}, [PNG + bytes(7_000_000)]).status == 413
    assert post(alice, f"{PAGE}/draft", {"body": "x" * 300_000}).status in (400, 413)


def test_all_files_together_have_a_limit(alice: Client, lena: Leadline) -> None:
    tokens = [attached(post(alice, "/files", {}, [PNG + bytes(3_000_000)]))[0] for _ in range(2)]
    fields = {"body": "Both", "key": "a"} | {f"file.{token}": "1" for token in tokens}
    refused = post(alice, SEND, fields)
    assert refused.status == 422
    assert "All files together may have 5 MB." in refused.text
    assert sorted(attached(refused)) == sorted(tokens)


def test_a_picture_can_be_given_by_its_address(alice: Client, lena: Leadline) -> None:
    form = {"body": "Look", "key": "a", "media": "https://example.com/roof.jpg\r\nhttps://example.com/b.png"}
    assert alice.post(SEND, form).status == 303
    assert lena.message(2).media_urls == ["https://example.com/roof.jpg", "https://example.com/b.png"]
    assert alice.get(PAGE).text.count("The picture sent with it") == 2
    refused = alice.post(SEND, form | {"media": "roof.jpg", "key": "b"})
    assert "Write each address like" in refused.text
    assert ">roof.jpg</textarea>" in refused.text


def test_what_was_taken_back_comes_back_with_its_files_and_is_not_public(
    alice: Client, anyone: Client, lena: Leadline
) -> None:
    post(alice, SEND, {"body": "The roof", "key": "a", "media": "https://example.com/b.png"}, [PNG])
    [ours, _] = lena.message(2).media_urls
    token = ours.rpartition("/")[2]
    alice.post("/messages/2/undo")
    back = alice.get(f"{PAGE}?undone=2")
    assert attached(back) == [token]
    assert ">https://example.com/b.png</textarea>" in back.text
    assert anyone.get(f"/m/{token}").status == 404
    assert post(alice, SEND, {"body": "The roof", "key": "b", f"file.{token}": "1"}).status == 303
    assert anyone.get(f"/m/{token}").status == 200


@pytest.mark.parametrize("token", ["x", "0" * 48, "..", "%2e%2e%2fsecret", "A" * 48])
def test_only_who_knows_its_name_finds_a_file(anyone: Client, lena: Leadline, token: str) -> None:
    folder(lena).mkdir(exist_ok=True)
    (folder(lena).parent / "secret").write_bytes(PNG)
    assert anyone.get(f"/m/{token}").status == 404


def test_a_file_that_a_lead_sent_is_nobodys_to_fetch(anyone: Client, lena: Leadline) -> None:
    name = "ab" * 24
    folder(lena).mkdir(exist_ok=True)
    (folder(lena) / name).write_bytes(PNG)
    assert anyone.get(f"/m/{name}").status == 404


def test_a_file_that_is_gone_is_said_and_the_words_stay(alice: Client, lena: Leadline) -> None:
    [token] = attached(post(alice, "/files", {}, [PNG]))
    (folder(lena) / "uploads" / token).unlink()
    sent = post(alice, SEND, {"body": "The roof", "key": "a", f"file.{token}": "1"})
    assert sent.status == 422
    assert "A file is not there any more. Attach it again." in sent.text


def test_what_nobody_sent_is_deleted_after_a_day(alice: Client, lena: Leadline, clock: Clock) -> None:
    [old], [sent] = (attached(post(alice, "/files", {}, [PNG])) for _ in range(2))
    post(alice, SEND, {"body": "The roof", "key": "a", f"file.{sent}": "1"})
    long_ago = (clock.now() - timedelta(days=2)).timestamp()
    for file in (folder(lena) / "uploads" / old, folder(lena) / sent):
        os.utime(file, (long_ago, long_ago))
    [new] = attached(post(alice, "/files", {}, [PNG]))
    assert [file.name for file in (folder(lena) / "uploads").iterdir()] == [new]
    assert (folder(lena) / sent).is_file()


def test_with_a_person_their_files_are_forgotten(alice: Client, anyone: Client, lena: Leadline) -> None:
    post(alice, SEND, {"body": "The roof", "key": "a"}, [PNG])
    token = lena.message(2).media_urls[0].rpartition("/")[2]
    with lena.database.write() as tx:
        gone = erasure.erase(tx, cast.LENA.phone, actor="user:1", now=lena.clock.now())
    assert gone.files == (token,)
    assert anyone.get(f"/m/{token}").status == 404


def test_where_twilio_cannot_reach_us_files_are_not_taken(alice: Client, lena: Leadline) -> None:
    object.__setattr__(lena, "settings", lena.settings.model_copy(update={"leadline_public_url": None}))
    assert "Set LEADLINE_PUBLIC_URL to attach files" in alice.get(PAGE).text
    refused = post(alice, "/files", {}, [PNG])
    assert (refused.status, "LEADLINE_PUBLIC_URL" in refused.text) == (422, True)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nno name\r\n\r\n1\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n1\r\n--x--',
        ),
        ("text/plain", b"body=Hi"),
    ],
)
def test_what_is_no_form_is_refused(alice: Client, lena: Leadline, content_type: str, body: bytes) -> None:
    headers = {"content_type": content_type, "sec_fetch_site": "same-origin"}
    assert alice.having(**headers).call("POST", SEND, body).status == 400


def test_a_token_is_told_from_any_other_address() -> None:
    token = "0123456789abcdef" * 3
    ours = uploads.address("https://sms.example.com", token)
    addresses = [ours, "https://example.com/m/x", "https://sms.example.com/m/short"]
    assert uploads.tokens_in(addresses, public_url="https://sms.example.com") == [token]
    assert uploads.tokens_in(addresses, public_url=None) == []
