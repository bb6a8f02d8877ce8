"""Who may post to the Teams endpoint: a token signed by Microsoft, for us, that ends; from a tenant on the list."""

from __future__ import annotations

from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.core import (
    AgentAuthConfiguration,
    AnonymousTokenProvider,
    ClaimsIdentity,
    ConnectionManager,
    OutboundHostValidator,
)
from microsoft_agents.hosting.core.authorization.auth_types import AuthTypes

from gateway.channels.teams.settings import TeamsSettings

SERVICE_CONNECTION = "SERVICE_CONNECTION"  # the name that the SDK looks for


def auth_configuration(settings: TeamsSettings) -> AgentAuthConfiguration:
    """Issuers checked (the SDK leaves that off unless told), anonymous only where the settings allow it."""
    return AgentAuthConfiguration(
        auth_type=AuthTypes.client_secret,
        client_id=settings.app_id or None,
        tenant_id=settings.tenant_id or None,
        client_secret=settings.client_secret.get_secret_value() or None,
        anonymous_allowed=settings.anonymous,
        validate_issuer=True,
        connection_name=SERVICE_CONNECTION,
    )


def connections(settings: TeamsSettings, configuration: AgentAuthConfiguration) -> ConnectionManager:
    """How our own answers are signed. Nothing is signed for the Playground."""
    known = {SERVICE_CONNECTION: configuration}
    if settings.anonymous:
        return ConnectionManager(lambda _: AnonymousTokenProvider(), known)
    return MsalConnectionManager(known)


def host_validator(settings: TeamsSettings) -> OutboundHostValidator:
    """Only Microsoft's hosts are ever sent an answer (with a token in it); the Playground is on loopback."""
    return OutboundHostValidator(enabled=not settings.anonymous)


def ends(identity: ClaimsIdentity) -> bool:
    """Whether the token has an end. The SDK accepts one without `exp`; we do not."""
    return "exp" in identity.claims
