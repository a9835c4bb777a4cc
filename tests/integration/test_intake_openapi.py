"""The OpenAPI document of intake says what the code does."""

from services.intake.access import ACCESS
from tests.integration.intake_app import Intake


def test_every_route_is_documented(intake: Intake) -> None:
    document = intake.ask("GET", "/openapi.json").body
    routes = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert routes == set(ACCESS)


def test_upload_is_documented_with_its_options(intake: Intake) -> None:
    post = intake.ask("GET", "/openapi.json").body["paths"]["/v1/uploads"]["post"]
    form = post["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert {"file", "mapping", "purpose", "ask", "dry_run"} <= set(form["properties"])
    assert {"source", "mapping", "purpose", "ask", "dry_run"} <= {parameter["name"] for parameter in post["parameters"]}
    assert {"200", "202"} <= set(post["responses"])


def test_intake_is_ready(intake: Intake) -> None:
    assert (intake.ask("GET", "/livez").status, intake.ask("GET", "/readyz").status) == (200, 200)
