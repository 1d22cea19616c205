"""A Träger's own colour: is it readable, and which shades follow from it.

One colour is entered, for the light theme. All shades for both themes are derived from it, so that
text on them always reaches the contrast that WCAG 2.2 AA asks for (1.4.3: 4.5 to 1).
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

Rgb = tuple[int, int, int]

MIN_CONTRAST = 4.5
# The dark theme is read at night: its accent keeps some distance from the limit.
DARK_CONTRAST = 7.0

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
# The surfaces and text colours of the two themes, as the style sheet has them.
PAPER = (0xFA, 0xF6, 0xEF)
INK_LIGHT, INK_DARK = (0x1C, 0x20, 0x30), (0xF2, 0xEF, 0xE9)
LIGHT_SURFACES = (WHITE, PAPER)
DARK_PAGE = (0x14, 0x17, 0x1A)
DARK_SURFACES = (DARK_PAGE, (0x1C, 0x20, 0x23), (0x20, 0x25, 0x29))
DARK_TEXT_ON_ACCENT = (0x0D, 0x14, 0x17)

HEX_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True)
class Shades:
    """The colours of one theme as "#rrggbb", named like the tokens `--tp-accent…`."""

    accent: str
    deep: str
    mid: str
    soft: str
    win: str
    on_accent: str

    def tokens(self) -> dict[str, str]:
        """Return CSS custom property → colour."""
        names = {name: f"--tp-accent-{name}" for name in ("deep", "mid", "soft", "win")}
        names |= {"accent": "--tp-accent", "on_accent": "--tp-on-accent"}
        return {names[name]: colour for name, colour in asdict(self).items()}


@dataclass(frozen=True)
class Palette:
    """The shades of both themes."""

    light: Shades
    dark: Shades


def parse(colour: str) -> Rgb:
    """Return the three channels (0 to 255) of "#rrggbb". Raises ValueError on anything else."""
    if not HEX_COLOUR.fullmatch(colour):
        raise ValueError(f"not a colour like #0b6570: {colour!r}")
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def to_hex(colour: Rgb) -> str:
    """Return "#rrggbb" in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio, 1 to 21 (WCAG 2.2, definition of "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """Return `colour` with a share (0 to 1) of `other` in it."""
    return tuple(round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))


def lowest_contrast(accent: Rgb) -> float:
    """Return the contrast of the accent on the surface of the light theme where it is weakest."""
    return min(contrast(accent, surface) for surface in (*LIGHT_SURFACES, _soft_light(accent)))


def validate_accent(value: str) -> None:
    """Django validator: raise ValidationError unless `value` is a colour dark enough to read.

    Codes: "invalid_colour", "low_contrast" (params: `ratio`, `minimum`, as text).
    """
    try:
        accent = parse(value)
    except ValueError as error:
        raise ValidationError(
            _("Please enter the colour as # and six digits or letters from a to f, for example #0b6570."),
            code="invalid_colour",
        ) from error
    ratio = lowest_contrast(accent)
    if ratio < MIN_CONTRAST:
        raise ValidationError(
            _(
                "Text in this colour is hard to read on a light background: the contrast is %(ratio)s to 1 "
                "and must be at least %(minimum)s to 1. Please choose a darker colour."
            ),
            code="low_contrast",
            # Cut off, not rounded: 4.499 must not read "4.5 and must be at least 4.5".
            params={
                "ratio": number_format(int(ratio * 100) / 100, decimal_pos=2),
                "minimum": number_format(MIN_CONTRAST, decimal_pos=1),
            },
        )


def palette(value: str) -> Palette:
    """Return the shades for an accent "#rrggbb" that `validate_accent` accepts.

    Raises ValueError on anything that is not a colour. A colour without enough contrast gives
    shades without enough contrast in the light theme; the dark theme is readable in any case.
    """
    accent = parse(value)
    return Palette(light=_light(accent), dark=_dark(accent))


def _luminance(colour: Rgb) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _soft_light(accent: Rgb) -> Rgb:
    return mix(accent, WHITE, 0.89)


def _light(accent: Rgb) -> Shades:
    return Shades(
        accent=to_hex(accent),
        deep=to_hex(mix(accent, BLACK, 0.35)),
        mid=to_hex(mix(accent, WHITE, 0.55)),
        soft=to_hex(_soft_light(accent)),
        win=to_hex(mix(accent, WHITE, 0.72)),
        on_accent=to_hex(WHITE),
    )


def _dark(light_accent: Rgb) -> Shades:
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in light_accent))
    # Mixing with white would turn every colour grey; full saturation would glare on black.
    bright = min(saturation, 0.55)
    dim = min(saturation, 0.42)
    soft = _from_hls(hue, 0.16, dim)
    # White reaches both limits, so the loop always finds a shade.
    for percent in range(int(lightness * 100), 101):
        accent = _from_hls(hue, percent / 100, bright)
        if (
            min(contrast(accent, surface) for surface in DARK_SURFACES) >= DARK_CONTRAST
            and contrast(accent, soft) >= MIN_CONTRAST
        ):
            break
    return Shades(
        accent=to_hex(accent),
        deep=to_hex(mix(accent, WHITE, 0.45)),
        mid=to_hex(_from_hls(hue, 0.38, dim)),
        soft=to_hex(soft),
        win=to_hex(_from_hls(hue, 0.26, dim)),
        on_accent=to_hex(DARK_TEXT_ON_ACCENT),
    )


def _from_hls(hue: float, lightness: float, saturation: float) -> Rgb:
    return tuple(round(share * 255) for share in hls_to_rgb(hue, lightness, saturation))
