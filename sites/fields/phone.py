"""Telephone numbers as people write them, and what a telephone dials for them.

The text stays as it was entered, but for spaces and dashes that only look like such. Numbers without a
country are German. Front door: `PhoneField`, `numbers_in`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumbers import shortnumberinfo

REGION = "DE"
LENGTH = 50

# Between two numbers, or between area code and number: only the number before it tells.
_BETWEEN = re.compile(r"(\s*(?:[/,;|]|\boder\b|\bund\b|\bor\b|\band\b)\s*)", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*\b(?:App|Apparat|Nst|Nebenstelle|ext|extension)\b[.:]?\s*", re.IGNORECASE)
# What the "0" of the switchboard is replaced by. Another direct number in its place makes two of one.
_DIRECT = re.compile(r"(?:-\s?(?P<instead>\d+))?[\s,]*\b(?:Durchwahl|DW)\b[.:]?\s*-?\s*", re.IGNORECASE)
_WRITTEN = re.compile(r"[0-9 ()./+-]+( ext\. [0-9 ]+)?")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


@dataclass(frozen=True)
class PhoneNumber:
    """One number: `text` as people read it, `dialled` as it stands in "tel:" (RFC 3966)."""

    text: str
    dialled: str


def tidy(text: str) -> str:
    """Return `text` with plain spaces and dashes, without the invisible characters of pasted numbers."""
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", _DASHES.sub("-", visible)).split())


# The Wegweiser asks for those of all entries at once.
@lru_cache(maxsize=16_384)
def numbers_in(text: str) -> tuple[PhoneNumber, ...]:
    """Return the numbers in `text`, "030 12 34 56 / 57" being two. Raises ValueError where one is none."""
    return tuple(_numbers(tidy(text)))


def validate_phone(value: str) -> None:
    """Django validator: raise ValidationError unless all of `value` is telephone numbers."""
    try:
        numbers_in(value)
    except ValueError as error:
        raise ValidationError(
            _(
                "This is not a telephone number that can be dialled. Write it with the area code, "
                "for example 0361 655-0 or +49 361 655-0, and a slash between several numbers."
            ),
            code="invalid_phone",
        ) from error


class PhoneField(models.CharField):
    """One or more telephone numbers. Migrations write it as text, which it is to the database."""

    default_validators = [validate_phone]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": LENGTH, "blank": True, **kwargs})

    def to_python(self, value):
        value = super().to_python(value)
        return tidy(value) if isinstance(value, str) else value

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def _direct(match: re.Match[str]) -> str:
    if (match["instead"] or "").strip("0"):
        raise ValueError(f"two direct numbers: {match[0]!r}")
    return "-"


def _numbers(text: str) -> Iterator[PhoneNumber]:
    first, *rest = _BETWEEN.split(_DIRECT.sub(_direct, text))
    written = first
    for separator, piece in zip(rest[::2], rest[1::2], strict=True):
        further = _further(written, piece)
        if further is None:
            # A slash after the area code.
            written += separator + piece
            continue
        yield PhoneNumber(written, _read(written))
        written = further
    yield PhoneNumber(written, _read(written))


def _further(before: str, piece: str) -> str | None:
    """Return the number that `piece` stands for after the number `before`; None if both are one number."""
    number = _parsed(before)
    if number is None:
        return None
    if _parsed(piece) is not None:
        return piece
    digits = re.sub(r"\D", "", piece)
    if piece.startswith("-"):
        return before.rpartition("-")[0] + piece if "-" in before else before + piece
    national = phonenumbers.national_significant_number(number)
    if not digits or len(digits) > len(national) - phonenumbers.length_of_geographical_area_code(number):
        return None
    # "57" after "030 12 34 56" is 030 12 34 57.
    places = [match.start() for match in re.finditer(r"\d", before)]
    return before[: places[-len(digits)]] + piece


def _read(written: str) -> str:
    number = _parsed(written)
    if number is None:
        raise ValueError(f"not a telephone number: {written!r}")
    if _is_short(number):
        return str(number.national_number)
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def _parsed(written: str) -> phonenumbers.PhoneNumber | None:
    written = _EXTENSION.sub(" ext. ", written)
    if not _WRITTEN.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return None
    # "655-0" alone would be one of another town.
    complete = written.lstrip("( ").startswith(("+", "0")) and phonenumbers.is_valid_number(number)
    return number if complete or _is_short(number) else None


def _is_short(number: phonenumbers.PhoneNumber) -> bool:
    """Is it one like 112, which is dialled without any area code?"""
    return shortnumberinfo.is_valid_short_number_for_region(number, REGION)
