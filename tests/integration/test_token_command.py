"""`leadmill token create` prints a token that works, and nothing else."""

from pathlib import Path

from click.testing import CliRunner, Result

from services.token_command import token
from shared.config import read_settings
from tests.builders import add_lead
from tests.integration.desk import Desk, Office


def create(office: Office, folder: Path, *options: str) -> Result:
    settings = read_settings({"LEADMILL_DATA": str(folder), "LEADMILL_DATABASE_URL": office.database_url})
    return CliRunner().invoke(token, ["create", *options], obj=settings)


def test_a_reps_token_claims_at_once(office: Office, tmp_path: Path) -> None:
    add_lead(office.db)
    made = create(office, tmp_path, "--role", "rep", "--name", "Ann")
    assert made.exit_code == 0
    (text,) = made.stdout.splitlines()
    assert Desk(office.app, 0, text).claim() is not None


def test_a_supervisors_token_leads_the_named_team(office: Office, tmp_path: Path) -> None:
    made = create(office, tmp_path, "--role", "supervisor", "--name", "Bob", "--team", "north")
    boss = Desk(office.app, 0, made.stdout.strip())
    assert boss.post("/v1/people", {"name": "Ann", "role": "rep"}, status=201)["team"] == "north"


def test_an_unknown_role_is_a_usage_error(office: Office, tmp_path: Path) -> None:
    assert create(office, tmp_path, "--role", "king", "--name", "x").exit_code == 2
