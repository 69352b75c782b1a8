"""Whether a request came from Twilio: the X-Twilio-Signature header.

Twilio signs the URL it called followed by every form field, sorted by name, with HMAC-SHA1 and the
account's auth token (https://www.twilio.com/docs/usage/security). Nothing in the signature tells the
time, so a captured request stays genuine for ever: whoever stores it must be ready for a repeat.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote_plus, urlsplit

from leadline.errors import PayloadError

HEADER = "X-Twilio-Signature"
BODY_HASH = "bodySHA256"
MAX_FIELDS = 1000
_SIGNATURE_LENGTH = 28  # 20 bytes in base64

_DEFAULT_PORTS = {"http": 80, "https": 443}

Pairs = Sequence[tuple[str, str]]
Params = bytes | Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]] | None


def parse_form(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form body in the order they came, blank values included.

    Blank values are part of the signature, so a parser that drops them refuses genuine requests.
    Bytes that are not UTF-8 become U+FFFD. Raises PayloadError above 1,000 fields; Twilio sends about 20.
    """
    parts = body.decode(errors="replace").split("&")
    if len(parts) > MAX_FIELDS:
        raise PayloadError(f"A form with more than {MAX_FIELDS} fields is not Twilio's.")
    pairs = []
    for part in parts:
        if "%" in part or "+" in part:
            pairs.append(_decoded(part))
        elif part:
            name, _, value = part.partition("=")
            pairs.append((name, value))
    return pairs


