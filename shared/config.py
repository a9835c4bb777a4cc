"""Settings: what the environment may say, read once by an entry point and handed on as a frozen value.

Nothing else in the project reads the environment. The README lists SETTINGS and a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, quote

DATABASE_SERVICES: Final = ("intake", "cleaner", "dispatcher", "clock", "eraser")
"""The services that work under a database role of their own, `leadmill_<service>`."""

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable; an empty default means that the meaning says what happens without it."""

    name: str
    default: str
    meaning: str


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("LEADMILL_DATA", ".leadmill", "folder of the embedded servers, the kept files, the keys and the logs"),
    Setting(
        "LEADMILL_DATABASE_URL", "", "PostgreSQL 15 to 18 for every service; without it an embedded one is started"
    ),
    Setting(
        "LEADMILL_INTAKE_DATABASE_URL", "", "another login for intake; else the common URL under the service's role"
    ),
    Setting("LEADMILL_CLEANER_DATABASE_URL", "", "the same for the cleaner"),
    Setting("LEADMILL_DISPATCHER_DATABASE_URL", "", "the same for the dispatcher"),
    Setting("LEADMILL_CLOCK_DATABASE_URL", "", "the same for the clock"),
    Setting("LEADMILL_ERASER_DATABASE_URL", "", "the same for erasure"),
    Setting("LEADMILL_REDIS_URL", "", "Valkey or Redis for the job queue; without it an embedded one is started"),
    Setting("LEADMILL_RQ_PREFIX", "leadmill", "prefix of every key in Valkey, so that one server may serve several"),
    Setting("LEADMILL_BLOBS", "", "folder of the uploaded files; without it `blobs` in the data folder"),
    Setting(
        "LEADMILL_SECRET_KEY_FILE",
        "",
        "32 random bytes for signatures and keyed hashes; else `secret.key` in the data folder",
    ),
    Setting("LEADMILL_LINE_CHECK_URL", "", "lookup service for rechecks of dead numbers; without it none is asked"),
    Setting("LEADMILL_LINE_CHECK_KEY", "", "its account and token, as `account:token`"),
    Setting("LEADMILL_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
)


class BadSetting(ValueError):
    """A setting cannot be used as it stands; the message names it and says what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides; paths are absolute, a URL that was not given is None."""

    data: Path
    common_database_url: str | None
    service_database_urls: Mapping[str, str]
    redis_url: str | None
    rq_prefix: str
    blobs: str
    secret_key_file: Path
    log_level: str
    line_check_url: str | None = None
    line_check_key: str | None = None

    def database_url(self, service: str | None = None) -> str:
        """Gives the URL under which a service works: its own, else the common login taking the service's role.

        None stands for the owner of the schema, who migrates and verifies.

        Raises:
            BadSetting: no URL is known; set one or start the embedded server.
        """
        if service is not None and service not in DATABASE_SERVICES:
            raise BadSetting(f"there is no service {service!r}; the services are {', '.join(DATABASE_SERVICES)}")
        if service is not None and service in self.service_database_urls:
            return self.service_database_urls[service]
        if self.common_database_url is None:
            raise BadSetting("LEADMILL_DATABASE_URL is not set and no embedded server runs: start `leadmill up`")
        return (
            self.common_database_url if service is None else with_role(self.common_database_url, f"leadmill_{service}")
        )


def with_role(url: str, role: str) -> str:
    """Adds `-c role=ROLE` to what the URL already asks of the server."""
    address, _, given = url.partition("?")
    query = parse_qsl(given, keep_blank_values=True)
    options = [value for name, value in query if name == "options"] + [f"-c role={role}"]
    pairs = [(name, value) for name, value in query if name != "options"] + [("options", " ".join(options))]
    # libpq reads %20, never +, as a space
    return f"{address}?" + "&".join(f"{quote(name)}={quote(value, safe='/')}" for name, value in pairs)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Reads every setting; `NAME_FILE` may name a file that holds the value of `NAME`, as container secrets do.

    Raises:
        BadSetting: a value is not one of those allowed, or a named file cannot be read.
    """
    given = {setting.name: _read_value(environ, setting) for setting in SETTINGS}
    data = Path(given["LEADMILL_DATA"]).absolute()
    log_level = given["LEADMILL_LOG_LEVEL"].upper()
    if log_level not in LOG_LEVELS:
        raise BadSetting(f"LEADMILL_LOG_LEVEL is {log_level!r}; it must be one of {', '.join(LOG_LEVELS)}")
    urls = {service: given[f"LEADMILL_{service.upper()}_DATABASE_URL"] for service in DATABASE_SERVICES}
    return Settings(
        data=data,
        common_database_url=given["LEADMILL_DATABASE_URL"] or None,
        service_database_urls=MappingProxyType({service: url for service, url in urls.items() if url}),
        redis_url=given["LEADMILL_REDIS_URL"] or None,
        rq_prefix=given["LEADMILL_RQ_PREFIX"],
        blobs=given["LEADMILL_BLOBS"] or str(data / "blobs"),
        secret_key_file=Path(given["LEADMILL_SECRET_KEY_FILE"] or data / "secret.key").absolute(),
        log_level=log_level,
        line_check_url=given["LEADMILL_LINE_CHECK_URL"] or None,
        line_check_key=given["LEADMILL_LINE_CHECK_KEY"] or None,
    )


def write_environ(settings: Settings) -> dict[str, str]:
    """Gives the variables from which `read_settings` makes these settings again."""
    urls = {f"LEADMILL_{service.upper()}_DATABASE_URL": url for service, url in settings.service_database_urls.items()}
    return {
        "LEADMILL_DATA": str(settings.data),
        "LEADMILL_DATABASE_URL": settings.common_database_url or "",
        **urls,
        "LEADMILL_REDIS_URL": settings.redis_url or "",
        "LEADMILL_RQ_PREFIX": settings.rq_prefix,
        "LEADMILL_BLOBS": settings.blobs,
        "LEADMILL_SECRET_KEY_FILE": str(settings.secret_key_file),
        "LEADMILL_LINE_CHECK_URL": settings.line_check_url or "",
        "LEADMILL_LINE_CHECK_KEY": settings.line_check_key or "",
        "LEADMILL_LOG_LEVEL": settings.log_level,
    }


def _read_value(environ: Mapping[str, str], setting: Setting) -> str:
    value = environ.get(setting.name, "")
    file = environ.get(f"{setting.name}_FILE", "")
    if value or not file:
        return value or setting.default
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{setting.name}_FILE names {file}, which cannot be read: {error.strerror}") from error
