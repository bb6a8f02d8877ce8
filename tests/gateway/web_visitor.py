"""A browser without scripts: reads the forms of a page, fills them in, follows where it is sent."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

Form = list[tuple[str, str]]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.forms.append([])
            self._open = True
        if tag == "input" and found.get("type") == "hidden" and self._open:
            self.forms[-1].append((str(found["name"]), str(found["value"])))

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


class Visitor:
    """Holds the last page it saw. The test client keeps the cookies."""

    def __init__(self, client: Any, path: str = "/chat") -> None:
        self.client, self.path = client, path
        self.status, self.html, self.url = 0, "", ""

    async def get(self, path: str | None = None) -> Visitor:
        return await self._take(await self.client.get(path or self.path))

    async def begin(self, audience: str = "family") -> Visitor:
        view = self.path.removeprefix("/")
        return await self._take(await self.client.post("/start", data={"audience": audience, "view": view}))

    async def send(self, *, hidden: Form | None = None, **fields: Any) -> Visitor:
        """Post the page's own hidden fields with these; a field name may hold `__` for a dot."""
        data = [*(hidden if hidden is not None else self.hidden)]
        for name, value in fields.items():
            data += [(name.replace("__", "."), v) for v in (value if isinstance(value, list) else [value])]
        return await self._take(await self.client.post(self.path, data=data))

    async def _take(self, response: Any) -> Visitor:
        self.status, self.html, self.url = response.status, await response.text(), str(response.url.relative())
        return self

    @property
    def hidden(self) -> Form:
        """What the first form that belongs to this visit carries along (not the marker of one kind of form)."""
        forms = _parsed(self.html).forms
        mine = next(form for form in forms if any(name == "form_token" for name, _ in form))
        return [(name, value) for name, value in mine if name != "do"]

    @property
    def words(self) -> str:
        return " ".join(" ".join(_parsed(self.html).text).split())


def _parsed(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page
