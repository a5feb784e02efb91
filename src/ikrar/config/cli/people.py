"""`ikrar account`: who may log in, from the command line."""

from typing import Annotated

import typer
from rich.console import Console

from ikrar.config.cli.codes import BAD_USAGE
from ikrar.config.cli.setup import prepare
from ikrar.kernel.evidence import Classification

console = Console()
errors = Console(stderr=True, markup=False, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the commands about accounts."""
    app.command("account")(account)


def account(
    email: Annotated[str, typer.Argument(help="The address that the account logs in with.")],
    name: Annotated[str, typer.Option(help="Makes a new account with this name.")] = "",
    role: Annotated[
        str, typer.Option(help="reader, recorder, reviewer or administrator.")
    ] = "reader",
    clearance: Annotated[
        Classification, typer.Option(help="The most that the account may see.")
    ] = Classification.INTERNAL,
    language: Annotated[str, typer.Option(help="id or en.")] = "id",
) -> None:
    """Make an account (with --name), and print a link that logs it in once, within a day."""
    prepare()
    from django.core.exceptions import ValidationError  # noqa: PLC0415 (needs Django set up)

    from ikrar.accounts.actions import create_account, create_login_link  # noqa: PLC0415
    from ikrar.accounts.models import Account  # noqa: PLC0415
    from ikrar.accounts.vocabulary import Role  # noqa: PLC0415

    known = Account.objects.filter(email__iexact=email, is_active=True).first()
    if bool(known) == bool(name):
        errors.print(
            f"{email} has an account already; leave --name out for a new link."
            if known
            else f"{email} has no account; give --name to make one."
        )
        raise typer.Exit(BAD_USAGE)
    if known is None:
        try:
            known = create_account(
                email=email, name=name, role=Role(role), clearance=clearance, language=language
            )
        except (ValidationError, ValueError) as error:
            sentences = getattr(error, "messages", None) or [f"{role} is no role."]
            errors.print(" ".join(map(str, sentences)))
            raise typer.Exit(BAD_USAGE) from None
    console.print(
        f"Log in once, within a day, at: {create_login_link(account=known)}", soft_wrap=True
    )
