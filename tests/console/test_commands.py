"""The commands: audit verify, export, retention. Exit 0 is well, 1 is a problem found, 2 is bad usage."""

from __future__ import annotations

import json
import sqlite3

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from benchmarks.desk_kit import a_request, keep, make_console
from gateway.cli import app
from records.tables import audit_events


@pytest.fixture
def run(sqlite_url, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTDOOR_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("FRONTDOOR_DATA_DIR", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def console(sqlite_url):
    return make_console(sqlite_url)


def test_audit_verify_says_that_the_log_holds_and_where_it_does_not(console, run):
    keep(console, a_request())
    held = run("audit", "verify")
    assert held.exit_code == 0
    assert "holds: 4 events" in held.output
    with console.units() as unit:
        unit.connection.execute(update(audit_events).where(audit_events.c.seq == 2).values(actor="nobody"))
        unit.commit()
    broken = run("audit", "verify")
    assert broken.exit_code == 1
    assert "broken at event 2" in broken.output


def test_export_writes_a_request_by_its_reference_and_is_an_event(console, run, tmp_path):
    keep(console, a_request())
    printed = run("export", "FD-0001")
    assert json.loads(printed.stdout)["reference"] == "FD-0001"
    out = tmp_path / "request.pdf"
    assert run("export", "r1", "--format", "pdf", "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")
    with console.units() as unit:
        assert unit.desk.trail.count(text="request.exported") == 2


def test_export_of_nothing_and_in_no_format_say_so(console, run):
    assert run("export", "FD-9999").exit_code == 1
    bad = run("export", "FD-9999", "--format", "exe")
    assert bad.exit_code == 2
    assert "json, pdf, cin-csv" in bad.output


def test_retention_reports_before_it_purges_and_asks(console, run):
    keep(console, a_request(state="closed"))
    report = run("retention", "report")
    assert report.exit_code == 0
    assert "nothing that identifies anybody will be deleted" in report.output
    assert "Nothing goes." in run("retention", "purge").output


def left(console, conversation_id):
    with console.units() as unit:
        unit.audit(console.event("person", "conversation.forgotten", f"conversation:{conversation_id}"))
        unit.commit()


def test_a_purge_finishes_what_the_bot_could_not_forget_when_somebody_left(console, run, tmp_path):
    left(console, "gone")
    with sqlite3.connect(tmp_path / "trackers.db") as database:
        database.execute("CREATE TABLE trackers (sender_id TEXT PRIMARY KEY, events TEXT)")
        database.executemany("INSERT INTO trackers VALUES (?, '')", [("gone",), ("here",)])
    assert "1 conversations that were left are gone" in run("retention", "purge").output
    assert database.execute("SELECT sender_id FROM trackers").fetchall() == [("here",)]
    assert "gone" not in run("retention", "purge").output


def test_a_purge_that_cannot_reach_the_bots_store_says_so_and_keeps_ours(console, run, monkeypatch):
    monkeypatch.setenv("FRONTDOOR_BOT_KEY", "k")
    monkeypatch.setenv("FRONTDOOR_BOT_URL", "http://127.0.0.1:9")
    left(console, "gone")
    purged = run("retention", "purge")
    assert purged.exit_code == 1
    assert "could not be reached" in purged.output
    with console.units() as unit:
        assert unit.desk.disposal.dialogues_left() == ["gone"]
