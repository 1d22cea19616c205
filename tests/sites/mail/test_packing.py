"""A mail that was kept is the mail that was written."""

import json
from email.mime.base import MIMEBase

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.signing import BadSignature
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sites.mail.packing import pack, unpack

LINE = st.text(st.characters(exclude_categories=["Z", "Cc", "Cs"]), min_size=1)
FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "content_subtype")


@hypothesis_settings(max_examples=30)
@given(LINE, st.text(), st.lists(st.emails(), max_size=2), st.binary(), st.text())
def test_round_trip(subject, body, people, content, html):
    message = EmailMultiAlternatives(
        subject, body, "a@x.de", people, bcc=people[:1], reply_to=people[1:], headers={"Auto-Submitted": "no"}
    )
    message.attach("Plan.bin", content, "application/octet-stream")
    message.attach_alternative(html, "text/html")
    text = pack(message, Date="heute")
    assert text.isascii()
    assert "\0" not in text
    kept = unpack(text)
    assert [getattr(kept, name) for name in FIELDS] == [getattr(message, name) for name in FIELDS]
    assert kept.extra_headers == {"Auto-Submitted": "no", "Date": "heute"}
    assert [tuple(each) for each in kept.attachments] == [tuple(each) for each in message.attachments]
    assert [tuple(each) for each in kept.alternatives] == [(html, "text/html")]


@pytest.mark.parametrize("change", [{"to": ["c@x.de"]}, {"body": "Anders"}, {"seal": ""}, {"seal": "0" * 64}])
def test_what_somebody_else_has_written_is_not_sent(change):
    text = pack(EmailMessage("Plan", "Text", "a@x.de", ["b@x.de"]))
    with pytest.raises(BadSignature):
        unpack(json.dumps(json.loads(text) | change))


def test_a_title_with_a_line_break_stops_no_mail():
    kept = unpack(pack(EmailMessage("Sommer\r\nfest\tim  Hof", "", "a@x.de", ["b@x.de"])))
    assert kept.message()["Subject"] == "Sommer fest im Hof"


def test_what_could_not_be_kept_is_refused_at_once():
    message = EmailMessage("Plan", "", "a@x.de", ["b@x.de"], attachments=[MIMEBase("text", "plain")])
    with pytest.raises(TypeError):
        pack(message)
