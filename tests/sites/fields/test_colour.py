"""The Träger's colour: what the validator lets through is readable in both themes."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sites.fields.colour import (
    DARK_SURFACES,
    INK_DARK,
    INK_LIGHT,
    LIGHT_SURFACES,
    contrast,
    palette,
    parse,
    to_hex,
    validate_accent,
)

channels = st.integers(0, 255)
colours = st.tuples(channels, channels, channels)
# Any colour is rarely dark enough: half of the range is where the limit lies.
dark_colours = st.tuples(*[st.integers(0, 150)] * 3)


def accepted(value: str) -> bool:
    try:
        validate_accent(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # Published values: black and white, the darkest grey that passes, the lightest that fails.
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_has_the_published_values(one, other, ratio):
    assert contrast(parse(one), parse(other)) == pytest.approx(ratio, abs=0.005)


@settings(max_examples=100)
@given(colours, colours)
def test_contrast_is_symmetric_and_in_range(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@settings(max_examples=50)
@given(colours)
def test_parse_reads_what_to_hex_writes(colour):
    assert parse(to_hex(colour)) == colour
    assert parse(to_hex(colour).upper()) == colour


@pytest.mark.parametrize(
    "value",
    ["", "#fff", "0b6570", "#0b657", "#0b65700", "#0b657g", "red", "#0b6570\n", " #0b6570", "#0b６570"],
)
def test_anything_but_six_digits_is_refused(value):
    with pytest.raises(ValueError, match="not a colour"):
        parse(value)
    with pytest.raises(ValidationError) as caught:
        validate_accent(value)
    assert caught.value.code == "invalid_colour"


@pytest.mark.parametrize("value", ["#0b6570", "#a01c30", "#6a3d8f", "#345079", "#000000"])
def test_colours_of_the_demo_are_accepted(value):
    assert accepted(value)


@pytest.mark.parametrize("value", ["#ffd34d", "#ffffff", "#777777", "#8fc1c4", "#ff0000"])
def test_a_pale_colour_is_refused_with_its_ratio_and_advice(value):
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            validate_accent(value)
        (message,) = caught.value.messages  # translated only here
    assert caught.value.code == "low_contrast"
    assert "choose a darker colour" in message
    ratio, minimum = (float(number) for number in re.findall(r"\d+\.\d+", message))
    assert 1 <= ratio < minimum == 4.5
    assert ratio <= contrast(parse(value), (255, 255, 255))


def test_a_colour_that_passes_on_white_only_is_refused():
    assert contrast(parse("#767676"), (255, 255, 255)) > 4.5
    assert not accepted("#767676")


@settings(max_examples=300)
@given(dark_colours)
def test_accepted_means_readable_on_every_light_surface(colour):
    light = palette(to_hex(colour)).light
    surfaces = [*LIGHT_SURFACES, parse(light.soft)]
    assert accepted(to_hex(colour)) == all(contrast(colour, surface) >= 4.5 for surface in surfaces)


@settings(max_examples=300)
@given(dark_colours)
def test_every_text_pair_of_an_accepted_colour_is_readable(colour):
    value = to_hex(colour)
    assume(accepted(value))
    result = palette(value)
    assert result.light.accent == value
    for shades, ink, surfaces in (
        (result.light, INK_LIGHT, LIGHT_SURFACES),
        (result.dark, INK_DARK, DARK_SURFACES),
    ):
        accent, deep, soft, on_accent = map(
            parse, (shades.accent, shades.deep, shades.soft, shades.on_accent)
        )
        pairs = {
            "ink on soft": (ink, soft),
            "accent on soft": (accent, soft),
            "text on accent": (on_accent, accent),
            "text on a button under the mouse": (on_accent, deep),
            "deep on soft": (deep, soft),
        }
        pairs |= {f"accent on {to_hex(surface)}": (accent, surface) for surface in surfaces}
        too_weak = {name: pair for name, pair in pairs.items() if contrast(*pair) < 4.5}
        assert not too_weak


@settings(max_examples=100)
@given(colours)
def test_every_shade_is_a_colour_and_has_a_token(colour):
    for shades in (palette(to_hex(colour)).light, palette(to_hex(colour)).dark):
        tokens = shades.tokens()
        assert set(tokens) == {
            "--tp-accent",
            "--tp-accent-deep",
            "--tp-accent-mid",
            "--tp-accent-soft",
            "--tp-accent-win",
            "--tp-on-accent",
        }
        assert tokens["--tp-accent"] == shades.accent
        assert tokens["--tp-on-accent"] == shades.on_accent
        for value in tokens.values():
            parse(value)
