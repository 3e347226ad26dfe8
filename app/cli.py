"""The command `bijli`. Errors are one plain sentence on stderr; exit codes 0, 1, 2, 3."""

from __future__ import annotations

import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer

from app.usage import Unusable
from models.errors import Trouble

if TYPE_CHECKING:
    from app.settings import Settings

FAILED, UNUSABLE = 1, 2

app = typer.Typer(
    help="Bijli Saathi: bill, payment and help by WhatsApp, SMS and Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
collections = typer.Typer(help="Payments for the billing system.", no_args_is_help=True)
nlu = typer.Typer(help="Understanding: train, measure, try.", no_args_is_help=True)
senders = typer.Typer(help="Kiosks, and mobiles with many connections.", no_args_is_help=True)
app.add_typer(collections, name="collections")
app.add_typer(senders, name="senders")
app.add_typer(nlu, name="nlu")
templates = typer.Typer(help="Texts to register for SMS and WhatsApp.", no_args_is_help=True)
app.add_typer(templates, name="templates")


def main() -> None:
    """Run the command; whatever goes wrong is told in one sentence."""
    try:
        app()
    except Unusable as trouble:
        _fail(str(trouble), UNUSABLE)
    except Trouble as trouble:
        _fail(str(trouble), FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 -- nobody at a terminal is shown a traceback
        _fail(_unforeseen(error), FAILED)


def _fail(sentence: str, code: int) -> Never:
    sys.stderr.write(f"{' '.join(sentence.split())}\n")
    sys.exit(code)


def _unforeseen(error: Exception) -> str:
    from sqlalchemy.exc import DBAPIError

    if isinstance(error, DBAPIError):
        reason = str(error.orig).partition("\n")[0]
        return f"The database does not answer: {reason}. Start it, or correct database.url."
    *_, last = traceback.extract_tb(error.__traceback__)
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return f"This should not have happened: {type(error).__name__}: {error} ({where})."


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Only write down what comes in.")
    ] = False,
) -> None:
    """Take webhooks, answer and send, until told to stop."""
    from app.run import serve as run

    run(_settings(), host, port, works=not no_worker)


@app.command()
def worker(
    name: Annotated[
        str | None, typer.Option(help="The slot to take; else the lowest free.")
    ] = None,
) -> None:
    """Answer and send what other processes wrote down, until told to stop."""
    from app.run import work

    work(_settings(), name)


@app.command()
def migrate() -> None:
    """Bring the database to the newest version, and load the company's offices where none are."""
    from app.commands import migrate as run

    typer.echo(run(_settings()))


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="What the file holds, such as bills.")],
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
) -> None:
    """Take in a file of the company's records."""
    from app.commands import import_file

    sys.exit(import_file(_settings(), kind, file))


@app.command()
def seed(
    consumers: Annotated[int, typer.Option(min=1, help="How many connections.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same data.")] = 1,
    months: Annotated[int, typer.Option(min=1, max=24, help="Months of bills.")] = 3,
) -> None:
    """Make realistic sample data, through the same road as real files."""
    from app.commands import seed as run

    sys.exit(run(_settings(), consumers, seed, months))


@app.command()
def chat(
    channel: Annotated[str, typer.Option(help="whatsapp, sms or telegram")] = "whatsapp",
    as_: Annotated[
        str, typer.Option("--as", help="The phone number that writes.")
    ] = "+919999000001",
) -> None:
    """Talk to the bot here in the terminal, on the road of a webhook."""
    from app.chat import talk

    talk(_settings(), channel, as_)


@app.command()
def doctor() -> None:
    """Look at configuration, database, providers and clocks, and say what to do."""
    from app.commands import doctor as run

    sys.exit(run(_settings()))


@app.command()
def audit() -> None:
    """Check every invariant: counts, ledger, states. Exits 1 on a breach."""
    from app.commands import audit as run

    sys.exit(run(_settings()))


