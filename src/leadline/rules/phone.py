"""Phone numbers: written in many ways by people, kept in one (E.164)."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from leadline.errors import PhoneNumberError

# Countries that share +1: an area code never begins with 0 or 1 nor is it x11, and neither does the exchange
# begin with 0 or 1. https://www.nanpa.com/numbering
_NORTH_AMERICA = 1
_NORTH_AMERICAN = re.compile(r"\+1[2-9](?!11)[0-9]{2}[2-9][0-9]{6}").fullmatch
_E164 = re.compile(r"\+[1-9][0-9]{6,14}").fullmatch
_EXTENSION = re.compile(
    r"[0-9].*?(?:;\s*ext\s*=|\bext(?:ension|n)?\b|ext(?=[0-9])|x|#|,|;)[\s.:]*[0-9]{1,7}\s*$"
)
_SEPARATORS = re.compile(r"[\s().\-/\u2010-\u2015\u2212\u00b7]")
_LONGEST = 60
_SHORT_CODE_DIGITS = 6


def normalize_phone(text: str, region: str = "US", *, field: str = "phone") -> str:
    """The number in E.164, like ``+13035550142``, from any usual spelling of it.

    ``region`` is the country that a number without ``+`` belongs to. Raises PhoneNumberError with a
    sentence that says what is wrong and how to write it; nothing is guessed.

    A number written with ``+`` needs a possible length for its country, no more: the lists of area codes in
    use are always a little old, and Twilio is the judge of what exists. One written without must be valid in
    ``region``, since otherwise it is most likely from elsewhere.
    """
    if _NORTH_AMERICAN(text):
        return text
    written = _plain(text, region, field)
    number = _parsed(written, region, field)
    e164 = f"+{number.country_code}{_national(number)}"
    fault = _fault(number, e164, region, has_plus=written.startswith("+"))
    if fault:
        raise PhoneNumberError(fault, field=field)
    return e164


@lru_cache(maxsize=4096)
def display_phone(address: str, region: str = "US") -> str:
    """A number as people of ``region`` write it: national at home, international abroad.

    Anything that is not in E.164, such as a short code or a name, is given back as it is.
    """
    if not is_phone(address):
        return address
    try:
        number = phonenumbers.parse(address)
    except NumberParseException:
        return address
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def is_phone(address: str) -> bool:
    """Whether this is a number in E.164, and not a short code, a name or nothing."""
    return _E164(address) is not None


def mask_phone(address: str) -> str:
    """The number as logs may show it: the last four digits, and nothing of a shorter address."""
    return f"***{address[-4:]}" if is_phone(address) else "***"


def _plain(text: str, region: str, field: str) -> str:
    """The digits, with a leading ``+`` if there was one."""
    if len(text) > _LONGEST:
        raise PhoneNumberError("This is not a phone number.", field=field)
    visible = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc")
    )
    written = visible.strip().lower().removeprefix("tel:")
    if _EXTENSION.search(written):
        raise PhoneNumberError("Texts cannot go to an extension. Write the number without it.", field=field)
    bare = _SEPARATORS.sub("", written)
    digits = bare.removeprefix("+")
    if not digits:
        raise PhoneNumberError(f"There is no phone number. {_write_it(region)}", field=field)
    if any(map(str.isalpha, digits)):
        raise PhoneNumberError(f"There are letters in the number. {_write_it(region)}", field=field)
    if not digits.isdecimal():
        raise PhoneNumberError(f"This is not a phone number. {_write_it(region)}", field=field)
    if bare.startswith("00") and phonenumbers.country_code_for_region(region) == _NORTH_AMERICA:
        # North America dials abroad with 011, but people write 00 as in the rest of the world, and no
        # number there begins so.
        return f"+{bare[2:]}"
    return bare


_TOO_LONG = "Too long. If it is from another country, begin with + and the country's code."
_UNREADABLE = {
    NumberParseException.INVALID_COUNTRY_CODE: "No country has this code after the +.",
    NumberParseException.TOO_LONG: _TOO_LONG,
}


def _parsed(written: str, region: str, field: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(written, region)
    except NumberParseException as error:
        sentence = _UNREADABLE.get(error.error_type, f"Too short. {_write_it(region)}")
        raise PhoneNumberError(sentence, field=field) from None


def _fault(number: PhoneNumber, e164: str, region: str, *, has_plus: bool) -> str | None:
    possible = phonenumbers.is_possible_number_with_reason(number)
    national = _national(number)
    if not has_plus and len(national) <= _SHORT_CODE_DIGITS:
        return f"Too short, or a short code, which is not a person's number. {_write_it(region)}"
    if possible in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        return f"Too short. {_write_it(region)}"
    if possible == ValidationResult.TOO_LONG:
        return _TOO_LONG
    if number.country_code == _NORTH_AMERICA:
        fits = _NORTH_AMERICAN(e164) is not None
    else:
        fits = _reads_the_same(e164) and (has_plus or phonenumbers.is_valid_number(number))
    if fits and possible == ValidationResult.IS_POSSIBLE:
        return None
    if has_plus:
        return "No number of that country is like this."
    return f"Not a number of {region}. For another country, begin with + and the country's code."


def _reads_the_same(e164: str) -> bool:
    """Whether the number stays what it is when it is read again. One of nothing but zeros does not: at each
    reading the first is taken for the prefix that is dialled within its country.
    """
    try:
        again = phonenumbers.parse(e164)
    except NumberParseException:
        return False
    return is_phone(e164) and phonenumbers.format_number(again, PhoneNumberFormat.E164) == e164


def _national(number: PhoneNumber) -> str:
    return phonenumbers.national_significant_number(number)


def _write_it(region: str) -> str:
    example = phonenumbers.example_number(region)
    if example is None:
        return "Begin with + and the country's code."
    spelled = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
    return f"Write it with the area code, like {spelled}."