def _decoded(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    number = value.removeprefix("%2B")
    if number.isdecimal() and name.isalpha():  # Each webhook brings another.
        return name, f"+{number}"
    return _decoded_before(part) if len(part) <= _SHORT else (unquote_plus(name), unquote_plus(value))


# Our own numbers, cities and common words come with every webhook; decoding anew was a fifth of its cost.
_SHORT = 64


@lru_cache(maxsize=128)
def _decoded_before(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return unquote_plus(name), unquote_plus(value)


def form_pairs(params: Params) -> Pairs:
    """``params`` as a list of (name, value), from a raw form body, a mapping or a list of pairs."""
    if params is None:
        return []
    if isinstance(params, bytes | bytearray):
        return parse_form(bytes(params))
    if isinstance(params, Mapping):
        return [(name, value) for name, values in params.items() for value in _each(values)]
    return [(name, value) for name, value in params]


def sign(url: str, params: Params, auth_token: str) -> str:
    """The signature that Twilio would send for this request.

    ``url`` is the address as called, query included; a fragment is not part of it. With ``bodySHA256``
    in the query the body is covered by that hash, and only the URL is signed.
    """
    address = url.partition("#")[0]
    signed = "" if _body_hash(address) else _signed_fields(form_pairs(params))
    return _digest(hmac.new(auth_token.encode(), digestmod="sha1"), address + signed).decode()


def verify_webhook_signature(
    url: str, params: Params, signature: str | None, auth_token: str | Sequence[str]
) -> bool:
    """Whether Twilio sent this request to this account.

    ``params`` is the raw body, or its decoded fields as pairs or a mapping; nothing may be trimmed or
    left out. Several tokens may be given while one is being replaced by another; a blank one never
    matches. With ``bodySHA256`` in the URL the raw body is needed, since the hash is of its bytes.
    A missing, malformed or hostile header is ``False``, never an exception.
    """
    tokens = (auth_token,) if isinstance(auth_token, str) else auth_token
    try:
        expected_hash = _body_hash(url.partition("#")[0])
        if expected_hash is not None:
            return _matches_body(params, expected_hash) and _signed_by_any(url, "", signature, tokens)
        return genuine(url, form_pairs(params), signature, tokens)
    except (TypeError, ValueError, PayloadError):
        # Fields or tokens that are not text: Twilio cannot have signed them.
        return False


validate_webhook_signature = verify_webhook_signature


def genuine(url: str, pairs: Pairs, signature: str | None, tokens: Sequence[str]) -> bool:
    """The same question for a form already parsed with ``parse_form``: some 5 µs for a status report.

    A URL that carries ``bodySHA256`` is refused: its signature does not cover the fields, so a body
    swapped by someone else would pass.
    """
    if BODY_HASH in url:
        return False
    try:
        return _signed_by_any(url, _signed_fields(pairs), signature, tokens)
    except ValueError:
        # A lone surrogate cannot be encoded, and an address that cannot be split was never called.
        return False


def _signed_by_any(url: str, fields: str, signature: str | None, tokens: Sequence[str]) -> bool:
    if not isinstance(signature, str) or len(signature) != _SIGNATURE_LENGTH or not signature.isascii():
        return False
    given = signature.encode()
    keys = _keys(tuple(tokens))
    for address in _spellings(url.partition("#")[0]):
        signed = address + fields
        # Every token is tried, so that the time taken does not tell which one is live.
        matches = [hmac.compare_digest(_digest(key, signed), given) for key in keys]
        if True in matches:
            return True
    return False


@lru_cache(maxsize=8)
def _keys(tokens: tuple[str, ...]) -> list[hmac.HMAC]:
    """Each with its token taken in, which is half the work of a short message."""
    return [hmac.new(token.encode(), digestmod="sha1") for token in tokens if token and not token.isspace()]


def _signed_fields(pairs: Pairs) -> str:
    # A field sent twice with the same value is signed once; the order of pairs is the order of names, then
    # of the values of a repeated name. Twilio's own SDKs do the same.
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return "".join([name + fields[name] for name in sorted(fields)])
    return "".join(map("".join, sorted(set(pairs))))


def _digest(key: hmac.HMAC, signed: str) -> bytes:
    signing = key.copy()
    signing.update(signed.encode())
    return b64encode(signing.digest())


def _spellings(address: str) -> Iterator[str]:
    """The URL as given, then the ways Twilio may have written it when it signed.

    Twilio is not consistent about ports, takes the user and password out of the address, and may
    have seen an apostrophe in the query either plain or escaped.
    """
    yield address
    parts = urlsplit(address)
    start = address.find("//") + 2
    for netloc in dict.fromkeys(_netlocs(parts)):
        rebuilt = address[:start] + netloc + address[start + len(parts.netloc) :]
        for query_spelling in _query_spellings(rebuilt):
            if query_spelling != address:
                yield query_spelling


def _netlocs(parts: SplitResult) -> Iterator[str]:
    userinfo, at, hostport = parts.netloc.rpartition("@")
    host, port = _host_and_port(hostport)
    ported = f"{host}:{port or _DEFAULT_PORTS.get(parts.scheme, 443)}"
    for name in (hostport, host, ported):
        yield userinfo + at + name
        yield name


def _host_and_port(hostport: str) -> tuple[str, str]:
    # An IPv6 address has colons of its own; only one behind the closing bracket begins a port.
    host, colon, port = hostport.rpartition(":")
    return (host, port) if colon and (port.isdigit() or not port) else (hostport, "")


def _query_spellings(address: str) -> Iterator[str]:
    yield address
    before, mark, query = address.partition("?")
    if "'" in query:
        yield before + mark + query.replace("'", "%27")
    if "%27" in query:
        yield before + mark + query.replace("%27", "'")


def _body_hash(address: str) -> str | None:
    if BODY_HASH not in address:
        return None
    values = parse_qs(urlsplit(address).query, keep_blank_values=True).get(BODY_HASH)
    return values[0] if values else None


def _matches_body(params: Params, expected: str) -> bool:
    if not isinstance(params, bytes | bytearray):
        return False
    return hmac.compare_digest(hashlib.sha256(params).hexdigest().encode(), expected.encode())


def _each(values: str | Sequence[str] | None) -> Iterable[str]:
    if values is None:
        return ("",)
    return (values,) if isinstance(values, str) else values
