"""The one place that chooses adapters and hands the use cases to a face. No singletons: build as many as you like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from journal.clock import SystemClock
from journal.config import Settings, read_settings
from journal.paths import built_in_prompts, prompt_folders
from journal.store import FileDrafts, TinyStore, syncing_alone
from journal.usecases import Context, People, Reading, Sealing, Together, Writing

if TYPE_CHECKING:
    from journal.coach import Coach
    from journal.interchange import Exporter
    from journal.ports import Clock, Drafts, Guides
    from journal.sharing import Sharing


@dataclass(frozen=True)
class Bothways:
    """Everything a face may use, for one journal folder. What is costly to import is built when first used."""

    folder: Path
    settings: Settings
    context: Context

    @property
    def clock(self) -> Clock:
        return self.context.clock

    @property
    def drafts(self) -> Drafts:
        return self.context.drafts

    @property
    def guides(self) -> Guides:
        return self.context.guides

    @cached_property
    def people(self) -> People:
        return People(self.context)

    @cached_property
    def writing(self) -> Writing:
        return Writing(self.context, self.settings.guide)

    @cached_property
    def sealing(self) -> Sealing:
        return Sealing(self.context)

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.context)

    @cached_property
    def together(self) -> Together:
        return Together(self.context)

    @cached_property
    def coach(self) -> Coach:
        from journal.bank import Bank
        from journal.coach import Coach

        text = (built_in_prompts() / "bank" / "en.toml").read_text("utf-8")
        return Coach(Bank(text))

    @cached_property
    def sharing(self) -> Sharing:
        from journal.sharing import FolderSpace, Sharing

        return Sharing(
            self.context,
            lambda url: FolderSpace(Path(url)),
            journal=self.folder,
            alone=lambda: syncing_alone(self.folder),
        )

    @cached_property
    def exporter(self) -> Exporter:
        from journal.interchange import Exporter

        return Exporter(self.context, [folder / "export" for folder in prompt_folders(self.folder)])


def build(folder: Path, *, clock: Clock | None = None) -> Bothways:
    """The use cases over the journal in `folder`, which need not exist yet. Raises InvalidInput where its
    settings file cannot be read."""
    from journal.guides import Guides as JinjaGuides

    context = Context(
        store=TinyStore(folder),
        drafts=FileDrafts(folder / "drafts"),
        guides=JinjaGuides([f / "guides" for f in prompt_folders(folder)]),
        clock=clock or SystemClock(),
    )
    return Bothways(folder=folder, settings=read_settings(folder), context=context)
