"""Listing guides, finding one, and what `about.md` says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from journal.errors import GuideError, NotFound
from journal.guides import Guides
from journal.model import Phase

DEFAULT = "what-so-what-now-what"


def test_default_guide_comes_first_then_titles_in_order(both, write):
    write("zebra", about='+++\ntitle = "Aardvark"\nsummary = "s"\nsource = "m"\n+++\n')
    write("alpha", about='+++\ntitle = "zoo"\nsummary = "s"\nsource = "m"\n+++\n')
    keys = [info.key for info in both.list()]
    assert keys[:2] == [DEFAULT, "zebra"]
    assert keys.index("exchange") < keys.index("alpha")
    titles = [info.title.casefold() for info in both.list()[1:]]
    assert titles == sorted(titles)
    assert both.problems() == []


def test_built_in_guides_say_what_they_are(guides):
    assert guides.problems() == []
    for info in guides.list():
        assert info == guides.info(info.key)
        assert info.summary.count(".") == 1
        assert info.summary.endswith(".")
        assert info.when.endswith(".")
        assert 5 <= info.minutes <= 20
        assert info.source
    source = guides.info(DEFAULT).source
    assert all(name in source for name in ("Borton", "Driscoll", "Rolfe"))


def test_about_is_read_in_full(both, write):
    folder = write(
        about='\ufeff+++\r\ntitle = "T"\r\nsummary = "S."\r\nsource = "Me"\r\nwhen = "Now."\r\n'
        'minutes = 7\r\nphases = ["initiation", "separation"]\r\n+++\r\nWords.\r\n'
    )
    info = both.info("mine")
    assert (info.title, info.summary, info.source, info.when) == ("T", "S.", "Me", "Now.")
    assert info.minutes == 7
    assert info.phases == (Phase.INITIATION, Phase.SEPARATION)
    assert info.path == str(folder)


def test_unknown_guide_names_a_close_one_and_all(guides, context):
    for ask in (
        guides.info,
        lambda key: guides.form(key, context()),
        lambda key: guides.joint(key, context()),
    ):
        with pytest.raises(NotFound) as caught:
            ask("exchagne")
        assert caught.value.what == "There is no guide called “exchagne”."
        names = ", ".join(sorted(info.key for info in guides.list()))
        assert caught.value.hint == f"Did you mean “exchange”? The guides are: {names}."


@pytest.mark.parametrize("key", ["", ".", "..", "../guides/exchange", "exchange/", "exchange/../exchange", "/etc"])
def test_a_path_is_not_a_guide(key, guides, context):
    with pytest.raises(NotFound):
        guides.form(key, context())


def test_no_folders_hold_no_guides(tmp_path):
    for guides in (Guides([]), Guides([tmp_path / "absent"])):
        assert guides.list() == []
        assert guides.problems() == []
        with pytest.raises(NotFound, match="no guides at all"):
            guides.info("exchange")


def test_broken_guide_leaves_the_list_and_is_named(both, guides, write):
    write("fine")
    write("broken", mentor="## A\nWhat?\n{% if %}\n")
    assert {info.key for info in both.list()} == {info.key for info in guides.list()} | {"fine"}
    [problem] = both.problems()
    assert "broken/mentor.md.j2, line 3: " in problem.what


def test_guide_without_about_is_named(both, own):
    (own / "bare").mkdir()
    [problem] = both.problems()
    assert str(own / "bare" / "about.md") in problem.what
    assert "missing" in problem.what


def test_folder_with_an_unusable_name_is_named(both, guides, write):
    write("my guide")
    write("_drafts")
    write(".hidden")
    assert both.list() == guides.list()
    [problem] = both.problems()
    assert "my guide" in problem.what


def test_loose_files_are_no_guides(both, guides, own):
    (own / "notes.txt").write_text("x", encoding="utf-8")
    assert both.list() == guides.list()
    assert both.problems() == []


@pytest.mark.parametrize(
    ("about", "line", "reason"),
    [
        ("title = 1\n", 1, "does not begin"),
        ('+++\ntitle = "T"\n', 1, "ends the front matter"),
        ('+++\ntitle = "T"\nsummary = "S\n+++\n', 3, "not TOML"),
        ('+++\ntitle = "T"\nsummary = \n+++\n', 3, "not TOML"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\ncolour = "red"\n+++\n', 5, "“colour”"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\n[extra]\nx = 1\n+++\n', 5, "“extra”"),
        ('+++\ntitle = "T"\nsummary = "S"\n+++\n', 1, "“source” is missing"),
        ('+++\ntitle = "T"\nsummary = ""\nsource = "M"\n+++\n', 3, "“summary” is missing or empty"),
        ('+++\ntitle = 7\nsummary = "S"\nsource = "M"\n+++\n', 2, "“title” is not text"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\nminutes = "9"\n+++\n', 5, "“minutes”"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\nminutes = true\n+++\n', 5, "“minutes”"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\nminutes = 0\n+++\n', 5, "“minutes”"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\nphases = ["late"]\n+++\n', 5, "“phases”"),
        ('+++\ntitle = "T"\nsummary = "S"\nsource = "M"\nphases = "initiation"\n+++\n', 5, "“phases”"),
        (b'+++\ntitle = "T"\nsummary = "\xff"\n+++\n', 3, "not UTF-8"),
        ("", 1, "does not begin"),
    ],
)
def test_broken_about_names_file_and_line(about, line, reason, both, write):
    folder = write(about=about)
    with pytest.raises(GuideError) as caught:
        both.info("mine")
    assert caught.value.what.startswith(f"{folder / 'about.md'}, line {line}: ")
    assert reason in caught.value.what


def test_importing_the_room_does_not_import_jinja():
    code = "import sys, journal.guides; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
