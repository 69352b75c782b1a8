"""Phone numbers, written as people write them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadline.errors import PhoneNumberError
from leadline.rules.phone import display_phone, is_phone, mask_phone, normalize_phone

LENA = "+13035550142"


@pytest.mark.parametrize(
    "written",
    [
        "+13035550142",
        "+1 303 555 0142",
        "+1 (303) 555-0142",
        "+1-303-555-0142",
        "+1.303.555.0142",
        "+1(303)5550142",
        "(+1) 303-555-0142",
        "1 303 555 0142",
        "1-303-555-0142",
        "1 (303) 555-0142",
        "13035550142",
        "3035550142",
        "303 555 0142",
        "303-555-0142",
        "303.555.0142",
        "(303) 555-0142",
        "(303)555-0142",
        "303/555-0142",
        "303 - 555 - 0142",
        "303–555–0142",
        "303\u2011555\u20110142",
        "  303 555 0142  ",
        "303\u00a0555\u00a00142",
        "303\t555\n0142",
        "tel:+1-303-555-0142",
        "TEL:303-555-0142",
        "\u202a+1 303 555 0142\u202c",
        "\u200e303\u200b5550142",
        "＋１ ３０３ ５５５ ０１４２",
        "٣٠٣٥٥٥٠١٤٢",
        "0013035550142",
        "011 1 303 555 0142",
    ],
    ids=repr,
)
def test_every_spelling_of_a_number_is_the_same_number(written: str) -> None:
    assert normalize_phone(written) == LENA


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("+15005550006", "US", "+15005550006"),
        ("+15005550001", "US", "+15005550001"),
        ("500 555 0006", "US", "+15005550006"),
        ("212 555 0199", "US", "+12125550199"),
        ("+1 800 555 1212", "US", "+18005551212"),
        ("303 555 0142", "CA", "+13035550142"),
        ("07911 123456", "GB", "+447911123456"),
        ("+44 7911 123456", "US", "+447911123456"),
        ("+44 (0)7911 123456", "US", "+447911123456"),
        ("0044 7911 123456", "US", "+447911123456"),
        ("011 44 7911 123456", "US", "+447911123456"),
        ("7911 123456", "GB", "+447911123456"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+33 6 12 34 56 78", "US", "+33612345678"),
        ("0151 12345678", "DE", "+4915112345678"),
        ("0043 664 1234567", "DE", "+436641234567"),
        ("0412 345 678", "AU", "+61412345678"),
        ("+39 06 1234 5678", "US", "+390612345678"),
        ("(11) 91234-5678", "BR", "+5511912345678"),
        ("+86 139 1234 5678", "US", "+8613912345678"),
        ("+4930123456", "US", "+4930123456"),
    ],
)
def test_a_number_belongs_to_its_country(written: str, region: str, number: str) -> None:
    assert normalize_phone(written, region) == number


@pytest.mark.parametrize(
    ("written", "region", "words"),
    [
        ("", "US", "There is no phone number"),
        ("   ", "US", "There is no phone number"),
        ("+", "US", "There is no phone number"),
        ("()-", "US", "There is no phone number"),
        ("1-800-FLOWERS", "US", "letters"),
        ("SUPPORT", "US", "letters"),
        ("Lena 303 555 0142", "US", "letters"),
        ("anonymous", "US", "letters"),
        ("whatsapp:+13035550142", "US", "letters"),
        ("303 555 0142 x12", "US", "extension"),
        ("303 555 0142 ext. 12", "US", "extension"),
        ("303 555 0142 extension 12", "US", "extension"),
        ("303-555-0142ext12", "US", "extension"),
        ("+1 303 555 0142;ext=12", "US", "extension"),
        ("303 555 0142 #12", "US", "extension"),
        ("303 555 0142,,12", "US", "extension"),
        ("555-0142", "US", "Too short. Write it with the area code, like"),
        ("68849", "US", "short code"),
        ("911", "US", "short code"),
        ("+1210", "US", "Too short"),
        ("+12", "US", "Too short"),
        ("303 555 01422", "US", "Too long"),
        ("+1 303 555 01422", "US", "Too long"),
        ("447911123456", "US", "begin with +"),
        ("07911 123456", "US", "Too long"),
        ("0612345678", "US", "begin with +"),
        ("123 456 7890", "US", "Not a number of US"),
        ("911 555 0142", "US", "Not a number of US"),
        ("303 155 0142", "US", "Not a number of US"),
        ("+1 103 555 0142", "GB", "No number of that country"),
        ("8475551212", "GB", "Not a number of GB"),
        ("13035550142", "DE", "Not a number of DE"),
        ("+999 1234 5678", "US", "No country"),
        ("+0 303 555 0142", "US", "No country"),
        ("303+5550142", "US", "not a phone number"),
        ("++13035550142", "US", "not a phone number"),
        ("303 555 0142 / 303 555 0143", "US", "Too long"),
        ("=1+1", "US", "not a phone number"),
        ("½", "US", "not a phone number"),
        ("3" * 61, "US", "not a phone number"),
        ("+" + "3" * 40, "US", "Too long"),
        ("303 555 0142", "XX", "Begin with +|No country|Not a number"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_number_is_refused_with_the_reason(written: str, region: str, words: str) -> None:
    with pytest.raises(PhoneNumberError, match=words) as refusal:
        normalize_phone(written, region, field="to")
    assert refusal.value.field == "to"


@given(st.text(max_size=70), st.sampled_from(["US", "GB", "DE", "BR", "XX"]))
def test_any_text_is_a_number_or_refused(text: str, region: str) -> None:
    try:
        assert is_phone(normalize_phone(text, region))
    except PhoneNumberError as error:
        refusal = str(error)
    else:
        return
    assert refusal[0].isupper()
    assert refusal.endswith(".")


@example("+310000000", "US")
@given(st.from_regex(r"\+?[0-9 ()-]{3,18}", fullmatch=True), st.sampled_from(["US", "GB", "DE", "IT"]))
def test_a_number_once_normalised_stays_as_it_is(text: str, region: str) -> None:
    try:
        number = normalize_phone(text, region)
    except PhoneNumberError:
        return
    assert normalize_phone(number, region) == number


@pytest.mark.parametrize(
    ("address", "region", "shown"),
    [
        (LENA, "US", "(303) 555-0142"),
        (LENA, "CA", "(303) 555-0142"),
        (LENA, "GB", "+1 303-555-0142"),
        ("+447911123456", "GB", "07911 123456"),
        ("+447911123456", "US", "+44 7911 123456"),
        ("68849", "US", "68849"),
        ("SUPPORT", "US", "SUPPORT"),
        ("", "US", ""),
        ("+9991234567", "US", "+9991234567"),
    ],
)
def test_people_see_numbers_as_they_write_them(address: str, region: str, shown: str) -> None:
    assert display_phone(address, region) == shown


@pytest.mark.parametrize(
    ("address", "yes"),
    [
        (LENA, True),
        ("+4930123456", True),
        ("13035550142", False),
        ("+0303555014", False),
        ("68849", False),
        ("SUPPORT", False),
        ("", False),
        ("+1303555014212345678", False),
        (LENA + "\n", False),
        ("+١٣٠٣٥٥٥٠١٤٢", False),
    ],
)
def test_only_e164_is_a_phone(address: str, yes: bool) -> None:
    assert is_phone(address) is yes


@pytest.mark.parametrize(
    ("address", "masked"), [(LENA, "***0142"), ("68849", "***"), ("SUPPORT", "***"), ("", "***")]
)
def test_logs_see_four_digits(address: str, masked: str) -> None:
    assert mask_phone(address) == masked
