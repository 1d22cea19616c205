"""Words with the same meaning, without a database: what stands for which words of a question."""

import pytest

from search.text import question, synonyms

GROUP = ["Bürgergeld", "Hartz IV", "ALG II", "Grundsicherung für Arbeitsuchende"]
DIENST = ["SPDi", "Sozialpsychiatrischer Dienst"]


def found(text, *groups, language="de"):
    """What else is looked up for the question `text`: (places, words as they were folded, share)."""
    known = synonyms([(asked, shown) for asked, shown in groups], language)
    return [
        (each.places, " ".join(word.word for word in each.words), each.share)
        for each in known.alternatives(question(text, language).words)
    ]


def words(text, *groups, language="de"):
    return {other for _places, other, _share in found(text, *groups, language=language)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bürgergeld", {"hartz4", "alg2", "grundsicherung arbeitsuchende"}),
        ("buergergeld", {"hartz4", "alg2", "grundsicherung arbeitsuchende"}),
        ("Bürgergeldes", {"hartz4", "alg2", "grundsicherung arbeitsuchende"}),
        ("hartz 4", {"burgergeld", "alg2", "grundsicherung arbeitsuchende"}),
        ("ALGII", {"burgergeld", "hartz4", "grundsicherung arbeitsuchende"}),
        ("Grundsicherung für Arbeitsuchende", {"burgergeld", "hartz4", "alg2"}),
        ("Grundsicherung", set()),
        ("Arbeitsuchende Grundsicherung", set()),
        ("Wohngeld", set()),
    ],
)
def test_a_group_holds_in_all_directions(text, expected):
    assert words(text, (GROUP, GROUP)) == expected


def test_one_direction():
    group = (["Stütze"], ["Bürgergeld"])
    assert words("Stütze", group) == {"burgergeld"}
    assert words("Bürgergeld", group) == set()


def test_a_run_of_words_inside_of_a_question_knows_its_places():
    assert found("Wo ist der Sozialpsychiatrische Dienst Erfurt", (DIENST, DIENST)) == [((0, 1), "spdi", 1.0)]


def test_parts_of_compounds_count_less():
    ((places, other, share),) = found("Bürgergeldantrag", (["Bürgergeld", "ALG II"],) * 2)
    assert (places, other) == ((0,), "alg2")
    assert share < 1


def test_a_part_of_several_words_is_no_key():
    assert words("Dienstplan", (DIENST, DIENST)) == set()


def test_nothing_stands_for_itself_and_empty_ones_are_left_out():
    assert words("Kita", (["Kita", "Kitas", "", "…"],) * 2) == set()


def test_a_language_has_its_own_reading():
    assert words("benefits", (["benefit", "allowances"],) * 2, language="en") == {"allowances"}
