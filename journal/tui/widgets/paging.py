"""Walking a page item by item, without ever jumping over the middle of a long one."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from journal.tui.widgets.item import Item


class ItemPage(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A page of items. The arrows walk the items, so only whole pages are scrolled by keys of its own."""

    BINDINGS = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]


def next_item(screen: Screen[Any], page: ItemPage) -> None:
    """Focus the next item; first scroll on while the one in focus goes on below the page's edge."""
    items = [item for item in screen.query(Item) if item.display]
    here = screen.focused if isinstance(screen.focused, Item) else None
    if here is not None and here.region.bottom > page.content_region.bottom:
        page.scroll_relative(y=max(1, page.content_region.height - 2), animate=False)
        return
    if not items:
        page.scroll_down(animate=False)
        return
    place = items.index(here) + 1 if here in items else 0
    if place < len(items):
        _go(items[place], page, from_top=True)
    else:
        page.scroll_end(animate=False)


def previous_item(screen: Screen[Any], page: ItemPage) -> None:
    """Focus the item before; first scroll back while the one in focus begins above the page's edge."""
    items = [item for item in screen.query(Item) if item.display]
    here = screen.focused if isinstance(screen.focused, Item) else None
    if here is not None and here.region.y < page.content_region.y:
        page.scroll_relative(y=-max(1, page.content_region.height - 2), animate=False)
        return
    if not items:
        page.scroll_up(animate=False)
        return
    place = items.index(here) - 1 if here in items else len(items) - 1
    if place >= 0:
        _go(items[place], page, from_top=False)
    else:
        page.scroll_home(animate=False)


def _go(item: Item, page: ItemPage, *, from_top: bool) -> None:
    item.focus(scroll_visible=False)
    tall = item.region.height > page.content_region.height
    page.scroll_to_widget(item, animate=False, top=tall and from_top)