@collections.command("export")
def export(
    date_: Annotated[str, typer.Option("--date", help="The day, as 2026-11-23.")],
) -> None:
    """Write a day's payments as CSV to standard output."""
    from app.commands import export_collections

    try:
        day = date.fromisoformat(date_)
    except ValueError:
        _fail(f"{date_} is not a day; write it as 2026-11-23.", UNUSABLE)
    sys.exit(export_collections(_settings(), day))


@templates.command("export")
def export_templates(
    form: Annotated[str, typer.Option("--format", help="csv or yaml")] = "csv",
    *,
    typed: Annotated[bool, typer.Option("--typed", help="Say what each variable holds.")] = False,
) -> None:
    """Write every SMS template, as it is registered, to standard output."""
    from app.templates_cmd import export as run

    sys.exit(run(_settings(), form, typed=typed))


@templates.command()
def check() -> None:
    """Say what keeps a sentence from leaving as a registered one. Exits 1 where something does."""
    from app.templates_cmd import check as run

    sys.exit(run(_settings()))


@templates.command()
def push() -> None:
    """Make WhatsApp's menus and texts at Twilio, and submit the texts for approval."""
    from app.templates_cmd import push as run

    sys.exit(run(_settings()))


_Number = Annotated[str, typer.Argument(help="The sender's mobile, as +919829012345.")]
_By = Annotated[str, typer.Option("--by", help="Who says so; the audit keeps it.")]


@senders.command()
def kiosk(
    number: _Number,
    look_ups: Annotated[int, typer.Option("--look-ups", help="K-numbers a day.")],
    by: _By,
) -> None:
    """Let a sender look up more K-numbers a day than the usual 25."""
    from app.senders_cmd import kiosk as run

    typer.echo(run(_settings(), number, look_ups, by))


@senders.command()
def own(number: _Number, by: _By) -> None:
    """Say that a mobile on more than 25 connections is one person's."""
    from app.senders_cmd import own as run

    typer.echo(run(_settings(), number, by))


@senders.command()
def revoke(number: _Number, by: _By) -> None:
    """Take back what a sender was granted."""
    from app.senders_cmd import revoke as run

    typer.echo(run(_settings(), number, by))


@senders.command("list")
def list_senders() -> None:
    """Show who was granted what; of a number only its last two digits."""
    from app.senders_cmd import listed as run

    for line in run(_settings()):
        typer.echo(line)


_Data = Annotated[Path, typer.Option(help="Rasa NLU YAML.")]
_Model = Annotated[Path, typer.Option(help="The folder of a trained model.")]


@nlu.command()
def train(data: _Data = Path("data/intents.yml"), out: _Model = Path("var/nlu")) -> None:
    """Train the classifier; nothing to do where data and code are unchanged."""
    from app.nlu import train as run

    sys.exit(run(data, out))


@nlu.command()
def parse(model: _Model = Path("var/nlu")) -> None:
    """One message a line in, one JSON object a line out."""
    from app.nlu import parse as run

    sys.exit(run(model))


@nlu.command("eval")
def evaluate(
    tsv: Annotated[Path | None, typer.Argument(help="Lines of text, a tab and the intent.")] = None,
    model: _Model = Path("var/nlu"),
    batches: Annotated[
        Path | None,
        typer.Option(help="Instead: train on this file without each batch in turn."),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Where the PNG goes; else into the model's folder.")
    ] = None,
) -> None:
    """Measure a model on messages it has not seen, in words and as a picture."""
    from app.nlu import evaluate as run
    from app.nlu import leave_batches_out
    from app.usage import Unusable

    if (tsv is None) == (batches is None):
        raise Unusable("Name either a file of messages, or --batches and a file of examples.")
    if batches is not None:
        sys.exit(leave_batches_out(batches, model, picture))
    if tsv is not None:
        sys.exit(run(tsv, model, picture))


@nlu.command()
def lessons(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Since this day; else all.")
    ] = None,
) -> None:
    """Print what was not understood, masked, as Rasa NLU YAML to be labelled."""
    from app.lessons import export

    typer.echo(export(_settings(), since.date() if since else None))


def _settings() -> Settings:
    # Imported at first use, so that `--help` is quick.
    from app.settings import load_settings

    return load_settings()


if __name__ == "__main__":
    main()
