"""The command line `leadmill`: a table of commands, each imported only when it is called, and the exit codes.

Results go to stdout, everything else to stderr. No command shows a traceback unless LEADMILL_LOG_LEVEL is DEBUG.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import click

from shared.config import read_settings


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives (`module:attribute`) and what it does, so that help imports nothing."""

    target: str
    does: str


COMMANDS: Final = {
    "up": Entry("services.stack.up_command:up", "Start everything and serve until Ctrl-C."),
    "status": Entry("services.stack.status_command:status", "Show what runs."),
    "demo": Entry("services.demo.command:demo", "Take sample lists through the whole line."),
    "token": Entry("services.token_command:token", "Create access tokens."),
    "inspect": Entry("services.inspect_command:inspect", "Tell how a file is read."),
    "phones": Entry("services.phones_command:phones", "Read phone numbers, JSONL in and out."),
    "clean": Entry("services.clean_command:clean", "Run the whole hygiene line on files."),
    "upload": Entry("services.upload_command:upload", "Upload a list through intake."),
    "move-in": Entry("services.move_in_command:move_in", "Move an old base in with its history."),
    "person": Entry("services.person_command:person", "Find, export, restrict or erase a person's data."),
    "renormalise": Entry("services.renormalise_command:renormalise", "Judge numbers by a new numbering plan."),
    "train": Entry("services.train_command:train", "Learn the matcher's weights from the base."),
    "verify": Entry("services.verify_command:verify", "Check every invariant."),
    "db": Entry("services.run_commands:db", "Bring the schema up to date, or check it."),
    "serve": Entry("services.run_commands:serve", "Run one web service."),
    "work": Entry("services.run_commands:work", "Run one cleaner worker."),
    "clock": Entry("services.run_commands:clock", "Run the clock."),
}

DONE, FAILED, USAGE, UNREACHABLE, REFUSED = 0, 1, 2, 4, 5
_INTERRUPTED: Final = 130

_EXIT_CODES: Final = {
    "StackFailed": FAILED,
    "ImportError": FAILED,
    "Superseded": FAILED,
    "Refused": REFUSED,
    "Unavailable": UNREACHABLE,
    "BadSetting": USAGE,
}
"""Errors whose message is meant for the person, by class name: naming the classes would import half the project."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Gives the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports one command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.does) for name, entry in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="leadmill takes raw lead lists in and hands out one clean lead to one rep at a time.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Reads the settings for whatever command follows."""
    from services.stack.state import attach

    context.obj = attach(read_settings(os.environ))
    # RQ reads it when it is imported, and whoever needs RQ imports it later
    os.environ["RQ_KEY_PREFIX"] = context.obj.rq_prefix


def main() -> None:
    """Runs the command line of this process and exits."""
    sys.exit(run(lambda: cli.main(prog_name="leadmill", standalone_mode=False)))


def run(command: Callable[[], object]) -> int:
    """Calls a command and gives its exit code; says on stderr what went wrong."""
    try:
        code = command()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has gone; Python must not complain about it again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _tell(error)
    return code if isinstance(code, int) else DONE


def _tell(error: Exception) -> int:
    known = next((kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _EXIT_CODES), None)
    if known:
        click.echo(f"leadmill: {getattr(error, 'detail', error)}", err=True)
        return _EXIT_CODES[known]
    if isinstance(error, OSError) and error.filename:
        click.echo(f"leadmill: {error.filename}: {error.strerror}", err=True)
        return FAILED
    if os.environ.get("LEADMILL_LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exception(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(f"leadmill: {type(error).__name__} at {where.filename}:{where.lineno}, a fault of leadmill", err=True)
    return FAILED


if __name__ == "__main__":
    main()
