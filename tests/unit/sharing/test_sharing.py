"""Two journals over one folder."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.errors import InvalidInput, NotAllowed, NotFound, SpaceError, StoreUnavailable
from journal.model import JointLine, LineKind, Outgoing, Pair, Person, Received, ReceivedState, Role, Status, Visibility
from journal.sharing import FolderSpace, Invitation, Sharing
from journal.sharing.sharing import place
from journal.store import lock
from journal.usecases import SideState, read_given
from journal.usecases.announce import Op, OpKind, digest, emit, op_name
from tests.conftest import PairOfTwo
from tests.unit.usecases.helpers import KEY, texts, write

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


def everything(folder: Path) -> bytes:
    """Every byte and every name below a folder."""
    paths = sorted(folder.rglob("*"))
    return b"\n".join(str(p).encode() + (p.read_bytes() if p.is_file() else b"") for p in paths)


def files(folder: Path, part: str) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.parent.name == part)


def trouble(app: Bothways) -> str:
    return " ".join(r.trouble for r in app.sharing.sync())


def received(app: Bothways) -> Received:
    (one,) = app.context.store.all(Received)
    return one


# --- blind first, then together -----------------------------------------------------------------------


def test_words_leave_only_after_both_announced(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    mine = write(ana, "ANAWORDS", gains=[{"kind": "skill", "text": "ANAGAIN"}], seal=True)
    write(priya, "PRIYADRAFT")
    for _ in range(3):
        pair_of_two.sync()
        assert b"ANA" not in everything(folder)
        assert b"PRIYADRAFT" not in everything(folder)
    assert priya.together.review(KEY).their_state is SideState.SEALED
    assert received(priya).entry is None
    assert ana.sealing.can_unseal(mine.id)

    priya.sealing.seal(priya.reading.reflections()[0].id)
    assert b"ANAWORDS" not in everything(folder)
    priya.sharing.sync()
    # Priya sealed last: hers may leave at once, Ana's once her machine has seen that.
    assert b"PRIYADRAFT" in everything(folder)
    assert b"ANAWORDS" not in everything(folder)
    report = ana.sharing.sync()[0]
    assert report.opened == report.sealed == [str(KEY)]
    assert b"ANAWORDS" in everything(folder)
    assert texts(ana.together.review(KEY).theirs) == ["PRIYADRAFT"]
    priya.sharing.sync()
    assert texts(priya.together.review(KEY).theirs) == ["ANAWORDS"]
    for app in (ana, priya):
        assert app.reading.reflections()[0].status is Status.OPEN
        assert not app.sealing.can_unseal(app.reading.reflections()[0].id)


def test_one_round_pulls_then_pushes_all_that_is_due(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    write(priya, "p", seal=True)
    priya.sharing.sync()
    write(ana, "a", seal=True)
    report = ana.sharing.sync()[0]
    assert (report.pulled, report.pushed) == (1, 3)
    assert ana.context.store.all(Outgoing) == []
    report = priya.sharing.sync()[0]
    assert report.opened == [str(KEY)]


def test_private_words_are_in_no_byte_of_the_folder(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    r = write(
        ana, "shown", "MARKER one", "MARKER two", visibility="private",
        gains=[{"kind": "skill", "text": "MARKER gain"}], offers=[{"kind": "skill", "text": "MARKER offer"}],
        intentions=[{"text": "MARKER intention"}],
    )  # fmt: skip
    ana.writing.set_title(r.id, "MARKER title")
    ana.sealing.seal(r.id, shared={r.turns[0].id})
    write(priya, "p", seal=True)
    pair_of_two.sync()
    ana.writing.edit(r.id, r.turns[1].id, "MARKER edited")
    before = everything(folder)
    pair_of_two.sync()
    assert everything(folder) == before
    assert b"shown" in before
    assert b"MARKER" not in before
    ana.writing.edit(r.id, r.turns[0].id, "shown anew")
    pair_of_two.sync()
    assert b"shown anew" in everything(folder)
    assert b"MARKER" not in everything(folder)
    assert texts(priya.together.review(KEY).theirs) == ["shown anew"]


def test_sealing_with_nothing_shared_opens_the_others_words(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    write(ana, "given", seal=True)
    write(priya, "kept", visibility="private", seal=True)
    pair_of_two.sync()
    assert texts(priya.together.review(KEY).theirs) == ["given"]
    review = ana.together.review(KEY)
    assert review.ready
    assert texts(review.theirs) == []


def test_opening_early_is_for_ones_own_words(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    r = write(ana, "ANAEARLY", seal=True)
    write(priya, "PRIYAWORDS")
    ana.sealing.open_early(r.id)
    pair_of_two.sync()
    assert texts(priya.together.review(KEY).theirs) == ["ANAEARLY"]
    assert b"PRIYAWORDS" not in everything(folder)
    assert ana.together.review(KEY).their_state is SideState.NOT_YET


def test_words_that_arrive_before_ones_own_seal_are_held(pair_of_two: PairOfTwo) -> None:
    """Ana takes her seal back while the release of Priya's words is on its way."""
    ana, priya, _ = pair_of_two
    r = write(ana, "ana", seal=True)
    ana.sharing.sync()
    priya.sharing.sync()
    write(priya, "priya", seal=True)
    priya.sharing.sync()
    ana.sealing.unseal(r.id)
    pair_of_two.sync()
    assert received(ana).state is ReceivedState.HELD
    assert ana.together.review(KEY).theirs is None
    assert ana.reading.search("priya") == []
    assert priya.context.store.all(Received) == []
    ana.writing.edit(r.id, r.turns[0].id, "ana again")
    ana.sealing.seal(r.id)
    assert texts(ana.together.review(KEY).theirs) == ["priya"]
    pair_of_two.sync()
    assert texts(priya.together.review(KEY).theirs) == ["ana again"]


