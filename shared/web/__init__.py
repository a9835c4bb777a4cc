"""What both HTTP services share: the app and its routes for machines, errors, access, idempotency, pages of lists."""
