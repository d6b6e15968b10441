"""Every setting of Palabre, its default and its limits, by section. Only `app` sees these classes."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.settings_types import (
    ApiKey,
    DatabaseAddress,
    Host,
    LongSecret,
    ModelName,
    TimeZone,
    Token,
    WebAddress,
    WebAddressOrNothing,
)


class _Section(BaseModel):
    """Frozen, exact types only, no unknown key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_default=True)


class TelegramSettings(_Section):
    """The bot's door."""

    token: Token = None
    api_url: WebAddress = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: WebAddressOrNothing = ""
    webhook_secret: LongSecret = None
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 25
    in_flight: Annotated[int, Field(ge=1, le=1000)] = 24

    @model_validator(mode="after")
    def _a_webhook_has_an_address_and_a_secret(self) -> TelegramSettings:
        if self.mode == "webhook" and not self.webhook_url:
            raise PydanticCustomError("webhook_url", 'telegram.mode is "webhook" and telegram.webhook_url is empty')
        if self.mode == "webhook" and self.webhook_secret is None:
            raise PydanticCustomError("webhook_secret", 'telegram.mode is "webhook" and there is no secret')
        return self


class DatabaseSettings(_Section):
    """Where everything is kept. A password in the address comes from the environment alone."""

    url: DatabaseAddress = "sqlite:///var/palabre.db"


class WebSettings(_Section):
    """The projector's and the organisers' pages."""

    host: Host = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    public_url: WebAddressOrNothing = ""

    @property
    def address(self) -> str:
        """The address people open, without a last slash: `public_url`, else this machine's own."""
        return self.public_url or f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


class WorkshopSettings(_Section):
    """What a workshop starts with."""

    time_zone: TimeZone = "Europe/Paris"
    language: Literal["fr", "en"] = "fr"
    max_ideas_per_member: Annotated[int, Field(ge=1, le=1000)] = 100
    ideas_for_themes: Annotated[int, Field(ge=2, le=1000)] = 8
    invitation_hours: Annotated[int, Field(ge=1, le=720)] = 48
    sign_in_minutes: Annotated[int, Field(ge=1, le=60)] = 5
    presence_minutes: Annotated[int, Field(ge=1, le=1440)] = 60


class AnalysisSettings(_Section):
    """Themes and word clouds, computed aside."""

    processes: Annotated[int, Field(ge=1, le=64)] = 1
    quiet_seconds: Annotated[int, Field(ge=0, le=3600)] = 20
    seed: Annotated[int, Field(ge=0, le=4294967295)] = 0
    rewording_url: WebAddressOrNothing = ""
    rewording_model: ModelName = ""
    rewording_key: ApiKey = None
    rewording_seconds: Annotated[int, Field(ge=1, le=600)] = 20

    @model_validator(mode="after")
    def _a_rewording_has_a_model(self) -> AnalysisSettings:
        if self.rewording_url and not self.rewording_model:
            raise PydanticCustomError(
                "rewording_model", "analysis.rewording_url is set and analysis.rewording_model is empty"
            )
        return self


class LogSettings(_Section):
    """What the operator reads."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["text", "json"] = "text"


class Settings(BaseModel):
    """All of them; `Settings()` is what config.yaml says when nobody touched it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    web: WebSettings = WebSettings()
    workshop: WorkshopSettings = WorkshopSettings()
    analysis: AnalysisSettings = AnalysisSettings()
    logs: LogSettings = LogSettings()

    def secrets(self) -> list[str]:
        """Every text that must never be written anywhere: for the logs' redaction."""
        sealed = (self.telegram.token, self.telegram.webhook_secret, self.analysis.rewording_key)
        password = urlsplit(self.database.url).password
        return [secret.get_secret_value() for secret in sealed if secret] + ([password] if password else [])
