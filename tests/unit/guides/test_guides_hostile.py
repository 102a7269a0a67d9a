"""Names and intentions that look like structure, and templates that reach for more than they may."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import GuideError
from journal.guides import Guides
from journal.guides.forms import read_stages
from journal.guides.values import one_line, shown
from journal.model import GuideContext, Role

BUILT_IN = Path(__file__).parents[3] / "prompts" / "guides"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}"
HOSTILE = [
    "## Fake {#x}",
    "\n## Fake {#x}\nQ?",
    "> x",
    "\n> x",
    "- x",
    "\n\n- x\n\nx",
    "# x",
    "\r## Fake {#x}\r",
    "\u2028## Fake {#x}\u2029> y",
    "\x0b## Fake\x0c\x85> z\x1c",
    "{#x}",
    "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}",
    "<!-- x -->",
    "\U0010ff23\U0010ff23 Fake \U0010ff7b\U0010ff23x\U0010ff7d",
]


def skeleton(guides: Guides, key: str, context: GuideContext) -> list[tuple[str, str, bool, int]]:
    forms = (guides.form(key, context), guides.joint(key, context))
    return [
        (stage.key, stage.title, bool(stage.hint), len(stage.follow_ups)) for form in forms for stage in form.stages
    ]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("key", ["what-so-what-now-what", "exchange"])
def test_hostile_values_leave_built_in_forms_as_they_are(key, value, guides, context):
    plain = context(intentions=("a",), agreed=("a",))
    hostile = context(partner=value, writer=value, intentions=(value, value), agreed=(value,), phase=value)
    assert skeleton(guides, key, hostile) == skeleton(guides, key, plain)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_at_the_start_of_a_line_is_no_structure(value, both, write, context):
    write(
        mentee="## A\n{{ partner }} Q?\n> {{ partner }}\n- {{ partner }}\n"
        "## {{ partner }} Z\n{{ partner }}\n{{ intentions[0] }} Q?\n"
    )
    first, second = both.form("mine", context(partner=value, intentions=(value,))).stages
    folded = " ".join(first.hint.split())
    assert first.question == f"{folded} Q?"
    assert first.follow_ups == (folded,)
    assert second.title == f"{folded} Z"
    assert second.question == f"{folded} {folded} Q?"
    assert second.hint == ""
    assert second.follow_ups == ()
    assert "x" not in (first.key, second.key)


def test_a_filter_that_breaks_lines_makes_no_structure(both, write, context):
    write(mentee="## A\n{% filter wordwrap(8) %}{{ partner }}{% endfilter %}\n")
    [stage] = both.form("mine", context(partner="aaaaaaa ## Fake {#x} > hint - no")).stages
    assert stage.question == "aaaaaaa ## Fake {#x} > hint - no"


def test_a_value_kept_and_put_out_twice_stays_what_it_was(both, write, context):
    write(mentee="## A\n{% set x %}{{ partner }}{% endset %}\n{{ x }} {{ x | upper }}?\n")
    [stage] = both.form("mine", context(partner="#>-{}")).stages
    assert stage.question == "#>-{} #>-{}?"


@given(st.text())
def test_any_value_is_one_line_of_no_structure_and_comes_back(value):
    line = one_line(value)
    assert len(line.splitlines()) <= 1
    assert not set(line) & set("#>-{}")
    [stage] = read_stages(f"## A\n{line} Q?\n")
    assert stage.key == "a"
    assert stage.question == " ".join(f"{shown(line)} Q?".split())
    assert (stage.hint, stage.follow_ups) == ("", ())


@given(st.text(), st.text())
def test_any_name_and_intention_keep_the_built_in_stages(name, intention):
    context = GuideContext(
        writer=name,
        partner=name,
        role=Role.MENTEE,
        date="2026-11-20",
        intentions=(intention, intention),
        agreed=(intention,),
    )
    keys = [stage.key for stage in Guides([BUILT_IN]).form("what-so-what-now-what", context).stages]
    assert keys == ["what", "so-what", "now-what"]


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ partner.__init__.__globals__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(partner) }}",
        "{{ range.__self__ }}",
        "{{ earlier.clear() }}",
        "{{ earlier.update({'a': 'b'}) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__ }}",
        "{{ open('/etc/passwd').read() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../../../etc/passwd' %}",
        "{% include 'mine/../../secret.md' %}",
        "{% include 'mine/..' %}",
        "{% include 'mine\\\\..\\\\..\\\\secret.md' %}",
        "{% include 'C:/secret.md' %}",
        "{% include 'mine/.hidden' %}",
        "{% include '' %}",
        "{% include 'mine' %}",
        "{% extends '../secret.md' %}",
        "{% import '/etc/passwd' as p %}",
        "{% for i in range(10 ** 9) %}{% endfor %}",
    ],
)
def test_a_template_cannot_leave_the_sandbox(body, both, write, own, context):
    (own.parent / "secret.md").write_text("secret words", encoding="utf-8")
    folder = write(mentee=f"## A\nQ?\n{body}\n")
    (folder / ".hidden").write_text("secret words", encoding="utf-8")
    with pytest.raises(GuideError) as caught:
        both.form("mine", context(earlier={"a": "b"}))
    assert "mine/mentee.md.j2, line 3: " in caught.value.what.replace(os.sep, "/")
    assert "secret words" not in str(caught.value)
    assert "root:" not in str(caught.value)


def test_forbidden_attribute_is_named(both, write, context):
    write(mentee="## A\n{{ ''.__class__.__mro__ }}\n")
    with pytest.raises(GuideError, match=r"line 2: .*may not use \(“__class__”\)"):
        both.form("mine", context())


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_out_of_the_folder_is_not_followed(both, write, own, context):
    secret = own.parent / "secret.md"
    secret.write_text("## A\nsecret words?\n", encoding="utf-8")
    folder = write()
    (folder / "mentee.md.j2").unlink()
    (folder / "mentee.md.j2").symlink_to(secret)
    with pytest.raises(GuideError, match="leads elsewhere"):
        both.form("mine", context())


def test_a_form_without_end_is_stopped(both, write, context):
    write(mentee=f"## A\nQ?\n{ENDLESS}\n- words\n{{% endfor %}}{{% endfor %}}")
    with pytest.raises(GuideError, match=r"mine.mentee\.md\.j2: the form is longer than 200 kB"):
        both.form("mine", context())


def test_one_endless_line_is_refused_too(both, write, context):
    write(mentee="## A\n{{ 'x' * 200001 }}\n")
    with pytest.raises(GuideError, match="200 kB"):
        both.form("mine", context())


def test_listing_runs_no_template(both, write):
    write(mentee=f"## A\n{{{{ 1 // 0 }}}}\n{ENDLESS}{{% endfor %}}{{% endfor %}}")
    assert "mine" in [info.key for info in both.list()]


def test_the_context_is_left_as_it_was(both, write, context):
    write(mentee="## A\n{% set earlier = {} %}{% set partner = 'x' %}Q {{ partner }}?\n")
    given_context = context(earlier={"what": "a"})
    assert both.form("mine", given_context).stages[0].question == "Q x?"
    assert given_context.earlier == {"what": "a"}
    assert given_context.partner == "Priya"


def test_templates_run_without_bytecode_on_disk(tmp_path):
    code = (
        "import pathlib; from journal.guides import Guides; from journal.model import *\n"
        f"Guides([pathlib.Path({str(BUILT_IN)!r})]).form('exchange', "
        "GuideContext(writer='A', partner='', role=Role.MENTOR, date='2026-11-20'))"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
    assert list(tmp_path.iterdir()) == []
