"""Every page of the console, in one table. A page that is not here does not exist."""

from __future__ import annotations

from gateway.console.pages import (
    admin,
    after,
    agreeing,
    allocating,
    auditing,
    candidates,
    copies,
    correcting,
    deciding,
    do_not_tell,
    drafts,
    joining,
    letters,
    marking,
    overseeing,
    phone,
    queue,
    request,
    rules,
    safety,
    signing,
)
from gateway.console.visit import Route

ROUTES: tuple[Route, ...] = (
    *queue.ROUTES,
    *request.ROUTES,
    *deciding.ROUTES,
    *after.ROUTES,
    *joining.ROUTES,
    *agreeing.ROUTES,
    *correcting.ROUTES,
    *marking.ROUTES,
    *do_not_tell.ROUTES,
    *allocating.ROUTES,
    *letters.ROUTES,
    *copies.ROUTES,
    *overseeing.ROUTES,
    *auditing.ROUTES,
    *candidates.ROUTES,
    *admin.ROUTES,
    *phone.ROUTES,
    *safety.ROUTES,
    *rules.ROUTES,
    *drafts.ROUTES,
    *signing.ROUTES,
)
