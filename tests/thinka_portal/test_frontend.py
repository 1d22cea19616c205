"""The build of style sheets and fonts."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from thinka_portal import frontend

ALPHABETS = {
    "latin": "abcxyzäöüßÄÖÜẞéè„“–…€",
    "latin-ext": "łąęğşțőž",
    "cyrillic": "абвіїєґЮЯ",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder like the project's, built once: its root and the assets of a first visit."""
    if not (frontend.ROOT / frontend.KERN).exists():
        pytest.skip("the front-end packages are not installed (npm ci)")
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(frontend.ROOT / "static", root / "static")
    (root / "node_modules").symlink_to(frontend.ROOT / "node_modules")
    return root, frontend.build(root)


def test_a_first_visit_stays_within_the_budget(built):
    _root, assets = built
    assert sum(asset.transferred for asset in assets) + frontend.HTML_ALLOWANCE <= frontend.BUDGET


@pytest.mark.parametrize("weight", sorted(frontend.WEIGHTS))
@pytest.mark.parametrize("script", sorted(ALPHABETS))
def test_each_font_draws_its_writing_system(built, weight, script):
    root, _assets = built
    font = TTFont(root / "var/frontend/vendor/fonts" / f"fira-sans-{weight}-{script}.woff2")
    drawn = set(font.getBestCmap())
    assert {character for character in ALPHABETS[script] if ord(character) not in drawn} == set()


def test_the_style_sheet_follows_choice_and_system(built):
    root, _assets = built
    css = (root / "var/frontend/portal.css").read_text()
    assert "[data-kern-theme=dark]{--tp-accent:" in css
    system = css.split("@media (prefers-color-scheme:dark){")[1]
    assert system.startswith(":root:not([data-kern-theme]){--tp-accent:")


def test_a_second_build_writes_nothing(built):
    root, _assets = built
    folder = root / "var/frontend"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    frontend.build(root)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before


def test_missing_packages_are_said_with_the_remedy(tmp_path):
    with pytest.raises(frontend.BuildError, match="npm ci"):
        frontend.build(tmp_path)


def test_a_forgotten_style_sheet_stops_the_build(tmp_path):
    for name in frontend.STYLE_SHEETS:
        (tmp_path / f"{name}.css").write_text("")
    (tmp_path / "forgotten.css").write_text("a{}")
    with pytest.raises(frontend.BuildError, match="forgotten"):
        frontend.build_portal_css(tmp_path)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("/* why */ a { color : red ; }", "a{color :red}\n"),
        ("a :hover { margin: 0 auto; }", "a :hover{margin:0 auto}\n"),
        ('a::before { content: " /  "; }', 'a::before{content:" /  "}\n'),
        ("@media (min-width: 40em) { a, b { top: 0; } }", "@media (min-width:40em){a,b{top:0}}\n"),
    ],
)
def test_minify(css, expected):
    assert frontend.minify(css) == expected


def test_unicode_ranges_do_not_overlap():
    seen: set[int] = set()
    for name, text in frontend.UNICODE_RANGES.items():
        points = frontend.parse_unicode_range(text)
        assert not points & seen, name
        seen |= points
