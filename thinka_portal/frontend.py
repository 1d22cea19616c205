"""Build the style sheets and fonts that the portal serves (``python -m thinka_portal.frontend``).

In: ``node_modules`` (KERN, installed from the lockfile) and ``static/css``.
Out, below ``var/frontend`` (one of the static-files folders, never committed):

- ``vendor/kern.css``: KERN's minified style sheet as it is;
- ``vendor/fonts/*.woff2``: Fira Sans in two weights, cut into writing systems, so that a reader of
  German downloads no Cyrillic;
- ``portal.css``: the ``@font-face`` rules and every file of ``static/css`` in one request.

The build is quick when nothing changed (fonts are cut only once), so ``make run`` can call it every time.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from thinka_portal.database import var_dir

ROOT = Path(__file__).resolve().parent.parent
KERN = Path("node_modules/@kern-ux/native/dist")

# Bytes of a first visit to a public page in German, fonts included, pictures not.
BUDGET = 150 * 1024
# What a long public page adds as compressed HTML, with some air.
HTML_ALLOWANCE = 20 * 1024

# The order matters: tokens before use, and the print style last so that it wins.
STYLE_SHEETS = (
    "tokens",
    "kern-bridge",
    "base",
    "layout",
    "header",
    "footer",
    "hero",
    "button",
    "card",
    "status",
    "listing",
    "filter",
    "hours",
    "event",
    "box",
    "form",
    "prose",
    "blocks",
    "person",
    "knowledge",
    "wegweiser",
    "start",
    "search",
    "login",
    "staff",
    "simple-language",
    "illustration",
    "dark",
    "adapt",
    "print",
)

WEIGHTS = {"400": "FiraSans-Regular.woff2", "600": "FiraSans-SemiBold.woff2"}
# Basic Latin covers German; U+1E9E is the capital ß. The punctuation block holds German quotes and dashes.
UNICODE_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+1E9E,U+2000-206F,U+20AC,U+2122,U+2212",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+1E00-1E9D,U+1E9F-1EFF,"
    "U+20AD-20C0",
    "cyrillic": "U+0301,U+0400-052F,U+2116",
}
FONT_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum"]

DARK_SELECTOR = "[data-kern-theme=dark]"
SYSTEM_DARK_SELECTOR = ":root:not([data-kern-theme])"


class BuildError(Exception):
    """The build can't go on; the message says what to do."""


@dataclass(frozen=True)
class Asset:
    """A built file: its path, its size in bytes and as it travels (compressed)."""

    path: Path
    size: int
    transferred: int


def parse_unicode_range(text: str) -> set[int]:
    """Return the code points of a CSS ``unicode-range`` value such as ``U+0000-00FF,U+20AC``."""
    points: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def minify(css: str) -> str:
    """Return ``css`` without comments and needless white space; strings stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    kept = re.split(r'("[^"]*")', css)
    for number in range(0, len(kept), 2):
        part = re.sub(r"\s+", " ", kept[number])
        part = re.sub(r"\s*([{};,])\s*", r"\1", part)
        # A blank before a colon can be a descendant selector (`a :focus`), one after it never matters here.
        part = re.sub(r":\s+", ":", part)
        kept[number] = part.replace(";}", "}")
    return "".join(kept).strip() + "\n"


def dark_for_system_preference(css: str) -> str:
    """Return the dark rules again for people whose system is dark and who chose nothing here."""
    return f"@media (prefers-color-scheme: dark) {{\n{css.replace(DARK_SELECTOR, SYSTEM_DARK_SELECTOR)}\n}}\n"


def font_faces() -> str:
    """Return the ``@font-face`` rules for every weight and writing system."""
    rules = []
    for weight in WEIGHTS:
        for name, unicode_range in UNICODE_RANGES.items():
            rules.append(
                '@font-face{font-family:"Fira Sans";font-style:normal;font-display:swap;'
                f"font-weight:{weight};"
                f'src:url("vendor/fonts/fira-sans-{weight}-{name}.woff2") format("woff2");'
                f"unicode-range:{unicode_range}}}"
            )
    return "\n".join(rules) + "\n"


def cut_font(source: Path, target: Path, unicode_range: str) -> None:
    """Write the glyphs of ``unicode_range`` from the font ``source`` as WOFF2 to ``target``."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    # Fira Sans carries flags of a newer OS/2 table than it declares; harmless, but noisy on every build.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = Options()
    options.flavor = "woff2"
    options.layout_features = FONT_FEATURES
    options.notdef_outline = True
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicode_range(unicode_range))
    subsetter.subset(font)
    save_font(font, str(target), options)


