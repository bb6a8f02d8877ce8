"""Two ways out: e-mail (SMTP) and a signed webhook. Both say only that something waits, never what."""

from __future__ import annotations

import hashlib
import hmac
import json
from email.message import EmailMessage

import aiohttp
import aiosmtplib

from gateway.alerts.outbox import DeliveryFailed, Send
from gateway.console.services import ConsoleSettings
from triage.desk import Delivery

PATIENCE_S = 10.0
SIGNATURE = "X-Frontdoor-Signature"


def senders(settings: ConsoleSettings, http: aiohttp.ClientSession) -> dict[str, Send]:
    async def email(delivery: Delivery) -> None:
        await send_mail(settings, delivery)

    async def webhook(delivery: Delivery) -> None:
        await send_webhook(settings, http, delivery)

    return {"email": email, "webhook": webhook}


async def send_mail(settings: ConsoleSettings, delivery: Delivery) -> None:
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, delivery.to
    message["Subject"] = delivery.payload["subject"]
    message.set_content(str(delivery.payload["text"]))
    try:
        await aiosmtplib.send(message, hostname=settings.smtp_host, port=settings.smtp_port, timeout=PATIENCE_S)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise DeliveryFailed(f"mail server: {type(error).__name__}") from error


async def send_webhook(settings: ConsoleSettings, http: aiohttp.ClientSession, delivery: Delivery) -> None:
    """POST of JSON with the delivery's id (send it twice, act once) and an HMAC over id and body."""
    body = json.dumps({"id": delivery.id, **delivery.payload}, sort_keys=True).encode()
    headers = {"Content-Type": "application/json", SIGNATURE: signature(settings.webhook_key, body)}
    patience = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with http.post(
            delivery.to, data=body, headers=headers, timeout=patience, allow_redirects=False
        ) as answer:
            if answer.status >= 300:
                raise DeliveryFailed(f"webhook answered {answer.status}")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DeliveryFailed(f"webhook: {type(error).__name__}") from error


def signature(key: str, body: bytes) -> str:
    return "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
