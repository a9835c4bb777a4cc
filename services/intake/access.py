"""Who may call which route of intake: marketing and admins bring lists in, supervisors read, reps research their own."""

from typing import Final

from shared.web.access import PUBLIC, AccessTable, Scope, allow

_READ: Final = allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lists:read")
_WRITE: Final = allow(marketing=Scope.ALL, needs="lists:write")
_RESEARCH: Final = allow(marketing=Scope.ALL, rep=Scope.OWN, supervisor=Scope.ALL, needs="research")

ACCESS: Final[AccessTable] = {
    "GET /v1/sources": _READ,
    "POST /v1/sources": _WRITE,
    "GET /v1/sources/{source_id}": _READ,
    "PATCH /v1/sources/{source_id}": _WRITE,
    "GET /v1/uploads": _READ,
    "POST /v1/uploads": _WRITE,
    "GET /v1/uploads/{upload_id}": _READ,
    "PATCH /v1/uploads/{upload_id}": _WRITE,
    "GET /v1/uploads/{upload_id}/preview": _READ,
    "GET /v1/uploads/{upload_id}/diff": _READ,
    "POST /v1/uploads/{upload_id}/start": _WRITE,
    "POST /v1/uploads/{upload_id}/reprocess": _WRITE,
    "POST /v1/uploads/{upload_id}/withdraw": _WRITE,
    "GET /v1/uploads/{upload_id}/report": _READ,
    "GET /v1/uploads/{upload_id}/report.csv": _READ,
    "GET /v1/uploads/{upload_id}/report.html": _READ,
    "GET /v1/uploads/{upload_id}/report/lines": _READ,
    "GET /v1/uploads/{upload_id}/rows": _READ,
    "GET /v1/uploads/{upload_id}/rows.csv": _READ,
    "GET /v1/uploads/{upload_id}/rejected.csv": _READ,
    "GET /v1/research": _RESEARCH,
    "GET /v1/research/counts": _READ,
    "POST /v1/research/next": _RESEARCH,
    "POST /v1/research/{research_id}/answer": _RESEARCH,
    "GET /v1/claims": _READ,
    "POST /v1/claims": _WRITE,
    "GET /v1/claims/{claim_id}": _READ,
    "PATCH /v1/claims/{claim_id}": _WRITE,
    "GET /v1/claims/{claim_id}/lines": _READ,
    "GET /v1/claims/{claim_id}/lines.csv": _READ,
    "POST /v1/forms": _WRITE,
    "POST /v1/forms/{key}": PUBLIC,
    "POST /v1/leads": allow(marketing=Scope.ALL, needs="leads:write"),
}
