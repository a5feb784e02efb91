"""`ikrar intake`, `verify`, `rebuild`, `export`, `bench`: the register from the command line."""

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, track

from ikrar.config.cli.codes import BAD_USAGE, NOT_VERIFIED, SOME_UNREADABLE
from ikrar.config.cli.setup import prepare

if TYPE_CHECKING:
    from ikrar.register.queries.sources import KeptSource

console = Console(markup=False)
errors = Console(stderr=True, markup=False, soft_wrap=True)
HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


def register(app: typer.Typer) -> None:
    """Add the commands that keep the register."""
    app.command("intake")(intake)
    app.command("verify")(verify_log)
    app.command("rebuild")(rebuild_standings)
    app.command("export")(export)
    app.command("bench")(bench)


def intake(
    files: Annotated[list[Path], typer.Argument(help="Text, HTML, PDF or DOCX.")],
    accept_as: Annotated[
        str, typer.Option("--accept-as", help="E-mail of a reviewer who accepts what is clear.")
    ] = "",
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication.")
    ] = None,
    url: Annotated[str, typer.Option(help="Where the document was found.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
) -> None:
    """Keep documents in the register and read them; what cannot be read is kept with the reason."""
    prepare()
    from ikrar.accounts.models import Account  # noqa: PLC0415 (needs Django set up)
    from ikrar.accounts.rules import may_review  # noqa: PLC0415
    from ikrar.desk.acceptance import accept  # noqa: PLC0415
    from ikrar.desk.gathering import gather, waiting_units  # noqa: PLC0415
    from ikrar.desk.intake import receive  # noqa: PLC0415
    from ikrar.reading.text import Meta  # noqa: PLC0415

    account = Account.objects.filter(email=accept_as.lower()).first()
    if accept_as and (account is None or not may_review(account)):
        errors.print(f"{accept_as} is not the account of a reviewer. Nothing was read.")
        raise typer.Exit(BAD_USAGE)
    unread = 0
    kept: list[KeptSource] = []
    for path in track(files, description="Reading", console=errors, transient=True):
        meta = Meta(
            filename=path.name,
            url=url or None,
            published_on=published.date() if published else None,
            publisher=publisher or None,
        )
        try:
            arrival = receive(path.read_bytes(), meta)
        except OSError as error:
            errors.print(f"{path}: {error.strerror}. Nothing was kept of it.")
            unread += 1
            continue
        kept.append(arrival.source)
        if arrival.error:
            unread += 1
            errors.print(
                f"{path}: {arrival.error.sentence} Kept as source {arrival.source.symbol}."
            )
        else:
            known = "" if arrival.is_new else " (was there already)"
            console.print(
                f"{path}: source {arrival.source.symbol}{known},"
                f" {arrival.statements} statements to review."
            )
    gather(around=kept)
    for unit in waiting_units():
        if account is None:
            break
        done = accept(unit, account)
        console.print(f"{len(done.moves)} moves recorded, {len(done.waiting)} statements wait.")
    if unread:
        raise typer.Exit(SOME_UNREADABLE)


def verify_log(
    head: Annotated[
        str, typer.Option(help="SEQ:HASH, as printed on a brief or receipted by a peer.")
    ] = "",
    compartment: Annotated[str, typer.Option(help="One chain only.")] = "",
) -> None:
    """Check that the log is whole: nothing changed, missing, inserted or reordered."""
    known = HEAD.fullmatch(head.lower()) if head else None
    if head and not known:
        errors.print("A head is written SEQ:HASH: a number, a colon, 64 hexadecimal digits.")
        raise typer.Exit(BAD_USAGE)
    prepare()
    from ikrar.register.log.verify import verify  # noqa: PLC0415 (needs Django set up)

    result = verify(
        compartment=compartment or ("general" if known else None),
        head=(int(known[1]), known[2]) if known else None,
    )
    for end in result.heads:
        console.print(f"{end.compartment} {end.seq}:{end.hash.hex()}", soft_wrap=True)
    if compartment and not result.heads and result.holds:
        errors.print(f"There is no chain named {compartment}.")
        raise typer.Exit(BAD_USAGE)
    for fault in result.faults:
        errors.print(str(fault))
    if not result.holds:
        raise typer.Exit(NOT_VERIFIED)
    console.print(
        f"The log is whole: {result.rows} entries, {result.erased} of them erased by law."
    )


def rebuild_standings() -> None:
    """Drop everything that is computed from the log and compute it again."""
    prepare()
    from ikrar.register.standing.rebuild import rebuild  # noqa: PLC0415 (needs Django set up)

    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task("Folding", total=None)
        result = rebuild(lambda entries: progress.update(task, completed=entries))
    verdict = "the same rows as before" if result.is_same else "rows that differ from before"
    console.print(f"{result.entries} entries, {result.undertakings} undertakings: {verdict}.")


def export(
    form: Annotated[str, typer.Option("--format", help="csv or json.")] = "csv",
    reader: Annotated[
        str, typer.Option("--as", help="E-mail of the account whose rows these are; else public.")
    ] = "",
    language: Annotated[str, typer.Option(help="Of the titles: id or en.")] = "en",
) -> None:
    """Write the register's rows, as its page shows them to an account, to standard output."""
    if form not in ("csv", "json"):
        errors.print("The format is csv or json.")
        raise typer.Exit(BAD_USAGE)
    prepare()
    from ikrar.accounts.models import Account  # noqa: PLC0415 (needs Django set up)
    from ikrar.register.queries.exports import as_csv, as_json, exported  # noqa: PLC0415
    from ikrar.register.queries.filters import Filters  # noqa: PLC0415

    account = Account.objects.filter(email=reader.lower(), is_active=True).first()
    if reader and account is None:
        errors.print(f"There is no account {reader}.")
        raise typer.Exit(BAD_USAGE)
    rows = exported(account, Filters(), language)
    sys.stdout.writelines(as_json(rows) if form == "json" else as_csv(rows))


def bench(
    sizes: Annotated[str, typer.Option(help="Undertakings, comma-separated.")] = "1000,100000",
) -> None:
    """Measure this machine: pages, appends, fold and reading, as ratios and per-core rates."""
    try:
        counts = [int(size) for size in sizes.split(",")]
    except ValueError:
        errors.print("Sizes are whole numbers parted by commas.")
        raise typer.Exit(BAD_USAGE) from None
    prepare(migrate=False)
    from ikrar.config import bench as benchmark  # noqa: PLC0415 (needs Django set up)

    benchmark.run(sizes=counts)
