"""Markdown out: one readable file a session, or one for all, to keep or to share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from journal.errors import BothwaysError, NotAllowed
from journal.interchange.disk import require_folder, require_writable, write_if_changed
from journal.interchange.frontmatter import front_matter
from journal.interchange.markdown import inline, long_day
from journal.interchange.material import Material, read_material
from journal.interchange.names import file_stem, without_collisions
from journal.interchange.pages import Typing, make_page
from journal.interchange.properties import book_properties, page_properties
from journal.interchange.sides import Side, opened, seen_by_other, to_share, whole
from journal.interchange.views import Book, Chapter, Page
from journal.model import Pair, Status
from journal.usecases import Context, Reading
from journal.usecases.context import me
from journal.wording import export as wording

if TYPE_CHECKING:
    from journal.interchange.rendering import Renderer


class ExportReport(Struct, frozen=True, kw_only=True):
    """What an export did. `written` are files that are new or changed, `unchanged` those that were right already;
    `reflections` and `opened` count the writer's own and the partner's entries in them."""

    place: Path
    written: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()
    reflections: int = 0
    opened: int = 0
    to_share: bool = False

    @property
    def sentence(self) -> str:
        """What to tell the writer."""
        if not self.written and not self.unchanged:
            return wording.NOTHING_SHARED if self.to_share else wording.NOTHING_YET
        said = []
        if self.written:
            said.append(wording.WRITTEN.format(files=wording.files(len(self.written)), place=self.place))
        if self.unchanged:
            said.append(wording.UNCHANGED.format(files=wording.files(len(self.unchanged)), place=self.place))
        return " ".join(said)


class _Choice(Struct, frozen=True, kw_only=True):
    single: bool
    only: str | None
    to_share: bool
    include_partner: bool
    pair: Pair | None


class _Sheet(Struct, frozen=True, kw_only=True):
    """A page on its way: what it is made of, and the name its file would have."""

    name: str
    material: Material
    sides: list[Side]


class _Document(Struct, frozen=True, kw_only=True):
    name: str
    text: str


class Exporter:
    """Writes the journal as Markdown.

    `folders` are searched in order for the templates `session.md.j2`, `solo.md.j2` and `journal.md.j2` (a single
    file of many pages) and for the pieces they include; any of them can be replaced in an earlier folder.
    """

    def __init__(self, context: Context, folders: Sequence[Path]) -> None:
        self._ = context
        self._folders = tuple(folders)

    def export_markdown(
        self,
        dest: Path,
        *,
        single: bool = False,
        only: str | None = None,
        to_share: bool = False,
        include_partner: bool = False,
        pair: Pair | None = None,
    ) -> ExportReport:
        """Write the journal, or the `pair`'s part of it, or the `only` reflection, into the folder `dest`; with
        `single` into the file `dest`.

        Everything the writer wrote, private things marked, and what the partner opened. With `to_share` shared
        words only, without titles, replies or a trace of anything else; the partner's words and the exchange
        then only with `include_partner`. A file that is right already is not touched, and nothing is deleted.

        Raises NotFound and Ambiguous for `only`, NotAllowed where it shares nothing, GuideError for a template,
        InvalidInput and StoreUnavailable for a place that cannot be written; nothing was written then, unless
        the disk failed on the way.
        """
        place = dest.expanduser().absolute()
        choice = _Choice(single=single, only=only, to_share=to_share, include_partner=include_partner, pair=pair)
        sheets = self._sheets(choice)
        targets = [place] if single else [place / sheet.name for sheet in sheets]
        require_folder(place.parent if single else place)
        for target in targets:
            require_writable(target)
        written: list[Path] = []
        unchanged: list[Path] = []
        for target, document in zip(targets, self._documents(sheets, choice), strict=bool(sheets)):
            changed = write_if_changed(target, document.text.encode("utf-8", "replace"))
            (written if changed else unchanged).append(target)
        return ExportReport(
            place=place,
            written=tuple(written),
            unchanged=tuple(unchanged),
            reflections=sum(side.mine for sheet in sheets for side in sheet.sides),
            opened=sum(not side.mine for sheet in sheets for side in sheet.sides),
            to_share=to_share,
        )

    def preview_to_share(
        self,
        *,
        single: bool = False,
        only: str | None = None,
        include_partner: bool = False,
        pair: Pair | None = None,
    ) -> str:
        """Exactly the text that `export_markdown(…, to_share=True)` would write; "" where it would write nothing.

        Several files follow each other, each under a line with its name. Raises what `export_markdown` raises
        before it looks at the disk.
        """
        choice = _Choice(single=single, only=only, to_share=True, include_partner=include_partner, pair=pair)
        documents = self._documents(self._sheets(choice), choice)
        if len(documents) == 1:
            return documents[0].text
        return "\n".join(f"{wording.PREVIEW_FILE.format(name=d.name)}\n\n{d.text}" for d in documents)

    # --- what goes in ----------------------------------------------------------------------------------

    def _sheets(self, choice: _Choice) -> list[_Sheet]:
        wanted = Reading(self._).get(choice.only).id if choice.only is not None else None
        writer = me(self._.store).name
        materials = read_material(self._.store)
        sheets = []
        for material, name in zip(materials, _names(materials, choice.to_share), strict=True):
            if wanted is not None:
                if all(r.id != wanted for r in material.own):
                    continue
                material = replace(material, own=tuple(r for r in material.own if r.id == wanted))
            elif choice.pair is not None and (material.pair is None or material.pair.id != choice.pair.id):
                continue
            sides = _shared_sides(material, writer, choice) if choice.to_share else _all_sides(material, writer)
            if sides:
                sheets.append(_Sheet(name=name, material=material, sides=sides))
        if wanted is not None and not any(side.mine for sheet in sheets for side in sheet.sides):
            raise NotAllowed(wording.NOT_SHARED.format(id=wanted), wording.NOT_SHARED_HINT)
        return sheets

    # --- pages -----------------------------------------------------------------------------------------

    def _documents(self, sheets: list[_Sheet], choice: _Choice) -> list[_Document]:
        """The files' texts, each sheet's own or one for all. A single page makes the same file either way."""
        if not sheets:
            return []
        from journal.interchange.rendering import Renderer

        renderer = Renderer(self._folders)
        writer = me(self._.store).name
        titles: dict[str, str] = {}
        rendered = [self._rendered(sheet, renderer, titles, writer, choice.to_share) for sheet in sheets]
        if choice.single and len(sheets) > 1:
            return [self._book(sheets, rendered, renderer, writer, choice.to_share)]
        return [
            _Document(
                name=sheet.name,
                text=front_matter(page_properties(sheet.material, sheet.sides, for_others=choice.to_share))
                + "\n"
                + body,
            )
            for sheet, (_, body) in zip(sheets, rendered, strict=True)
        ]

    def _rendered(
        self, sheet: _Sheet, renderer: Renderer, titles: dict[str, str], writer: str, for_others: bool
    ) -> tuple[Page, str]:
        page = make_page(
            sheet.material,
            sheet.sides,
            writer=writer,
            guide_title=lambda key: self._guide_title(key, titles),
            typing={} if for_others else self._typing(sheet),
            for_others=for_others,
        )
        body = renderer.render("session.md.j2" if sheet.material.key else "solo.md.j2", page=page)
        return page, body if body.endswith("\n") else body + "\n"

    def _book(
        self, sheets: list[_Sheet], rendered: list[tuple[Page, str]], renderer: Renderer, author: str, for_others: bool
    ) -> _Document:
        materials = [sheet.material for sheet in sheets]
        partners = list(dict.fromkeys(m.pair.partner for m in materials if m.pair))
        book = Book(
            author=inline(author),
            partners=tuple(inline(name) for name in partners),
            first=long_day(materials[0].day),
            last=long_day(materials[-1].day),
            for_others=for_others,
            chapters=tuple(Chapter(page=page, body=body) for page, body in rendered),
        )
        properties = front_matter(book_properties(author, partners, materials))
        return _Document(
            name=f"{file_stem(author)}.md", text=f"{properties}\n{renderer.render('journal.md.j2', book=book)}"
        )

    def _typing(self, sheet: _Sheet) -> dict[str, Typing]:
        return {
            side.id: {slot: draft.text for slot, draft in self._.drafts.load(side.id).items()}
            for side in sheet.sides
            if side.mine
        }

    def _guide_title(self, key: str, known: dict[str, str]) -> str:
        if key not in known:
            try:
                known[key] = self._.guides.info(key).title
            except BothwaysError:
                # A guide may be gone or broken; what was written with it is not.
                known[key] = key
        return known[key]


def _all_sides(material: Material, writer: str) -> list[Side]:
    sides = [whole(reflection, writer) for reflection in material.own]
    return sides + [opened(r, r.entry) for r in material.theirs if r.entry is not None]


def _shared_sides(material: Material, writer: str, choice: _Choice) -> list[Side]:
    sides = [
        to_share(
            seen_by_other(reflection, writer),
            mine=True,
            day=material.day,
            session=material.key,
            draft=reflection.status is Status.DRAFT,
        )
        for reflection in material.own
    ]
    if choice.include_partner:
        sides += [
            to_share(r.entry, mine=False, day=material.day, session=material.key)
            for r in material.theirs
            if r.entry is not None
        ]
    return [side for side in sides if not side.empty]


def _names(materials: list[Material], for_others: bool) -> list[str]:
    """The files' names in the order of the materials. Sessions choose before notes and older ones before newer,
    so that a name stays as it is when more is written."""
    wanted = []
    for material in materials:
        if material.key:
            day = material.day.isoformat() + (f"-{material.number}" if material.number > 1 else "")
            pair = material.pair
            entry = material.own[0].pair if material.own else material.theirs[0].pair
            known = (pair.partner if pair else "") or entry
            wanted.append((file_stem(day, known), pair.id if pair else entry))
        else:
            note = material.own[0]
            title = "" if for_others else note.title
            wanted.append((file_stem(material.day.isoformat(), title or note.id), note.id))
    order = sorted(
        range(len(materials)),
        key=lambda n: (not materials[n].key, _age(materials[n]), wanted[n]),
    )
    chosen = without_collisions(wanted[n] for n in order)
    return [name for _, name in sorted(zip(order, chosen, strict=True))]


def _age(material: Material) -> tuple[str, str]:
    pair = material.pair
    # Two pairs of one name: the older pair's sessions keep the plain names throughout.
    return (pair.created.isoformat() if pair and material.key else "", material.created.isoformat())
