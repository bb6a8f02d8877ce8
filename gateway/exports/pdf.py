"""One request as a tagged PDF (variant PDF/UA-1): for print, and for a file that a screen reader can read."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway.console import words
from gateway.exports.document import as_document
from triage.ports import StoredMessage
from triage.request import RequestForService

HERE = Path(__file__).resolve().parent


def as_pdf(request: RequestForService, messages: list[StoredMessage]) -> bytes:
    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    env.filters.update(words.FILTERS)
    html = env.get_template("print.html").render(doc=as_document(request, messages), request=request)
    # imported here: it brings half a second and 40 MB that only a print needs
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    nothing_from_outside = URLFetcher(allowed_protocols=("data",), allow_redirects=False)  # type: ignore[no-untyped-call]  # WeasyPrint has no types
    print_out = HTML(string=html, url_fetcher=nothing_from_outside)  # type: ignore[no-untyped-call]  # as above
    pdf: bytes = print_out.write_pdf(pdf_variant="pdf/ua-1")  # type: ignore[no-untyped-call]  # as above
    return pdf
