"""`ikrar demo`, `ikrar serve`, `ikrar stop`: the instance and its database."""

import os
import socket
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from ikrar.config import database
from ikrar.config.cli.codes import BAD_USAGE
from ikrar.config.cli.setup import beside_python, prepare

console = Console()
HOST = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the commands that run an instance."""
    app.command("demo")(demo)
    app.command("serve")(serve)
    app.command("stop")(stop)


def demo(
    is_served: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve afterwards.")] = True,
) -> None:
    """Read the demo documents into a register, print a one-time login link and serve."""
    prepare()
    from ikrar.accounts.actions import create_login_link  # noqa: PLC0415 (needs Django set up)
    from ikrar.config.demo.load import load_demo  # noqa: PLC0415

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Reading documents", total=None)
        loaded = load_demo(
            tell=lambda name, done, total: progress.update(
                task, completed=done, total=total, description=f"Reading {name}"
            )
        )
    console.print(
        f"{loaded.documents} documents read: {loaded.meetings} meetings, {loaded.moves} moves"
        f" recorded, {loaded.waiting} statements left waiting for a person."
        if loaded.new
        else f"All {loaded.documents} demonstration documents are in the register already."
    )
    if is_served:
        link = create_login_link(account=loaded.account)
        run_server(login=link)


def serve() -> None:
    """Serve this instance on 127.0.0.1 (PORT, default 8000)."""
    prepare()
    run_server()


def stop() -> None:
    """Stop this home's embedded database server; the data stay."""
    was_running = database.stop()
    console.print("The database is stopped." if was_running else "No database was running.")


def refuse_taken(port: str) -> None:
    """End with a sentence where the port cannot be had: two servers would share it silently."""
    try:
        with socket.create_server((HOST, int(port)), reuse_port=False):
            return
    except (OSError, ValueError, OverflowError):
        console.print(f"Port {port} cannot be had. Set PORT to a free one, as in PORT=8001.")
        raise typer.Exit(BAD_USAGE) from None


def run_server(*, login: str = "") -> None:
    """Replace this process by the web server; Ctrl-C ends it, the database stays up."""
    port = os.environ.get("PORT", "8000")
    refuse_taken(port)
    console.print(f"Ikrar serves on [bold]http://{HOST}:{port}/[/bold] (Ctrl-C ends it).")
    if login:
        console.print(
            f"Log in once, within a day: [bold]http://{HOST}:{port}{login}[/bold]",
            soft_wrap=True,
        )
    granian = [
        "granian", "--interface", "wsgi", "--host", HOST, "--port", port,
        "--workers", os.environ.get("WORKERS", "2"), "--blocking-threads", "2",
        "--log-level", "warning", "ikrar.config.wsgi:application",
    ]  # fmt: skip
    os.execv(beside_python("granian"), granian)  # noqa: S606 (our own environment's program)
