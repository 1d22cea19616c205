"""Which places fit, how many each answer leaves, and what to give up where none does."""

from datetime import UTC, datetime, time
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from home.opening_hours import Interval, OpeningHours
from knowledge.wegweiser.matching import CHOICES, WISHES, YES, Place, Service, count, find, ways_out

MONDAY_TEN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TOPICS, RAEUME, LANGUAGES = ("schulden", "wohnen"), ("rieth", "roter-berg"), ("de", "ar")
VALUES = dict(zip(CHOICES, (TOPICS, RAEUME, LANGUAGES), strict=True)) | dict.fromkeys(WISHES, (YES,))
OPEN = OpeningHours([Interval(0, time(9), time(12))])
SHUT = OpeningHours([Interval(1, time(9), time(12))])


def some(values):
    return st.frozensets(st.sampled_from(values))


services = st.builds(Service, some(TOPICS), some(LANGUAGES), some([name for name in WISHES if name != "now"]))
places = st.builds(
    Place,
    page=st.integers(),
    path=st.just(""),
    kind=st.just("partner"),
    title=st.just("Beispiel"),
    sozialraeume=some(RAEUME),
    services=st.lists(services, min_size=1, max_size=3).map(tuple),
    hours=st.sampled_from([None, OPEN, SHUT]),
)
answers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}
)


def fits(place: Place, asked: dict[str, str]) -> bool:
    """The rule in plain words, one service after the other."""
    where = asked.get("sozialraum")
    if where and place.sozialraeume and where not in place.sozialraeume:
        return False
    if "now" in asked and place.hours is not OPEN:
        return False
    return any(
        asked.get("topic") in (None, *service.topics)
        and asked.get("language") in (None, *service.languages)
        and all(wish in service.wishes for wish in WISHES if wish in asked and wish != "now")
        for service in place.services
    )


@given(st.lists(places, max_size=6), answers)
def test_one_service_fits_all_that_is_asked(found, asked):
    assert list(find(found, asked, MONDAY_TEN).places) == [place for place in found if fits(place, asked)]


@given(st.lists(places, max_size=6), answers)
def test_counts_say_what_each_answer_would_leave(found, asked):
    answer = find(found, asked, MONDAY_TEN)
    for name, values in VALUES.items():
        for value in values:
            expected = sum(fits(place, asked | {name: value}) for place in found)
            assert count(answer, name, value) == expected, (name, value)
    for name in asked:
        others = {key: value for key, value in asked.items() if key != name}
        assert answer.without[name] == sum(fits(place, others) for place in found)


@given(st.lists(places, min_size=1, max_size=6), answers)
def test_no_combination_is_a_dead_end(found, asked):
    out = ways_out(found, asked, MONDAY_TEN)
    if any(fits(place, asked) for place in found):
        return
    assert out, "all answers together can always be given up"
    for names, number in out:
        kept = {key: value for key, value in asked.items() if key not in names}
        assert number == sum(fits(place, kept) for place in found) > 0
    # Nothing that has to give up less.
    size = len(out[0][0])
    for names in product(asked, repeat=size - 1):
        kept = {key: value for key, value in asked.items() if key not in names}
        assert not any(fits(place, kept) for place in found)


def test_languages_of_another_service_do_not_count():
    place = Place(
        1,
        "",
        "partner",
        "Beispiel",
        services=(Service(frozenset({"schulden"}), frozenset({"de"})), Service(languages=frozenset({"ar"}))),
    )
    debts, arabic = {"topic": "schulden"}, {"language": "ar"}
    assert find([place], debts | {"language": "de"}, MONDAY_TEN).places
    assert find([place], arabic, MONDAY_TEN).places, "in the café"
    assert not find([place], debts | arabic, MONDAY_TEN).places, "not about debts"
