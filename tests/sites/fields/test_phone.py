"""Telephone numbers as people write and paste them, and what is dialled then."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from home.blocks.people import ContactBlock, PersonBlock
from home.models import AnlaufstellePage, EventPage, OfferPage
from knowledge.models import PartnerPage
from sites.fields.phone import PhoneField, numbers_in, tidy, validate_phone
from sites.models import Branding, User

DIALLED = {
    "+49 361 655-0": ["+493616550"],
    "+49 (0) 361 655-0": ["+493616550"],
    "(+49) 361 655-0": ["+493616550"],
    "0049 361 655-0": ["+493616550"],
    "(0361) 655-0": ["+493616550"],
    "0361/655-0": ["+493616550"],
    "+49 361 / 655-0": ["+493616550"],
    "0361.655.0": ["+493616550"],
    "036601/234": ["+4936601234"],
    # Another country.
    "+380 44 123 45 67": ["+380441234567"],
    # Several: whole ones, and ends that stand for a whole one.
    "030 12 34 56 / 57": ["+4930123456", "+4930123457"],
    "030 123456 / 654321": ["+4930123456", "+4930654321"],
    "0361 655-0 / -12": ["+493616550", "+4936165512"],
    "030 123456, 030 654321": ["+4930123456", "+4930654321"],
    "030 123456 oder 0151 23456789": ["+4930123456", "+4915123456789"],
    "110 / 112": ["110", "112"],
    # Short ones have no area code and no country.
    "112": ["112"],
    "115": ["115"],
    "116 117": ["116117"],
    # Extensions: direct ones are dialled, others asked for.
    "0361 655-0 Durchwahl 12": ["+4936165512"],
    "0361 655 DW 12": ["+4936165512"],
    "0361 655-0 App. 12": ["+493616550;ext=12"],
    "0361 655-0 ext. 12": ["+493616550;ext=12"],
    # Pasted: no-break spaces, a no-break hyphen, marks of direction, wide digits.
    "+49\u00a0361\u202f655\u20110": ["+493616550"],
    "\u202a0361 655\u20130\u202c": ["+493616550"],
    "\uff11\uff11\uff12": ["112"],
}
REFUSED = [
    "655-0",
    "0361",
    "1",
    "+",
    "/",
    "Büro",
    "0361 655-0 Zentrale",
    "0361/65-55 Durchwahl 3",
    "0361 655-0;",
    "0361 655-0 / ?",
    '"><b>',
]


@pytest.mark.parametrize("text", DIALLED)
def test_what_is_dialled(text):
    validate_phone(text)
    assert [number.dialled for number in numbers_in(text)] == DIALLED[text]


def test_a_number_is_shown_as_it_was_written():
    texts = [number.text for number in numbers_in("(0361) 655-0, 030 12 34 56 / 57")]
    assert texts == ["(0361) 655-0", "030 12 34 56", "030 12 34 57"]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_dialled_is_refused_with_an_example(text):
    with translation.override("de"), pytest.raises(ValidationError) as refusal:
        validate_phone(text)
    assert "zum Beispiel 0361 655-0 oder +49 361 655-0" in refusal.value.messages[0]


@given(st.one_of(st.text(), st.text("0123456789 +-/(),.oderAp")))
def test_any_text_is_numbers_or_refused(text):
    assert tidy(tidy(text)) == tidy(text)
    try:
        numbers = numbers_in(text)
    except ValueError:
        return
    assert all(number.text and number.dialled.strip("+0123456789;ext=") == "" for number in numbers)


def test_every_telephone_number_is_checked_and_tidied():
    for model, name in (
        *((model, "phone") for model in (AnlaufstellePage, OfferPage, PartnerPage, Branding, User)),
        (EventPage, "registration_phone"),
    ):
        field = model._meta.get_field(name)
        assert isinstance(field, PhoneField)
        assert field.clean("+49\u00a0361 655\u20110", None) == "+49 361 655-0"
        assert field.clean("", None) == ""
        with pytest.raises(ValidationError):
            field.clean("655-0", None)
    for block in (ContactBlock(), PersonBlock()):
        phone = block.child_blocks["phone"]
        assert phone.clean("+49\u00a0361 655\u20110") == "+49 361 655-0"
        assert phone.clean("") == ""
        with pytest.raises(ValidationError):
            phone.clean("655-0")


def test_no_telephone_number_has_another_field():
    for model in (AnlaufstellePage, OfferPage, PartnerPage, EventPage, Branding, User):
        for field in model._meta.get_fields():
            if isinstance(field, models.CharField) and "phone" in field.name:
                assert isinstance(field, PhoneField), field
