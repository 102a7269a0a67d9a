"""Words inside a page: dynamic text cannot become structure, and an answer cannot swallow what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from journal.interchange.markdown import closers, excerpt, inline
from journal.interchange.markers import write_mark

READER = MarkdownIt("commonmark")
SENTINEL = "## After all that"

BITS = st.sampled_from(
    "```|````|~~~|``` python|> ```|- ```|- a|  ```|   ~~~|1. x|    ```||words|`x`|<pre>|</pre>|<!--|-->|<script>|"
    "<?php|<![CDATA[|> q|\t```|---|```x`".split("|")
)


def rendered(text: str) -> str:
    """What a Markdown reader makes of an exported answer with a heading behind it."""
    tail = closers(text)
    block = write_mark("turn", {"id": "a"}, text) + (f"\n{tail}" if tail else "")
    return READER.render(f"**Question?**\n\n{block}\n\n{SENTINEL}\n")


@pytest.mark.parametrize(
    "text",
    [
        "```\nnever closed",
        "````\n```\nstill open",
        "~~~ python\nx",
        "- item\n  ```\n  in a list\n",
        "- item\n  ```\n  code\n```",
        "> ```\n> quoted",
        "<pre>\nraw",
        "<textarea>\n\nraw",
        "<!-- never closed",
        "<?php\n\nopen",
        "<![CDATA[\n\nopen",
    ],
)
def test_what_an_answer_leaves_open_ends_with_it(text):
    assert "<h2>After all that</h2>" in rendered(text)


@pytest.mark.parametrize(
    "text", ["plain", "```\ncode\n```", "~~~\n```\n~~~", "`x` and ``` y ``` inline", "<pre>x</pre>"]
)
def test_nothing_follows_an_answer_that_closes_what_it_opens(text):
    assert closers(text) == ""


@given(st.lists(BITS, max_size=8).map("\n".join))
def test_no_answer_swallows_the_heading_behind_it(text):
    assert "<h2>After all that</h2>" in rendered(text)


@pytest.mark.parametrize("opener", ["%%", "$$\nx"])
def test_obsidians_own_blocks_are_closed(opener):
    assert opener[:2] in closers(f"one {opener}" if opener == "%%" else opener)


@given(st.text())
def test_a_heading_stays_one_heading(text):
    words = inline(f"Q {text}")
    html = READER.render(f"# {words}\n\nnext\n")
    assert html.count("<h1>") == 1
    assert html.startswith("<h1>Q")
    assert html.endswith("</h1>\n<p>next</p>\n")


@given(st.text(alphabet="*_`[]()<>!#~|-+.0123\\&;ab \n"))
def test_bold_words_hold_no_markup(text):
    words = inline(text)
    tokens = READER.parseInline(words)[0].children or []
    assert {t.type for t in tokens} <= {"text", "text_special"}
    assert "".join(t.content for t in tokens) == " ".join(text.split())


def test_an_excerpt_is_cut_between_words():
    assert excerpt("one two three", 8) == "one two…"
    assert excerpt("x" * 80) == "x" * 70 + "…"
