"""The entry point of intake: makes its app from the environment."""

import os
from typing import Final

import flask

from services.intake import (
    form_views,
    lead_views,
    report_views,
    research_views,
    rework_views,
    row_views,
    source_views,
    upload_views,
    vendor_claim_views,
    version_views,
)
from services.intake.access import ACCESS
from shared.config import Settings, read_settings
from shared.doorbell import Doorbell
from shared.rate_limit import RateLimiter
from shared.web.app import make_app
from shared.web.rate_limit import use_limiter

_BLUEPRINTS: Final = (
    source_views.blueprint,
    upload_views.blueprint,
    rework_views.blueprint,
    row_views.blueprint,
    report_views.blueprint,
    vendor_claim_views.blueprint,
    research_views.blueprint,
    version_views.blueprint,
    lead_views.blueprint,
    form_views.blueprint,
)


def create_app(settings: Settings | None = None) -> flask.Flask:
    """Makes the app of one process; it connects to nothing before the first request.

    Args:
        settings: what the environment says, unless given.
    """
    settings = settings or read_settings(os.environ)
    doorbell = Doorbell(settings.redis_url, settings.rq_prefix) if settings.redis_url else None
    metrics_folder = settings.data / "metrics" / "intake"
    app = make_app("intake", settings, _BLUEPRINTS, access=ACCESS, doorbell=doorbell, metrics_folder=metrics_folder)
    secret = settings.secret_key_file.read_bytes()
    app.config[lead_views.SECRET] = secret
    limiter = RateLimiter(settings.redis_url, settings.rq_prefix, secret) if settings.redis_url else None
    use_limiter(app, limiter)
    return app
