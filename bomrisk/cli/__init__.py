"""The command line: parse, call, print. A command is a module, imported only when it is used."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from bomrisk import __version__
from bomrisk.errors import BomriskError

EXIT_GATE = 1
"""The --fail-on gate tripped."""
EXIT_INPUT = 2
"""Wrong usage or input that cannot be used."""
EXIT_GATE_UNKNOWN = 3
"""The --fail-on gate tripped by unknowns alone."""
EXIT_BUG = 70
"""A fault of bomrisk itself."""

COMMANDS = {
    "assess": "Assess a bill of materials and write the report.",
    "inspect": "Show how a bill of materials is read, row by row.",
    "recognize": "Find materials in texts, one text a line.",
    "trace": "Trace one material over its steps and countries.",
    "judge": "Judge one part or a file of parts against every rule.",
    "declare": "Ask suppliers where steps were done, and read their answers.",
    "knowledge": "Check and show what bomrisk knows.",
}


class LazyGroup(click.Group):
    """A click group whose commands live in modules of this package, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"bomrisk.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "BOMRISK"},
    epilog="Decision support, not legal advice. Works offline; nothing leaves the machine.",
)
@click.version_option(__version__, prog_name="bomrisk")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Trace the magnets, alloys and compounds of a BOM to the countries that make them.

    \b
    Examples:
      bomrisk assess bom.xlsx
      bomrisk assess bom.xlsx --delivery 2027-02-01 --fail-on fail
      bomrisk trace ndfeb_sintered_sh --to CHN
    """
    if ctx.invoked_subcommand:
        from bomrisk.cli.settings import defaults

        ctx.default_map = defaults()


def main() -> None:
    """Run the command and end the process with the code that fits the outcome."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.exceptions.Abort:
        click.echo("bomrisk: stopped; nothing was written", err=True)
        code = 130
    except BomriskError as error:
        for line in str(error).splitlines():
            click.echo(f"bomrisk: {line}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        code = 141
    except Exception:  # a bug: show it whole
        import traceback

        traceback.print_exc()
        click.echo(
            "bomrisk: this is a fault in bomrisk, not in your file. Please report it with the lines"
            f" above, the command, and 'bomrisk {__version__}'; the file itself is not needed.",
            err=True,
        )
        code = EXIT_BUG
    sys.exit(code if isinstance(code, int) else 0)
