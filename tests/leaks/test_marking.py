"""A marker says which field of which object it comes from, and is never taken for another one."""

from tests.leaks.marking import Marks


def test_a_secret_is_found_beside_what_is_public_in_the_same_field():
    marks = Marks()
    secret, public = marks.word("Collection.name"), marks.word("Collection.name", public=True)
    found = marks.found_in(f"{secret} {public}")
    assert {(mark.label, mark.secret) for mark in found} == {
        ("Collection.name", True),
        ("Collection.name", False),
    }


def test_markers_of_the_same_field_are_told_apart():
    marks = Marks()
    one, other = marks.word("User.email"), marks.word("User.email")
    assert not marks.found_in(one) & marks.found_in(other)
    assert marks.found_in(one.upper()) == marks.found_in(one)
