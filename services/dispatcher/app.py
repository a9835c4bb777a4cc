"""The entry point of the dispatcher: makes its app from the environment."""

import os
from typing import Final

import flask

from services.dispatcher.absence_views import blueprint as absence_blueprint
from services.dispatcher.access import ACCESS
from services.dispatcher.action_views import blueprint as action_blueprint
from services.dispatcher.assignment_views import blueprint as assignment_blueprint
from services.dispatcher.catalogue_views import blueprint as catalogue_blueprint
from services.dispatcher.claiming import open_desk
from services.dispatcher.colleague_views import blueprint as colleague_blueprint
from services.dispatcher.contact_views import blueprint as contact_blueprint
from services.dispatcher.country_views import blueprint as country_blueprint
from services.dispatcher.doubt_views import blueprint as doubt_blueprint
from services.dispatcher.ending_views import blueprint as ending_blueprint
from services.dispatcher.explain_views import blueprint as explain_blueprint
from services.dispatcher.forecast_views import blueprint as forecast_blueprint
from services.dispatcher.lead_views import blueprint as lead_blueprint
from services.dispatcher.line_check_views import blueprint as line_check_blueprint
from services.dispatcher.line_hold_views import blueprint as line_hold_blueprint
from services.dispatcher.lookup_views import blueprint as lookup_blueprint
from services.dispatcher.norm_views import blueprint as norm_blueprint
from services.dispatcher.number_views import blueprint as number_blueprint
from services.dispatcher.order_views import blueprint as order_blueprint
from services.dispatcher.owed_views import blueprint as owed_blueprint
from services.dispatcher.person_views import blueprint as person_blueprint
from services.dispatcher.pool_views import blueprint as pool_blueprint
from services.dispatcher.proposal_views import SECRET
from services.dispatcher.proposal_views import blueprint as proposal_blueprint
from services.dispatcher.quarantine_views import blueprint as quarantine_blueprint
from services.dispatcher.queue_views import blueprint as queue_blueprint
from services.dispatcher.recheck_views import blueprint as recheck_blueprint
from services.dispatcher.reserve_views import blueprint as reserve_blueprint
from services.dispatcher.review_views import blueprint as review_blueprint
from services.dispatcher.shift_views import blueprint as shift_blueprint
from services.dispatcher.subscription_views import blueprint as subscription_blueprint
from services.dispatcher.suppression_views import blueprint as suppression_blueprint
from services.dispatcher.win_back_views import blueprint as win_back_blueprint
from shared.config import Settings, read_settings
from shared.web.app import make_app

_BLUEPRINTS: Final = (
    queue_blueprint,
    contact_blueprint,
    assignment_blueprint,
    colleague_blueprint,
    lead_blueprint,
    order_blueprint,
    win_back_blueprint,
    reserve_blueprint,
    explain_blueprint,
    pool_blueprint,
    catalogue_blueprint,
    owed_blueprint,
    forecast_blueprint,
    country_blueprint,
    doubt_blueprint,
    lookup_blueprint,
    subscription_blueprint,
    person_blueprint,
    absence_blueprint,
    shift_blueprint,
    action_blueprint,
    proposal_blueprint,
    suppression_blueprint,
    norm_blueprint,
    ending_blueprint,
    number_blueprint,
    quarantine_blueprint,
    line_hold_blueprint,
    line_check_blueprint,
    recheck_blueprint,
    review_blueprint,
)


def create_app(settings: Settings | None = None) -> flask.Flask:
    """Makes the app of one process; it connects to nothing before the first request.

    Args:
        settings: what the environment says, unless given.
    """
    settings = settings or read_settings(os.environ)
    metrics_folder = settings.data / "metrics" / "dispatcher"
    app = make_app("dispatcher", settings, _BLUEPRINTS, access=ACCESS, metrics_folder=metrics_folder)
    app.config[SECRET] = settings.secret_key_file.read_bytes()
    open_desk(app)
    return app
