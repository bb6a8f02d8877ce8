"""Settings of the Teams channel, from environment variables with the prefix FRONTDOOR_TEAMS_. Off while APP_ID is empty."""

from __future__ import annotations

from pydantic import BaseModel, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.settings import Words

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class School(BaseModel):
    """Who a Microsoft tenant is: shown to officers as the requester's organisation."""

    name: str
    authority: str | None = None


class TeamsSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_TEAMS_", extra="ignore", frozen=True)

    app_id: str = ""  # of the Azure Bot; the channel is off while this is empty
    tenant_id: str = ""  # the tenant in which the bot is registered (single-tenant since July 2025)
    client_secret: SecretStr = SecretStr("")  # of that registration
    tenants: Words = ()  # tenants whose staff may use the bot: nobody else
    schools: dict[str, School] = {}  # {"<tenant id>": {"name": "…", "authority": "…"}}
    anonymous: bool = False  # without tokens, for the Agents Playground on one machine only
    host: str = "127.0.0.1"  # the gateway's own, handed in: no setting of its own

    @model_validator(mode="after")
    def _anonymous_stays_at_home(self) -> TeamsSettings:
        if self.anonymous and self.host not in LOOPBACK:
            raise ValueError("FRONTDOOR_TEAMS_ANONYMOUS is for one machine only: the gateway must listen on 127.0.0.1")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.app_id) or self.anonymous

    def admits(self, tenant: str | None) -> bool:
        return self.anonymous or (tenant is not None and tenant in self.tenants)

    def school_of(self, tenant: str | None) -> School | None:
        return self.schools.get(tenant or "")
