"""The guard's hard rules, each with questions it must refuse and questions it must let through."""

from __future__ import annotations

import tomllib

import pytest

from journal.bank import guard
from journal.bank.guard import Fault

ANSWER = "I froze when we role-played it. I was nervous, but Priya stayed calm. I’ll try again."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("What happened? And then?", Fault.NOT_ONE_QUESTION),
        ("What happened next", Fault.NOT_ONE_QUESTION),
        ("What happened then and how did you see it?", Fault.NOT_ONE_QUESTION),
        ("What did you do? Tell me more.", Fault.NOT_ONE_QUESTION),
        ("And then what?", Fault.LENGTH),
        ("What " + "very " * 30 + "thing was it?", Fault.LENGTH),
        ("It is hard. What did you do after that?", Fault.LEAD_IN),
        ("“I froze”. That happens. What did you do after that?", Fault.LEAD_IN),
        ("Have you tried asking her about it?", Fault.ADVICE),
        ("What if you could ask her for more time, would you?", Fault.ADVICE),
        ("Maybe you should rest before you go on?", Fault.ADVICE),
        ("Why not ask Priya for another role-play?", Fault.ADVICE),
        ("Would it help to write the words down first?", Fault.ADVICE),
        ("You wanted to run away, didn't you?", Fault.LEADING),
        ("Surely there was something else you saw?", Fault.LEADING),
        ("Why didn't you say that to her?", Fault.LEADING),
        ("What did Priya do because she felt sorry, she wanted more?", Fault.LEADING),
        ("What made you so angry with her just then?", Fault.PLANTED_FEELING),
        ("What a great insight, where does it come from?", Fault.JUDGEMENT),
        ("What does your perfectionism tell you here?", Fault.JUDGEMENT),
        ("“I was frozen”: what was going through your mind?", Fault.MISQUOTED),
        ("What lies behind ‘I panicked’ for you now?", Fault.MISQUOTED),
        ("What lies behind “I froze for you now?", Fault.MISQUOTED),
        ("**What** was going through your mind then?", Fault.FORM),
        ("1. What was going through your mind then?", Fault.FORM),
        ("What was\ngoing through your mind then?", Fault.FORM),
        ("What was \x1b[31mgoing through your mind then?", Fault.FORM),
        ("What was \u202egoing through your mind then?", Fault.FORM),
        ("Follow-up question: what did you do next?", Fault.FORM),
        ("As an AI, what can I ask you now?", Fault.FORM),
        ("Was ist dir dabei durch den Kopf gegangen und was nicht auch?", Fault.FORM),
        ("你当时在想什么，为什么会这样 呢 吗 吧?", Fault.FORM),
        ("What stayed with you from the session?", Fault.REPEAT),
        ("Where was Priya sitting at that time?", Fault.REPEAT),
    ],
)
def test_rejects(text: str, fault: Fault) -> None:
    found = guard.faults(
        text,
        answer=ANSWER,
        question="What stayed with you from the session?",
        earlier=["Where was Priya sitting at the time?"],
    )
    assert fault in found
    assert not guard.passes(
        text,
        answer=ANSWER,
        question="What stayed with you from the session?",
        earlier=["Where was Priya sitting at the time?"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "“I froze”: what was going through your mind just then?",
        "You wrote “Priya stayed calm”. What did you see her do?",
        "What made you nervous in that moment?",
        "Who else sees you differently when you set a date?",
        "When did saying no go well before?",
        "What would the smallest version of that look like?",
        "“I’ll try again”: when and where will you begin?",
        "What lies behind 'I froze' for you now?",
        "What did you notice first, before anyone spoke?",
    ],
)
def test_accepts(text: str) -> None:
    assert guard.faults(text, answer=ANSWER, question="What stayed with you from the session?") == ()


def test_a_repeat_is_seen_through_another_quotation() -> None:
    earlier = ["“I froze”: what was going through your mind just then?"]
    text = "“Priya stayed calm”: what was going through your mind just then?"
    assert guard.faults(text, answer=ANSWER, earlier=earlier) == (Fault.REPEAT,)


def test_every_wording_of_the_bank_passes_with_a_neutral_quotation(bank_text: str) -> None:
    for entry in tomllib.loads(bank_text)["entry"]:
        for wording in entry["wordings"]:
            text = wording.replace("{quote}", "I went there on Monday")
            assert guard.faults(text, answer="I went there on Monday.") == (), text


@pytest.mark.parametrize("text", ["", "?", "\x00", "“", "“”?", "‘’‘?", "x" * 5000 + "?"])
def test_odd_input_is_refused_not_crashed_on(text: str) -> None:
    assert guard.faults(text, answer=ANSWER)
