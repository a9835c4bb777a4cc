"""How a recheck call looks, in the queue and on its own."""

import marshmallow
from marshmallow import fields

from shared.web.fields import Id


class RecheckAnswer(marshmallow.Schema):
    """A number to ring; it stays the rep's for half an hour."""

    id = Id("line_check", attribute="check_id")
    number_id = Id("number")
    e164 = fields.String()
    country = fields.String(allow_none=True)
    asked_at = fields.DateTime()
