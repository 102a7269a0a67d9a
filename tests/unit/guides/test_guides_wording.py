"""What every built-in guide owes the two people who answer it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from jinja2 import meta

from journal.guides import Guides
from journal.guides.files import GuideFiles
from journal.guides.rendering import environment
from journal.model import Form, GuideContext, Phase, Role

BUILT_IN = Path(__file__).parents[3] / "prompts" / "guides"
KEYS = sorted(path.name for path in BUILT_IN.iterdir() if path.is_dir())
DEFAULT = "what-so-what-now-what"
LEARN = re.compile(r"\blearn(s|ed|t|ing)?\b", re.IGNORECASE)
STAGES = {
    "what-so-what-now-what": [("what", "What"), ("so-what", "So what"), ("now-what", "Now what")],
    "exchange": [
        ("received", "Received"),
        ("offered", "Offered"),
        ("unexpected", "Unexpected"),
        ("mirrored", "Mirrored"),
    ],
}


def situations() -> list[GuideContext]:
    choices = itertools.product(
        Role, ("", "Priya"), ("", *Phase), ((), ("say no",), ("a", "b", "c")), ((), ("swap roles",))
    )
    return [
        GuideContext(
            writer="Ana",
            partner=partner,
            role=role,
            date="2026-11-20",
            solo=not partner,
            phase=phase,
            intentions=intentions,
            agreed=agreed,
        )
        for role, partner, phase, intentions, agreed in choices
    ]


def forms(guides: Guides, key: str) -> list[Form]:
    return [form for case in situations() for form in (guides.form(key, case), guides.joint(key, case))]


@pytest.mark.parametrize("key", KEYS)
def test_mentor_and_mentee_are_both_asked_what_they_learned(key, guides):
    for case in situations():
        questions = [stage.question for stage in guides.form(key, case).stages]
        assert any(LEARN.search(question) for question in questions), (case, questions)


@pytest.mark.parametrize("key", KEYS)
def test_both_roles_are_asked_as_much(key, guides, context):
    mentor, mentee = (guides.form(key, context(role=role)).stages for role in Role)
    assert [stage.key for stage in mentor] == [stage.key for stage in mentee]
    assert [len(stage.follow_ups) for stage in mentor] == [len(stage.follow_ups) for stage in mentee]
    for one, other in zip(mentor, mentee, strict=True):
        assert bool(LEARN.search(one.question)) == bool(LEARN.search(other.question))


@pytest.mark.parametrize("key", STAGES)
def test_stages_have_the_standard_names(key, guides):
    for form in forms(guides, key):
        assert [(stage.key, stage.title) for stage in form.stages] == STAGES[key]


@pytest.mark.parametrize("key", KEYS)
def test_each_question_asks_one_short_thing(key, guides):
    for form in forms(guides, key):
        for stage in form.stages:
            for question in (stage.question, *stage.follow_ups):
                assert question.count("?") == 1, question
                assert question.endswith("?"), question
                assert len(question.split()) <= 20, question


@pytest.mark.parametrize("key", KEYS)
def test_each_stage_has_a_short_hint_and_two_or_three_follow_ups(key, guides):
    for form in forms(guides, key):
        for stage in form.stages:
            assert 2 <= len(stage.follow_ups) <= 3, stage
            assert stage.hint
            assert len(re.findall(r"[.?](?:\s|$)", stage.hint)) <= 2, stage.hint
            assert len(stage.hint.split()) <= 30, stage.hint
            assert len({stage.question, *stage.follow_ups}) == 1 + len(stage.follow_ups)


@pytest.mark.parametrize("key", KEYS)
def test_words_are_tidy(key, guides):
    for form in forms(guides, key):
        for stage in form.stages:
            for text in (stage.title, stage.question, stage.hint, *stage.follow_ups):
                assert text == " ".join(text.split())
                assert text[0].isupper() or text[0] == "“"
                assert not re.search(r"[{}#<>\\]|\s[,.?;:]|\(\)", text), text
                assert not re.search(r"[\"“]\s|''|“”|None", text), text


@pytest.mark.parametrize("key", KEYS)
def test_nobody_is_named_without_a_partner(key, guides, context, as_text):
    for role in Role:
        text = as_text(guides.form(key, context(role=role, partner="")))
        assert "Priya" not in text
        assert "partner" not in text


@pytest.mark.parametrize("key", STAGES)
def test_the_partner_is_named_in_a_question(key, guides, context):
    for role in Role:
        assert any("Priya" in stage.question for stage in guides.form(key, context(role=role)).stages)


@pytest.mark.parametrize("role", Role)
def test_first_two_intentions_are_quoted_in_the_first_stage(role, guides, context):
    meant = ("say no once.", "ask Lea", "a third")
    hint = guides.form(DEFAULT, context(role=role, intentions=meant)).stages[0].hint
    assert "“say no once” and “ask Lea”" in hint
    assert "a third" not in hint
    assert "Last time" not in guides.form(DEFAULT, context(role=role)).stages[0].hint


def test_a_very_long_intention_is_cut(guides, context):
    hint = guides.form(DEFAULT, context(intentions=("word " * 200,))).stages[0].hint
    assert "…" in hint
    assert len(hint) < 180


@pytest.mark.parametrize("key", KEYS)
def test_joint_form_shows_nothing_of_one_writers_own(key, guides, context, as_text):
    own = context(intentions=("my secret plan",), earlier={"what": "my secret answer"}, agreed=("swap",))
    text = as_text(guides.joint(key, own))
    assert "secret" not in text
    assert ("“swap”" in text) or key not in STAGES


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*/*.j2")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_templates_use_only_what_a_guide_is_given(path):
    tree = environment(GuideFiles([BUILT_IN])).parse(path.read_text(encoding="utf-8"))
    assert meta.find_undeclared_variables(tree) <= set(GuideContext.__struct_fields__)
