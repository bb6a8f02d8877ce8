"""What the officers' desk keeps, within the same transaction as the requests."""

from __future__ import annotations

from sqlalchemy import Connection

from records import desk_tables as tables
from records.disposal import SqlDisposal
from records.figures import SqlFigures
from records.officers import SqlOfficers
from records.queue import SqlQueue
from records.shelf import Shelf
from records.trail import SqlTrail
from triage.candidates import Candidate
from triage.desk import (
    Alarm,
    Allocation,
    Delivery,
    Handover,
    Letter,
    PolicyDraft,
    RecordHold,
    SampleReview,
    SavedView,
    Session,
    Signature,
    Switch,
    Task,
    Worker,
)


class Desk:
    def __init__(self, connection: Connection) -> None:
        self.officers = SqlOfficers(connection)
        self.queue = SqlQueue(connection)
        self.trail = SqlTrail(connection)
        self.figures = SqlFigures(connection)
        self.disposal = SqlDisposal(connection)
        self.sessions = Shelf(connection, tables.sessions, Session)
        self.tasks = Shelf(connection, tables.tasks, Task)
        self.alarms = Shelf(connection, tables.alarms, Alarm)
        self.deliveries = Shelf(connection, tables.deliveries, Delivery)
        self.letters = Shelf(connection, tables.letters, Letter)
        self.workers = Shelf(connection, tables.workers, Worker)
        self.allocations = Shelf(connection, tables.allocations, Allocation)
        self.saved_views = Shelf(connection, tables.saved_views, SavedView)
        self.sample_reviews = Shelf(connection, tables.sample_reviews, SampleReview)
        self.record_holds = Shelf(connection, tables.record_holds, RecordHold)
        self.switches = Shelf(connection, tables.switches, Switch)
        self.signatures = Shelf(connection, tables.signatures, Signature)
        self.policy_drafts = Shelf(connection, tables.policy_drafts, PolicyDraft)
        self.handovers = Shelf(connection, tables.handovers, Handover)
        self.training_candidates = Shelf(connection, tables.training_candidates, Candidate)
