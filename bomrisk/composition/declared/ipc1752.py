"""IPC-1752A and B declarations (XML): class D by homogeneous material, class C by substances of the product.

Elements are told by their local names, whatever their namespace:
MainDeclaration / Product (ProductID, Amount, MaterialInfo, SubProduct …). The file is hostile until
proven: no document type, bounded size, depth and number of elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bomrisk.bom.markup import elements
from bomrisk.composition.declared.amounts import amount_of
from bomrisk.composition.declared.model import (
    Amount,
    DeclaredPart,
    DeclaredSubstance,
    MaterialDeclarations,
    Remark,
)
from bomrisk.errors import InputError

DEPTH = 64
ELEMENTS = 1_000_000
_PRODUCTS = ("Product", "SubProduct")


@dataclass(slots=True)
class Node:
    """An element with what it holds."""

    name: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)

    def first(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def below(self, *names: str, outside: tuple[str, ...] = ()) -> Iterator[Node]:
        """All elements below of these names, in order, not looking into those of `outside`."""
        for child in self.children:
            if child.name in names:
                yield child
            elif child.name not in outside:
                yield from child.below(*names, outside=outside)

    def says(self, *names: str) -> str:
        """The first attribute of these names that is not empty."""
        return next((said for name in names if (said := self.attributes.get(name, "").strip())), "")


def read_ipc1752(data: bytes, file: str) -> MaterialDeclarations:
    """The parts of an IPC-1752A/B file. Raises `InputError` for XML that is unsafe or of another kind."""
    root = _tree(data, file)
    products = list(root.below("Product")) if root.name == "MainDeclaration" else []
    if not products:
        raise InputError(
            f"holds no IPC-1752 declaration of a product (its root is {root.name[:60]!r})",
            mend="give IPC-1752A or B XML of class C or D, or a sheet of substances",
            file=file,
        )
    maker = next((one.says("name") for one in root.below("SupplyCompany", "Company")), "")
    parts: list[DeclaredPart] = []
    remarks: list[Remark] = []
    for product in products:
        _product(product, maker, "", file, parts, remarks)
    return MaterialDeclarations(tuple(parts), tuple(remarks))


def _tree(data: bytes, file: str) -> Node:
    flat = elements(data, file=file, part=None, depth=DEPTH, most=ELEMENTS)
    root = Node(flat[0].name, flat[0].attributes)
    open_ones = [root]
    for element in flat[1:]:
        del open_ones[element.depth - 1 :]
        node = Node(element.name, element.attributes)
        open_ones[-1].children.append(node)
        open_ones.append(node)
    return root


def _product(
    product: Node,
    maker: str,
    parent: str,
    file: str,
    parts: list[DeclaredPart],
    remarks: list[Remark],
) -> None:
    """Add a product and the products in it."""
    identity = product.first("ProductID")
    number = identity.says("itemNumber", "identity", "itemName") if identity else ""
    if not number:
        remarks.append(Remark(file, "", None, "a product without an item number is not used"))
        return
    own_maker = identity.says("manufacturerName", "manufacturer") if identity else ""
    mass = _mass(product)
    if mass is not None and mass.share:
        remarks.append(Remark(file, "", None, f"the mass of {number[:80]!r} is given as a share"))
        mass = None
    whole = mass.likely if mass else None
    told = [*_by_material(product, number, file, remarks)]
    told = told or list(dict.fromkeys(_by_category(product)))
    if _any_tolerance(product):
        remarks.append(
            Remark(
                file,
                "",
                None,
                f"tolerances of {number[:80]!r} are not read: amounts count as exact",
            )
        )
    parts.append(
        DeclaredPart(
            number,
            own_maker or maker,
            whole,
            tuple(told),
            file,
            parent=parent,
            pieces=_pieces(product),
        )
    )
    for inner in product.below("SubProduct", outside=("Product",)):
        _product(inner, maker, number, file, parts, remarks)


def _pieces(product: Node) -> float:
    amount = amount_of(product.says("numberOfUnits", "quantity", "count") or "1", "g")
    return amount.likely if amount and amount.likely else 1.0


def _mass(node: Node) -> Amount | None:
    amount = node.first("Amount") or node.first("Mass")
    return _amount(amount) if amount else None


def _amount(node: Node) -> Amount | None:
    return amount_of(node.says("value"), node.says("UOM", "uom", "unit") or "?")


def _by_material(
    product: Node, number: str, file: str, remarks: list[Remark]
) -> Iterator[DeclaredSubstance]:
    """Class D: the substances of each homogeneous material."""
    for material in product.below("HomogeneousMaterial", outside=_PRODUCTS):
        name = material.says("name", "materialGroupName")
        mass = _mass(material)
        if mass is None:
            remarks.append(
                Remark(
                    file,
                    "",
                    None,
                    f"the mass of material {name[:60]!r} of {number[:80]!r} is not readable",
                )
            )
        told = (
            _substance(one, mass, name) for one in material.below("Substance", outside=_PRODUCTS)
        )
        yield from dict.fromkeys(told)  # lists of categories name the same amount again


def _by_category(product: Node) -> Iterator[DeclaredSubstance]:
    """Class C: substances of the whole product, or categories that name no substance."""
    for category in product.below("SubstanceCategory", outside=(*_PRODUCTS, "HomogeneousMaterial")):
        inner = list(category.below("Substance", outside=_PRODUCTS))
        if inner:
            for substance in inner:
                yield _substance(substance, Amount(1.0, 1.0, 1.0, share=True), "")
        elif category.first("Amount") or category.first("Concentration"):
            yield _substance(category, Amount(1.0, 1.0, 1.0, share=True), "")


def _substance(node: Node, whole: Amount | None, material: str) -> DeclaredSubstance:
    """A substance with its amount; a share is one of `whole`, which is the material or the part."""
    identity = next(
        (
            one
            for one in node.below("SubstanceID")
            if one.says("authority").casefold() in ("cas", "")
        ),
        None,
    )
    cas = identity.says("identity") if identity else node.says("casNumber", "CASNumber")
    stated = node.first("Amount")
    amount = _amount(stated) if stated else None
    share = node.first("Concentration")
    if amount is None and share is not None:
        amount = amount_of(share.says("value"), share.says("UOM", "uom") or "massPercent")
    if amount is not None and amount.share:
        amount = part_of(amount, whole)
    return DeclaredSubstance(node.says("name"), cas, amount, material)


def part_of(share: Amount, whole: Amount | None) -> Amount | None:
    """The share of a whole; null where the whole is not known."""
    if whole is None or whole.likely is None:
        return None
    return Amount(
        share.low * whole.low,
        None if share.likely is None else share.likely * whole.likely,
        share.high * whole.high,
        whole.share,
    )


def _any_tolerance(product: Node) -> bool:
    return any(
        "tolerance" in key.casefold() and value.strip() not in ("", "0")
        for node in product.below("Amount", "Concentration", outside=_PRODUCTS)
        for key, value in node.attributes.items()
    )
