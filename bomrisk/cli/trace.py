"""`bomrisk trace`: one material over its steps and countries, for a person or as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from bomrisk.cli.options import as_of_option, countries, knowledge_option, to_option


@click.command(short_help="Trace one material over its steps and countries.")
@click.argument("material")
@click.option(
    "--declare",
    "declared",
    multiple=True,
    metavar="STAGE=COUNTRY",
    help="Declared origin of one stage, such as melted=USA or mined='60% AU, 40% CN'; @0.9 behind it"
    " says how far it is believed; country_of_origin=JPN is the last step only. May be repeated.",
)
@to_option
@as_of_option
@knowledge_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON; every figure has its source ids."
)
@click.option(
    "--graph",
    type=click.Choice(("graphml", "json")),
    help="Print the supply network of the material instead, for graph tools.",
)
def command(
    material: str,
    declared: tuple[str, ...],
    to: str,
    as_of: date | None,
    overlays: tuple[Path, ...],
    as_json: bool,
    graph: str | None,
) -> None:
    """Show who does each step of a MATERIAL, and how sure it is that it touched a country set.

    MATERIAL is an id of the knowledge, such as ndfeb_sintered_sh; a wrong one names its neighbours.

    \b
    Examples:
      bomrisk trace ndfeb_sintered_sh --to CHN
      bomrisk trace smco_2_17 --declare melted=DEU --declare magnetized=USA
      bomrisk trace smco_2_17 --declare country_of_origin=JPN --json
      bomrisk trace smco_2_17 --graph graphml > smco.graphml
    """
    from bomrisk.knowledge import Knowledge
    from bomrisk.pipeline import country_set
    from bomrisk.supply.declaration import read_declared
    from bomrisk.supply.trace import trace_of, unknown_material
    from bomrisk.supply.tracer import Tracer

    told = read_declared(_declarations(declared))
    knowledge = Knowledge(overlays)
    members, name = country_set(countries(to), knowledge)
    if material not in knowledge.materials:
        raise unknown_material(material, knowledge)
    tracer = Tracer(knowledge, as_of=as_of or knowledge.edition, to=members)
    if graph:
        from bomrisk.supply.network import graphml, network_of, node_link_json

        network = network_of(tracer, [material])
        click.echo(graphml(network).decode() if graph == "graphml" else node_link_json(network))
        return
    from bomrisk.risk.portrait import portrait

    solution = tracer.solve(material, told)
    traced, risk = trace_of(tracer, solution), portrait(tracer, solution)
    if as_json:
        import json

        from bomrisk.risk.portrait import SOURCES, risk_document
        from bomrisk.supply.document import document_of

        document = document_of(traced, knowledge, SOURCES)
        document["risk"] = risk_document(risk, solution)
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
        return
    from rich.console import Console

    from bomrisk.cli.trace_view import parts_of

    console = Console(highlight=False, soft_wrap=False)
    for part in parts_of(traced, risk, knowledge, name, console.width):
        console.print(part)


def _declarations(declared: Iterable[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for text in declared:
        stage, sign, country = text.partition("=")
        if not sign or not country.strip():
            raise click.UsageError(f"--declare {text!r}: write STAGE=COUNTRY, such as melted=USA")
        if stage.strip() in told:
            raise click.UsageError(f"--declare names {stage.strip()} twice: give each stage once")
        told[stage.strip()] = country.strip()
    return told
