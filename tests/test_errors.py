"""What a user reads when the input cannot be used."""

from bomrisk.errors import InputError, InputErrors, KnowledgeTooOldError


def test_one_line_with_file_sheet_row_and_mend() -> None:
    error = InputError(
        "the quantity\ncannot be read",
        mend="write a number",
        file="bom.xlsx",
        sheet="Parts",
        row=17,
    )
    assert (
        str(error) == "bom.xlsx, sheet 'Parts', row 17: the quantity cannot be read; write a number"
    )
    assert error.exit_code == 2


def test_place_inside_a_structured_file() -> None:
    error = InputError("no such code", mend="use CHN", file="own.yaml", path="shares[2].country")
    assert str(error) == "own.yaml, shares[2].country: no such code; use CHN"


def test_without_a_place_the_line_starts_with_what() -> None:
    assert str(InputError("no BOM given", mend="name a file")) == "no BOM given; name a file"


def test_several_errors_are_one_line_each() -> None:
    both = InputErrors([InputError("a", mend="b", row=1), InputError("c", mend="d", row=2)])
    assert str(both).splitlines() == ["row 1: a; b", "row 2: c; d"]
    assert both.exit_code == 2


def test_old_knowledge_has_its_own_exit_code() -> None:
    assert KnowledgeTooOldError("old").exit_code == 4
