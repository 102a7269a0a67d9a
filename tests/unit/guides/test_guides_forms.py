"""The shape of a form, and templates that do not keep to it."""

from __future__ import annotations

import pytest

from journal.errors import GuideError
from journal.guides.forms import read_stages
from journal.model import Stage


def test_a_whole_stage():
    [stage] = read_stages("\n## So  what {#so-what}\n\nWhat did\nyou learn?\n\n> One.\n> Two.\n\n- A?\n- B\n  and C?\n")
    assert stage == Stage(
        key="so-what",
        title="So what",
        question="What did you learn?",
        hint="One. Two.",
        follow_ups=("A?", "B and C?"),
    )


@pytest.mark.parametrize(
    ("title", "key"),
    [("So what", "so-what"), ("  Now,  what?! ", "now-what"), ("Що далі", "що-далі"), ("A_b", "a-b")],
)
def test_key_is_made_from_the_title(title, key):
    assert read_stages(f"## {title}\nQ?\n")[0].key == key


def test_jinja_comments_are_markdown_comments(both, write, context):
    write(mentee="<!-- {{ nonsense }} -->\n## A {#a}<!-- x -->\nQ?\n")
    assert both.form("mine", context()).stages == (Stage(key="a", title="A", question="Q?"),)


@pytest.mark.parametrize(
    ("form", "line", "reason"),
    [
        ("", 1, "no stage"),
        ("\n\n", 1, "no stage"),
        ("Hello\n## A\nQ?\n", 1, "before the first stage"),
        ("## A\nQ?\n## B\n> only a hint\n", 3, "no question"),
        ("## A\nQ?\n\n## B {#a}\nQ?\n", 4, "same key: “a”"),
        ("## A\nQ?\n\n## A\nQ?\n", 4, "same key"),
        ("## A\nQ?\n\nAnother?\n", 4, "more than one question"),
        ("## A\nQ?\n> hint\nstray\n", 4, "more than one question"),
        ("## A\nQ?\n- b?\nstray\n", 4, "more than one question"),
        ("# A\nQ?\n", 1, "begins with “## ”"),
        ("## A\nQ?\n### B\nQ?\n", 3, "begins with “## ”"),
        ("##A\nQ?\n", 1, "begins with “## ”"),
        ("## {#a}\nQ?\n", 1, "no title"),
        ("## A {#So What}\nQ?\n", 1, "small letters"),
        ("## A {#}\nQ?\n", 1, "small letters"),
        ("## ?!\nQ?\n", 1, "needs a key"),
        ("{% if partner %}\n## A\nQ?\n{% endif %}\n{% if solo %}\nx\n{% endif %}\n## B\n", 8, "no question"),
        ("## A\n{% if solo %}\nQ?\n{% endif %}\n> h\n", 1, "no question"),
        ("{% for i in (1, 2) %}\n## {{ partner }}\nQ?\n{% endfor %}\n", 2, "same key"),
        ("## A\nQ?\n## {{ partner }} and {{ writer }}{# x #}\n> h\n", 3, "small letters"),
        ("## A\nQ?\n## {{ partner }} and {{ writer }}\n> h\n", 3, "no question"),
        ("## A\nQ?\n{{ ghost }}\n", 3, "no variable “ghost”"),
        ("## A\nQ?\n{% if solo %}{{ ghost }}{% endif %}\n", 3, "no variable “ghost”"),
        ("## A\nQ?\n{{ earlier.ghost }}\n", 3, "“ghost” is not there"),
        ("## A\n\n{{ intentions[0] }}\n", 3, "not there"),
        ("## A\nQ?\n{% if %}\n", 3, "expected"),
        ("## A\nQ?\n{% for x in agreed %}\n", 3, "end of template"),
        ("## A\nQ?\n{{ partner | shout }}\n", 3, "shout"),
        ("## A\n{{ 1 // 0 }}\n", 2, "ZeroDivisionError"),
        ("## A\n\n{% include 'mine/nothing.md' %}\n", 3, "no file “mine/nothing.md”"),
        (b"## A\nQ?\n\xe9\n", 3, "not UTF-8"),
    ],
)
def test_broken_form_names_file_and_line(form, line, reason, both, write, context):
    folder = write(mentee=form)
    with pytest.raises(GuideError) as caught:
        both.form("mine", context())
    assert caught.value.what.startswith(f"{folder / 'mentee.md.j2'}, line {line}: ")
    assert reason in caught.value.what
    assert "\n" not in caught.value.what


def test_built_in_file_is_named_from_prompts_on(tmp_path, context):
    from journal.guides import Guides

    folder = tmp_path / "prompts" / "guides" / "x"
    folder.mkdir(parents=True)
    (folder / "about.md").write_text('+++\ntitle="T"\nsummary="S"\nsource="M"\n+++\n', encoding="utf-8")
    (folder / "mentee.md.j2").write_text("## A\nQ?\n{{ ghost }}\n", encoding="utf-8")
    with pytest.raises(GuideError) as caught:
        Guides([tmp_path / "own", tmp_path / "prompts" / "guides"]).form("x", context())
    assert caught.value.what == "prompts/guides/x/mentee.md.j2, line 3: there is no variable “ghost”."
    assert "writer, partner, role" in caught.value.hint


def test_error_in_an_included_file_names_that_file(both, write, context):
    folder = write(mentee="## A\nQ?\n{% include 'mine/part.md.j2' %}\n")
    (folder / "part.md.j2").write_text("\n\n{{ ghost }}\n", encoding="utf-8")
    with pytest.raises(GuideError) as caught:
        both.form("mine", context())
    assert caught.value.what.startswith(f"{folder / 'part.md.j2'}, line 3: ")


def test_missing_form_is_named(both, write, context):
    folder = write()
    (folder / "joint.md.j2").unlink()
    with pytest.raises(GuideError, match="is missing") as caught:
        both.joint("mine", context())
    assert str(folder / "joint.md.j2") in caught.value.what
    assert both.form("mine", context()).stages


def test_errors_hold_no_answer(both, write, context):
    secret = "my-secret-words"
    for form in (
        "## {{ earlier.what }}\nQ?\n## {{ earlier.what }}\nQ?\n",
        "## A\n{{ agreed[earlier.what] }}\n",
        "## A\n{{ {}[earlier.what] }}\n",
        "## A\n{% include earlier.what %}\n",
        "## A\n{{ '' | attr(earlier.what) }}\n",
        "## A\n{{ range(earlier.what) }}\n",
        "## A\n{{ 1 | attr('__' ~ earlier.what ~ '__') }}\n",
    ):
        write(mentee=form)
        with pytest.raises(GuideError) as caught:
            both.form("mine", context(earlier={"what": secret}))
        assert secret not in str(caught.value), form
        assert caught.value.__suppress_context__