def build_fonts(kern: Path, out: Path) -> list[Path]:
    """Cut all fonts into ``out``; skip it when the same fonts were cut the same way before."""
    sources = {weight: kern / "fonts" / "fira-sans" / name for weight, name in WEIGHTS.items()}
    recipe = json.dumps([UNICODE_RANGES, FONT_FEATURES], sort_keys=True).encode()
    for source in sources.values():
        if not source.exists():
            raise BuildError(f"{source} is missing. Run: npm ci")
        recipe += source.read_bytes()
    stamp = hashlib.sha256(recipe).hexdigest()
    stamp_file = out / "stamp"
    targets = [out / f"fira-sans-{weight}-{name}.woff2" for weight in WEIGHTS for name in UNICODE_RANGES]
    if stamp_file.exists() and stamp_file.read_text() == stamp and all(target.exists() for target in targets):
        return targets
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for weight, source in sources.items():
        for name, unicode_range in UNICODE_RANGES.items():
            cut_font(source, out / f"fira-sans-{weight}-{name}.woff2", unicode_range)
    stamp_file.write_text(stamp)
    return targets


def build_portal_css(css_folder: Path) -> str:
    """Return all own style sheets as one minified text.

    Raises BuildError when the list above and the folder differ: a forgotten file would not be served.
    """
    found = {path.stem for path in css_folder.glob("*.css")}
    if found != set(STYLE_SHEETS):
        difference = ", ".join(sorted(found ^ set(STYLE_SHEETS)))
        raise BuildError(f"{css_folder} and STYLE_SHEETS in thinka_portal/frontend.py differ: {difference}")
    parts = [font_faces()]
    for name in STYLE_SHEETS:
        css = (css_folder / f"{name}.css").read_text(encoding="utf-8")
        parts.append(css)
        if name == "dark":
            parts.append(dark_for_system_preference(css))
    return minify("\n".join(parts))


def build(root: Path = ROOT, out: Path | None = None) -> list[Asset]:
    """Build everything below ``root/var/frontend`` and return what a first visit downloads.

    Raises BuildError with advice when ``node_modules`` is missing or KERN changed its themes.
    """
    kern = root / KERN
    kern_css = kern / "kern.min.css"
    if not kern_css.exists():
        raise BuildError(f"{kern_css} is missing: the front-end packages are not installed. Run: npm ci")
    css = kern_css.read_text(encoding="utf-8")
    if "@media (prefers-color-scheme: dark)" not in css or DARK_SELECTOR not in css:
        raise BuildError(
            "This version of KERN has other theme rules than 2.7; check static/css/dark.css first."
        )
    out = out or root / "var" / "frontend"
    (out / "vendor").mkdir(parents=True, exist_ok=True)
    fonts = build_fonts(kern, out / "vendor" / "fonts")
    write_if_changed(out / "vendor" / "kern.css", css)
    write_if_changed(out / "portal.css", build_portal_css(root / "static" / "css"))
    first_visit = [
        out / "vendor" / "kern.css",
        out / "portal.css",
        root / "static" / "icons.svg",
    ]
    first_visit += [font for font in fonts if font.stem.endswith("-latin")]
    return [measure(path) for path in first_visit]


def write_if_changed(path: Path, text: str) -> None:
    """Write ``text``, but keep the file's time stamp when nothing changed (browsers cache by it)."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def measure(path: Path) -> Asset:
    """Return the size of ``path`` in bytes, plain and as transferred (fonts are compressed already)."""
    content = path.read_bytes()
    transferred = len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6, mtime=0))
    return Asset(path, len(content), transferred)


def main() -> int:
    """Build, print the sizes in KB; return 1 when the build fails or the budget is exceeded."""
    try:
        assets = build(out=var_dir() / "frontend")
    except BuildError as error:
        print(f"Front end not built. {error}", file=sys.stderr)
        return 1
    total = sum(asset.transferred for asset in assets) + HTML_ALLOWANCE
    for asset in assets:
        print(
            f"  {asset.path.name:32} {asset.size / 1024:7.1f} KB, "
            f"transferred {asset.transferred / 1024:6.1f} KB"
        )
    print(
        f"First visit with {HTML_ALLOWANCE // 1024} KB of HTML: {total / 1024:.1f} KB of {BUDGET // 1024} KB"
    )
    if total > BUDGET:
        print("That is over the budget: shorten static/css or the fonts.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
