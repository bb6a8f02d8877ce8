"""What leaves for a case-management system: JSON with a schema, a tagged PDF, census codes. Reporter masked where asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.exports import cin, document, pdf
from triage.ports import StoredMessage
from triage.request import RequestForService


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    content_type: str
    suffix: str
    make: Callable[[RequestForService, list[StoredMessage]], bytes]


FORMATS = {
    fmt.name: fmt
    for fmt in (
        Format("json", "application/json", "json", document.as_json),
        Format("pdf", "application/pdf", "pdf", pdf.as_pdf),
        Format("cin-csv", "text/csv", "csv", cin.as_csv),
    )
}