def test_held_words_that_were_changed_wait_for_the_new_ones(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    r = write(ana, "ana", seal=True)
    pair_of_two.sync()
    theirs = write(priya, "priya", seal=True)
    priya.sharing.sync()
    ana.sealing.unseal(r.id)
    pair_of_two.sync()
    priya.writing.edit(theirs.id, theirs.turns[0].id, "priya anew")
    priya.sharing.sync()
    (body,) = files(folder, "body")
    whole = body.read_bytes()
    body.unlink()
    ana.sharing.sync()
    ana.sealing.seal(r.id)
    assert ana.together.review(KEY).theirs is None
    body.write_bytes(whole)
    pair_of_two.sync()
    assert texts(ana.together.review(KEY).theirs) == ["priya anew"]


def test_a_withdrawn_entry_is_dropped_on_both_sides(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    r = write(ana, "ANAWORDS", seal=True)
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    ana.sealing.delete([r.id])
    pair_of_two.sync()
    assert (received(priya).state, received(priya).entry) == (ReceivedState.WITHDRAWN, None)
    assert b"ANAWORDS" not in everything(folder)
    assert priya.reading.search("anawords") == []
    ana.sealing.undelete(r.id)
    pair_of_two.sync()
    assert texts(priya.together.review(KEY).theirs) == ["ANAWORDS"]


def test_words_taken_back_before_they_were_sent_never_leave(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    r = write(ana, "ANAWORDS", seal=True)
    ana.sealing.delete([r.id])
    sent: list[bytes] = []

    class Watched(FolderSpace):
        def put(self, name: str, data: bytes) -> None:
            sent.append(data)
            super().put(name, data)

    Sharing(ana.context, lambda url: Watched(Path(url))).sync()
    assert sent
    assert not any(b"ANAWORDS" in data for data in sent)
    pair_of_two.sync()
    assert received(priya).state is ReceivedState.WITHDRAWN


# --- trouble on the way -------------------------------------------------------------------------------


def test_an_emptied_folder_deletes_nothing(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    write(ana, "ana", seal=True)
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    pair_of_two.sync()
    assert texts(ana.together.review(KEY).theirs) == ["priya"]
    assert texts(priya.together.review(KEY).theirs) == ["ana"]
    folder.rmdir()
    assert "is not there" in trouble(ana)
    assert texts(ana.together.review(KEY).theirs) == ["priya"]


def test_a_half_arrived_body_waits(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    write(ana, "ana", seal=True)
    pair_of_two.sync()
    write(priya, "priya", seal=True)
    priya.sharing.sync()
    (body,) = files(folder, "body")
    whole = body.read_bytes()
    for part in (whole[:40], b"", whole.replace(b"priya", b"prixa")):
        body.write_bytes(part)
        ana.sharing.sync()
        assert received(ana).entry is None
    body.unlink()
    ana.sharing.sync()
    assert received(ana).entry is None
    body.write_bytes(whole)
    ana.sharing.sync()
    assert texts(ana.together.review(KEY).theirs) == ["priya"]


def test_a_half_arrived_or_altered_operation_waits(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    write(priya, "priya", seal=True)
    before = set(files(folder, "op"))
    priya.sharing.sync()
    (op,) = set(files(folder, "op")) - before
    whole = op.read_bytes()
    for part in (whole[:30], b"", whole.replace(b"seal", b"unseal")):
        op.write_bytes(part)
        ana.sharing.sync()
        assert ana.context.store.all(Received) == []
    op.write_bytes(whole)
    ana.sharing.sync()
    assert received(ana).state is ReceivedState.SEALED


def forge(side: Bothways, folder: Path, **changes: Any) -> None:
    """Put an operation into the folder that the author's program would not have written."""
    link = side.people.pair().space
    assert link is not None
    fields: dict[str, Any] = {
        "v": 1, "space": link.space, "author": link.me, "seq": link.next_seq, "prev": link.last_sha,
        "at": datetime(2026, 11, 20, tzinfo=UTC), "kind": OpKind.HELLO, **changes,
    }  # fmt: skip
    data = msgspec.json.encode(Op(**fields))
    FolderSpace(folder).put(op_name(link.space, link.me, link.next_seq, digest(data)), data)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"prev": "0" * 64}, "does not continue"),
        ({"author": "somebody"}, "does not continue"),
        ({"seq": 9}, "does not continue"),
        ({"v": 2}, "newer Bothways"),
        ({"kind": OpKind.RELEASE, "entry": "x", "sha": "y"}, "no seal had announced"),
        ({"kind": OpKind.SEAL, "entry": "x", "session": "../../x", "sha": "y"}, "not a session"),
    ],
)
def test_what_does_not_fit_is_noticed_and_stops_there(
    pair_of_two: PairOfTwo, changes: dict[str, Any], says: str
) -> None:
    ana, priya, folder = pair_of_two
    forge(priya, folder, **changes)
    write(ana, "ana", seal=True)
    assert says in trouble(ana)
    assert says in trouble(ana)
    assert ana.context.store.all(Received) == []
    # Trouble with what comes in holds nothing back that goes out.
    assert ana.context.store.all(Outgoing) == []


def test_an_operation_of_another_space_is_not_taken_in(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    forge(priya, folder, space="other", kind=OpKind.SEAL, entry="x", session="2026-11-20", sha="y")
    assert trouble(ana) == ""
    assert ana.context.store.all(Received) == []


def test_words_that_differ_from_what_was_sealed_are_refused(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    write(ana, "ana", seal=True)
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    link = priya.people.pair().space
    assert link is not None
    told = received(ana)
    assert told.entry is not None
    body = msgspec.json.encode(replace(told.entry, id="another"))
    FolderSpace(folder).put(f"v1/{link.space}/{link.me}/body/{digest(body)}.json", body)
    with priya.context.store.begin() as tx:
        pair = tx.all(Pair)[0].id
        now = datetime(2026, 11, 20, tzinfo=UTC)
        emit(tx, pair, now, OpKind.SEAL, entry=told.id, session=told.session, sha=digest(body))
        emit(tx, pair, now, OpKind.RELEASE, entry=told.id, session=told.session, sha=digest(body))
    priya.sharing.sync()
    assert "not those of the entry announced" in trouble(ana)
    assert texts(ana.together.review(KEY).theirs) == ["priya"]


def test_a_partner_cannot_rewrite_what_the_writer_wrote(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    write(ana, "ana", seal=True)
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    line = ana.together.note(KEY, "mine")
    with priya.context.store.begin() as tx:
        from journal.usecases.announce import send_line

        send_line(tx, replace(line, text="theirs", pair=priya.people.pair().id), datetime(2026, 11, 20, tzinfo=UTC))
    priya.sharing.sync()
    assert "did not write" in trouble(ana)
    assert [n.text for n in ana.together.review(KEY).notes] == ["mine"]


def test_text_from_the_partner_comes_in_by_the_door(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    write(ana, "ana", seal=True)
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    hostile = JointLine(
        id="h", pair=priya.people.pair().id, session=str(KEY), kind=LineKind.NOTE, text="a\x1b[2Jb\r\nc",
        created=datetime(2026, 11, 20, tzinfo=UTC), mine=True,
    )  # fmt: skip
    with priya.context.store.begin() as tx:
        from journal.usecases.announce import send_line

        send_line(tx, hostile, hostile.created)
    priya.sharing.sync()
    assert trouble(ana) == ""
    assert [n.text for n in ana.together.review(KEY).notes] == ["a[2Jb\nc"]


def test_junk_in_the_folder_does_no_harm(pair_of_two: PairOfTwo) -> None:
    ana, priya, folder = pair_of_two
    op = files(folder, "op")[0].parent
    for name in (".DS_Store", "x (conflicted copy).json", "0000000002-.json", "0000000002-a..b.json", ".syncthing.tmp"):
        (op / name).write_bytes(b"junk")
    (folder / ".stfolder").mkdir()
    (folder / "notes.txt").write_text("hello")
    (op / "folder").mkdir()
    write(ana, "ana", seal=True)
    write(priya, "priya", seal=True)
    pair_of_two.sync()
    assert texts(ana.together.review(KEY).theirs) == ["priya"]
    assert texts(priya.together.review(KEY).theirs) == ["ana"]


def test_an_outbox_that_was_sent_by_another_window_is_not_struck_off_twice(pair_of_two: PairOfTwo) -> None:
    """Numbers begin anew once the outbox is empty, while a slower window still holds the old list."""
    ana, priya, _ = pair_of_two
    write(ana, "one", seal=True)
    other = build(ana.folder, clock=ana.clock)

    class Slow(FolderSpace):
        def put(self, name: str, data: bytes) -> None:
            super().put(name, data)
            if not self.met:
                Slow.met = True
                other.sharing.sync()
                write(other, "two", seal=True)

        met = False

    Sharing(ana.context, lambda url: Slow(Path(url))).sync()
    assert [o.name.split("/")[-1][:10] for o in ana.context.store.all(Outgoing)] == ["0000000003"]
    pair_of_two.sync()
    assert len(priya.context.store.all(Received)) == 2


def test_one_program_synchronises_at_a_time(pair_of_two: PairOfTwo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "SYNC_SECONDS", 0.02)
    with lock.syncing_alone(pair_of_two.ana.folder):
        assert "Another program is synchronising" in trouble(pair_of_two.ana)
        with pytest.raises(StoreUnavailable), lock.syncing_alone(pair_of_two.ana.folder):
            pass
    assert trouble(pair_of_two.ana) == ""


def test_many_windows_at_once_send_everything_once(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    failures: list[object] = []

    def work(app: Bothways) -> None:
        try:
            for _ in range(3):
                write(app, "words", seal=True)
                failures.extend(r.trouble for r in app.sharing.sync() if r.trouble)
        except BaseException as error:
            failures.append(error)

    apps = [build(app.folder, clock=app.clock) for app in (ana, ana, priya, priya)]
    workers = [threading.Thread(target=work, args=(app,)) for app in apps]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    pair_of_two.sync()
    for app in (ana, priya):
        assert len(app.reading.reflections(status=Status.OPEN)) == 6
        assert [r.state for r in app.context.store.all(Received)] == [ReceivedState.OPENED] * 6


# --- meeting ------------------------------------------------------------------------------------------


def test_meeting(ana: Bothways, priya: Bothways, tmp_path: Path) -> None:
    text = ana.sharing.invite(str(tmp_path / "shared"))
    assert ana.sharing.invite(str(tmp_path / "shared")) == text
    assert ana.sharing.invite(str(tmp_path / "elsewhere")) != text
    text = ana.sharing.invite(str(tmp_path / "shared"))
    quoted = "Hi!\n" + "".join(f"> {line}\n" for line in text.splitlines()) + "Bye"
    pair, reports = priya.sharing.join(Invitation.read(quoted))
    assert pair.id == priya.people.pair().id
    assert [r.trouble for r in reports] == [""]
    assert ana.sharing.sync()[0].joined
    with pytest.raises(NotAllowed, match="has joined already"):
        ana.sharing.invite(str(tmp_path / "shared"))
    with pytest.raises(NotAllowed, match="already"):
        priya.sharing.join(Invitation.read(text))


def test_ones_own_invitation_is_refused(ana: Bothways, tmp_path: Path) -> None:
    invitation = Invitation.read(ana.sharing.invite(str(tmp_path / "shared")))
    with pytest.raises(NotAllowed, match="your own"):
        ana.sharing.join(invitation)
    assert len(ana.people.pairs()) == 1


def test_a_damaged_invitation(ana: Bothways, tmp_path: Path) -> None:
    text = ana.sharing.invite(str(tmp_path / "shared"))
    lines = text.splitlines()
    read = Invitation.read(text)
    for broken in (
        "", "hello", lines[0], "\n".join((lines[0], lines[-1])), "\n".join((lines[0], "AAAA", lines[-1])),
        "\n".join((lines[0], *lines[2:])), text.replace(lines[1], lines[1][::-1]),
        replace(read, space="../../x").armour(), replace(read, member="").armour(),
        replace(read, url="a\0b").armour(), replace(read, secret="").armour(),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            Invitation.read(broken)
    with pytest.raises(InvalidInput, match="newer"):
        Invitation.read(replace(read, v=2).armour())


def test_a_space_that_has_not_arrived(ana: Bothways, priya: Bothways, tmp_path: Path) -> None:
    invitation = Invitation.read(ana.sharing.invite(str(tmp_path / "shared")))
    with pytest.raises(SpaceError, match="does not hold"):
        priya.sharing.join(replace(invitation, url=str(tmp_path / "nowhere")))
    assert priya.people.pair().space is None
    pair, _ = priya.sharing.join(replace(invitation, url="/their/path"), url=str(tmp_path / "shared"))
    assert pair.space is not None
    assert pair.space.url == str(tmp_path / "shared")


def test_joining_makes_the_journal(ana: Bothways, tmp_path: Path, clock: SetClock) -> None:
    invitation = Invitation.read(ana.sharing.invite(str(tmp_path / "shared")))
    new = build(tmp_path / "new", clock=clock)
    with pytest.raises(InvalidInput):
        new.sharing.join(invitation, name="\x00")
    with pytest.raises(NotFound):
        new.sharing.join(invitation, partner="Bea")
    assert not new.folder.exists()
    pair, _ = new.sharing.join(invitation, name="Priya S")
    assert (new.people.me().name, pair.partner, pair.role) == ("Priya S", "Ana", Role.MENTOR)
    assert ana.sharing.sync()[0].joined


def test_joining_completes_a_journal_without_a_writer(ana: Bothways, tmp_path: Path, clock: SetClock) -> None:
    invitation = Invitation.read(ana.sharing.invite(str(tmp_path / "shared")))
    new = build(tmp_path / "new", clock=clock)
    new.context.store.create()
    new.sharing.join(invitation)
    assert [p.name for p in new.context.store.all(Person)] == ["Priya"]


def test_roles_must_differ_and_names_are_matched_by_sense(ana: Bothways, tmp_path: Path, clock: SetClock) -> None:
    invitation = Invitation.read(ana.sharing.invite(str(tmp_path / "shared")))
    mentee = build(tmp_path / "mentee", clock=clock)
    mentee.people.init("Priya", Role.MENTEE, "Ana")
    with pytest.raises(NotAllowed, match="mentee"):
        mentee.sharing.join(invitation)
    mentor = build(tmp_path / "mentor", clock=clock)
    mentor.people.init("Priya", Role.MENTOR, "Ana")
    mentor.sharing.join(replace(invitation, inviter=" ÁNA "))
    assert [p.partner for p in mentor.people.pairs()] == ["Ana"]


def test_a_journal_is_never_in_the_shared_folder(ana: Bothways, tmp_path: Path) -> None:
    for place_ in (ana.folder, ana.folder.parent, ana.folder / "shared"):
        with pytest.raises(NotAllowed, match="contain each other"):
            ana.sharing.invite(str(place_))
    assert ana.people.pair().space is None


def test_a_pair_that_wrote_before_it_met(ana: Bothways, priya: Bothways, tmp_path: Path) -> None:
    write(ana, "ANAWORDS", seal=True)
    early = write(priya, "PRIYAEARLY", seal=True)
    priya.sealing.open_early(early.id)
    two = PairOfTwo(ana, priya, tmp_path / "shared")
    invitation = Invitation.read(ana.sharing.invite(str(two.folder)))
    assert b"ANAWORDS" not in everything(two.folder)
    priya.sharing.join(invitation)
    assert b"ANAWORDS" not in everything(two.folder)
    two.sync()
    assert texts(ana.together.review(KEY).theirs) == ["PRIYAEARLY"]
    assert texts(priya.together.review(KEY).theirs) == ["ANAWORDS"]


def test_a_typed_reply_lets_no_words_leave(ana: Bothways, priya: Bothways, tmp_path: Path) -> None:
    write(ana, "ANAWORDS", seal=True)
    ana.together.type_reply(KEY, read_given(b'{"answers": ["by mail"]}', Visibility.SHARED))
    two = PairOfTwo(ana, priya, tmp_path / "shared")
    priya.sharing.join(Invitation.read(ana.sharing.invite(str(two.folder))))
    two.sync()
    assert b"ANAWORDS" not in everything(two.folder)
    write(priya, "priya herself", seal=True)
    two.sync()
    assert texts(priya.together.review(KEY).theirs) == ["ANAWORDS"]
    assert texts(ana.together.review(KEY).theirs) == ["priya herself"]


def test_trouble_with_one_pair_leaves_the_others(pair_of_two: PairOfTwo, tmp_path: Path) -> None:
    ana, priya, _ = pair_of_two
    ana.people.add_pair("Bea", Role.MENTOR)
    ana.sharing.invite(str(tmp_path / "bea"), "Bea")
    for path in sorted((tmp_path / "bea").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (tmp_path / "bea").rmdir()
    write(priya, "priya", seal=True)
    priya.sharing.sync()
    reports = {r.pair: r for r in ana.sharing.sync()}
    assert reports["Priya"].sealed == [str(KEY)]
    assert "not there" in reports["Bea"].trouble


@pytest.mark.parametrize("url", ["", "  ", "https://example.org/x", "s3://bucket"])
def test_places_that_are_no_folder(url: str) -> None:
    with pytest.raises(InvalidInput):
        place(url)


def test_places_are_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert place("shared") == str(tmp_path / "shared")
    assert place("~/shared") == str(Path.home() / "shared")
    assert place((tmp_path / "with space").as_uri()) == str(tmp_path / "with space")


# --- the folder ---------------------------------------------------------------------------------------


@pytest.fixture
def umask() -> Iterator[None]:
    old = os.umask(0o002)
    yield
    os.umask(old)


@posix
@pytest.mark.usefixtures("umask")
def test_what_is_shared_can_be_read_by_both(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    os.umask(0o022)
    FolderSpace(shared).put("v1/s/me/op/1.json", b"x")
    folders = [p for p in shared.rglob("*") if p.is_dir()]
    assert [stat.S_IMODE(p.stat().st_mode) for p in folders] == [0o2770] * 4
    assert stat.S_IMODE((shared / "v1/s/me/op/1.json").stat().st_mode) == 0o644


def test_the_four_verbs(tmp_path: Path) -> None:
    space = FolderSpace(tmp_path)
    assert space.list("v1/") == []
    assert space.get("v1/a") is None
    space.delete("v1/a")
    space.put("v1/b/x.json", b"1")
    space.put("v1/a/x.json", b"2")
    space.put("v1/a/x.json", b"3")
    assert space.get("v1/a/x.json") == b"3"
    assert space.list("v1/") == ["v1/a/x.json", "v1/b/x.json"]
    assert space.list("v1/b/") == ["v1/b/x.json"]
    space.delete("v1/a/x.json")
    assert space.list("v1/") == ["v1/b/x.json"]


@pytest.mark.parametrize("name", ["", "../x", "/etc/x", "a/../b", ".x", "a//b", "a\\b", "C:/x", "a\0b", "a b", "a/"])
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    space = FolderSpace(tmp_path / "s")
    (tmp_path / "s").mkdir()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: space.put(name, b""),
        lambda: space.get(name),
        lambda: space.delete(name),
    )
    for attempt in attempts:
        with pytest.raises(SpaceError, match="no name"):
            attempt()


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = FolderSpace(tmp_path)
    space.put("v1/a/x.json", b"")

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(SpaceError, match="permission denied"):
        space.list("v1/")


def test_a_folder_that_is_not_attached(tmp_path: Path) -> None:
    space = FolderSpace(tmp_path / "nowhere")
    with pytest.raises(SpaceError, match="is not there"):
        space.list("v1/")
    with pytest.raises(SpaceError, match="is not there"):
        space.put("v1/a", b"")
    assert not (tmp_path / "nowhere").exists()


def test_the_folder_explains_itself(pair_of_two: PairOfTwo) -> None:
    (readme,) = pair_of_two.folder.rglob("README.txt")
    assert "Bothways" in readme.read_text("utf-8")
    for path in files(pair_of_two.folder, "op"):
        assert json.loads(path.read_bytes())["v"] == 1
