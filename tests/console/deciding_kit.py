"""A request that an officer has decided, as the tests of what follows need it."""

from __future__ import annotations

from benchmarks.desk_kit import a_request, keep


async def decided(console, sign_in, **changes):
    keep(console, a_request(**changes))
    ada = await sign_in("ada")
    await ada.decide(console, action="confirm")
    return ada
