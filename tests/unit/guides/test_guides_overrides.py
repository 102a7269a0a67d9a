"""A writer's own files over the built-in ones, file by file."""

from __future__ import annotations

import os

import pytest

from journal.errors import GuideError


def test_one_file_replaces_one_file(both, guides, own, context):
    (own / "exchange").mkdir()
    (own / "exchange" / "mentee.md.j2").write_text("## Mine\nWhat did you learn?\n", encoding="utf-8")
    assert [stage.title for stage in both.form("exchange", context()).stages] == ["Mine"]
    assert both.joint("exchange", context()) == guides.joint("exchange", context())
    assert both.info("exchange") == guides.info("exchange")
    assert both.problems() == []


def test_about_alone_can_be_replaced(both, guides, own, context):
    (own / "exchange").mkdir()
    about = '+++\ntitle = "Tausch"\nsummary = "S."\nsource = "M"\n+++\n'
    (own / "exchange" / "about.md").write_text(about, encoding="utf-8")
    assert both.info("exchange").title == "Tausch"
    form = both.form("exchange", context())
    assert form.title == "Tausch"
    assert form.stages == guides.form("exchange", context()).stages


def test_an_edited_guide_is_read_again(both, write, context):
    folder = write(mentee="## A\nBefore?\n")
    assert both.form("mine", context()).stages[0].question == "Before?"
    (folder / "mentee.md.j2").write_text("## A\nAfterwards?\n", encoding="utf-8")
    assert both.form("mine", context()).stages[0].question == "Afterwards?"


def test_an_override_made_later_is_found(both, own, context):
    assert len(both.form("exchange", context()).stages) == 4
    (own / "exchange").mkdir()
    path = own / "exchange" / "mentee.md.j2"
    path.write_text("## Mine\nWhat did you learn?\n", encoding="utf-8")
    assert len(both.form("exchange", context()).stages) == 1
    path.unlink()
    assert len(both.form("exchange", context()).stages) == 4


def test_own_guide_can_include_a_built_in_form(both, write, guides, context):
    write(mentee="{% include 'exchange/mentee.md.j2' %}\n## More\nQ?\n")
    stages = both.form("mine", context()).stages
    assert stages[:-1] == guides.form("exchange", context()).stages
    assert stages[-1].key == "more"


def test_an_override_that_includes_itself_is_an_error(both, own, context):
    (own / "exchange").mkdir()
    path = own / "exchange" / "mentee.md.j2"
    path.write_text("{% include 'exchange/mentee.md.j2' %}\n", encoding="utf-8")
    with pytest.raises(GuideError, match=r"line 1: .*RecursionError"):
        both.form("exchange", context())


def test_templates_may_use_earlier_answers(both, write, context):
    write(mentee='## A\n{% if earlier["so-what"] %}\nYou wrote “{{ earlier["so-what"] }}”?\n{% endif %}\n')
    form = both.form("mine", context(earlier={"so-what": "a\n\n## b"}))
    assert form.stages[0].question == "You wrote “a ## b”?"


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs symbolic links")
def test_a_linked_guide_folder_works_as_a_whole(tmp_path, write, own, context):
    from journal.guides import Guides

    write()
    (tmp_path / "link").symlink_to(own)
    assert Guides([tmp_path / "link"]).form("mine", context()).stages
