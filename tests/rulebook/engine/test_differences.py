from copy import deepcopy

from backoffice.rulebook.default import default_book, default_document
from backoffice.rulebook.engine.differences import Difference, differences
from backoffice.rulebook.schemas import load
from tests.rulebook.versions import changed


def test_differences_of_a_book_and_itself_are_none():
    assert differences(default_book(), default_book()) == []


def test_differences_are_the_sentences_that_go_and_come():
    document = deepcopy(changed())
    document["rates"]["EUR"] = "1.10"
    del document["rates"]["JPY"]
    assert differences(default_book(), load(document, 2)) == [
        Difference("Rates", ["1 EUR = 1.08 USD", "1 JPY = 0.0067 USD"], ["1 EUR = 1.1 USD"]),
        Difference(
            "Claim limit",
            ["When counterfeit: at most 200% of the price."],
            ["When counterfeit: at most 150% of the price."],
        ),
    ]


def test_default_document_is_never_shared():
    assert default_document() is not default_document()
