"""What leaves the house has a shape, is readable by everybody, and masks who asked to stay unknown."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest
import yaml
from pypdf import PdfReader

from benchmarks.desk_kit import NOW, WORDS, a_request, keep, trail
from gateway.exports import FORMATS, cin
from gateway.exports.cells import spreadsheet_safe
from gateway.exports.document import SCHEMA, as_document
from triage.ports import StoredMessage
from triage.request import Child, Decision, Level, Route, SafeContact

MESSAGES = [
    StoredMessage("m1", "c1", 1, "bot", "What is going on?", NOW),
    StoredMessage("m2", "c1", 2, "person", WORDS, NOW),
]


def decided(route=Route.TARGETED_SUPPORT, action="confirm", **changes):
    decision = Decision(NOW, "ada", action, Level.TARGETED, route, "Because", NOW)
    return a_request(decisions=(decision,), concerns=("neglect", "domestic_abuse"), **changes)


def test_the_json_fits_its_documented_schema():
    for request in (decided(), a_request(proposal=None), a_request(anonymous=True)):
        document = json.loads(FORMATS["json"].make(request, MESSAGES))
        jsonschema.validate(document, SCHEMA)
        assert document["version"] == "1.0"


@pytest.mark.parametrize("name", list(FORMATS))
def test_who_asked_to_stay_anonymous_is_in_no_copy(name):
    request = decided(
        anonymous=True, requester_name="Zebedee Quill", requester_role="public",
        safe_contact=SafeContact(phone="07700 900999", email="zq@example.org", name_to_use="Zeb"),
    )  # fmt: skip
    content = FORMATS[name].make(request, [StoredMessage("m2", "c1", 2, "person", "I am Zebedee next door", NOW)])
    text = (
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        if name == "pdf"
        else content.decode()
    )
    for secret in ("Zebedee", "900999", "zq@", "Zeb"):
        assert secret not in text


def test_the_pdf_is_tagged_titled_and_says_its_language():
    reader = PdfReader(io.BytesIO(FORMATS["pdf"].make(decided(), MESSAGES)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Request FD-0001"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert "Several needs affect daily life." in " ".join(page.extract_text() for page in reader.pages)


def test_hostile_words_in_a_print_fetch_nothing():
    hostile = '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">'
    content = FORMATS["pdf"].make(decided(strengths=hostile), [StoredMessage("m", "c1", 1, "person", hostile, NOW)])
    reader = PdfReader(io.BytesIO(content))
    assert "/EmbeddedFiles" not in (reader.trailer["/Root"].get("/Names") or {})
    assert "root:" not in " ".join(page.extract_text() for page in reader.pages)


def rows(request):
    return list(csv.DictReader(io.StringIO(cin.as_csv(request, MESSAGES).decode("utf-8-sig"))))


def test_census_rows_use_listed_codes_and_one_row_for_each_child():
    found = rows(decided(children=(Child(1, "Kai", 7), Child(2, None, -1))))
    assert [row["LAchildID"] for row in found] == ["FD0001001", "FD0001002"]
    assert {row["PrimaryNeedCode"] for row in found} == {"N1"}
    assert {row["ReferralSource"] for row in found} == {"1A"}
    assert found[0]["ProvisionalFactors"] == "16A 3B"
    assert found[0]["ContactOutcome"] == "EH Referral"
    assert found[1]["Sex"] == "U"


def test_the_need_highest_in_the_table_stands_and_unknown_says_so():
    assert cin.primary_need(decided()) == "N1"
    plain = a_request(concerns=("debt_poverty", "housing"))
    from dataclasses import replace

    from triage.facts import FactBook

    assert cin.primary_need(replace(plain, facts=FactBook())) == "N4"
    assert cin.primary_need(replace(plain, facts=FactBook(), concerns=())) == "N0"


def test_no_further_action_is_its_own_outcome():
    found = rows(decided(action="no_further_action"))
    assert (found[0]["ReferralNFA"], found[0]["ContactOutcome"]) == ("1", "No Further Action")


def test_every_code_of_ours_is_a_code_of_the_census():
    """The census lists, as its schema has them."""
    codes = yaml.safe_load(cin.CODES.read_text("utf-8"))
    sources = [
        "1A",
        "1B",
        "1C",
        "1D",
        "2A",
        "2B",
        "3A",
        "3B",
        "3C",
        "3D",
        "3E",
        "3F",
        "4",
        "5A",
        "5B",
        "5C",
        "5D",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]
    factors = ["1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B", "3C", "4A", "4B", "4C", "5A", "5B", "5C", "6A", "6B", "6C", "7A", "8B", "8C", "8D", "8E", "8F", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A", "17A", "18B", "18C", "19B", "19C", "20", "21", "22A", "23A", "24A"]  # fmt: skip
    assert {str(c) for c in codes["referral_source"].values()} <= set(sources)
    assert {str(c) for c in codes["factors"].values()} <= set(factors)
    assert set(codes["primary_need"]) <= {f"N{n}" for n in range(10)}


@pytest.mark.parametrize("formula", ["=1+1", "+44", "-2", "@SUM", "\t=1"])
def test_a_cell_is_never_a_formula(formula):
    assert spreadsheet_safe(formula).startswith("'")


async def test_an_export_is_an_event_and_an_auditor_has_none(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    answer = await ada.get("/console/requests/r1/export/json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="FD-0001.json"'
    jsonschema.validate(await answer.json(), SCHEMA)
    assert (await ada.get("/console/requests/r1/export/exe")).status == 404
    assert "request.exported" in [event.action for event in trail(console)]
    assert (await (await sign_in("tom")).get("/console/requests/r1/export/pdf")).status == 403


async def test_a_subject_access_bundle_holds_everything_and_is_an_event(console, sign_in):
    keep(console, a_request())
    mina = await sign_in("mina")
    bundle = await (await mina.get("/console/requests/r1/subject-access")).json()
    assert bundle["request"]["transcript"][1]["text"] == WORDS
    assert bundle["events"]
    assert "redacted" in bundle["notice"]
    assert "subject_access.made" in [event.action for event in trail(console)]


def test_a_document_keeps_unknown_as_null():
    assert as_document(a_request(proposal=None, strengths=None), [])["strengths"] is None
