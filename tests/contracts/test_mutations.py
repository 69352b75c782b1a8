"""The table of mutations fits the code, so that none of them can quietly stop to mean anything."""

import ast
import re
from collections import Counter

import pytest

from mutations.__main__ import EVERY
from mutations.mutation import Mutation, StaleMutation, mutated
from tests.contracts.tree import ROOT


@pytest.mark.parametrize("mutation", EVERY, ids=lambda mutation: mutation.fault)
def test_a_mutation_fits_the_code_and_leaves_it_readable_for_python(mutation: Mutation) -> None:
    source = (ROOT / mutation.path).read_text()

    changed = mutated(mutation, source)

    assert changed != source
    ast.parse(changed)


@pytest.mark.parametrize("mutation", EVERY, ids=lambda mutation: mutation.fault)
def test_the_tests_that_must_notice_a_mutation_exist(mutation: Mutation) -> None:
    names = [
        name
        for file in mutation.tests
        for name in re.findall(r"^def (test_\w+)", (ROOT / file).read_text(), re.MULTILINE)
    ]
    for word in mutation.only.split(" or "):
        assert any(word in name for name in names)


def test_each_fault_is_named_once() -> None:
    assert [fault for fault, count in Counter(each.fault for each in EVERY).items() if count > 1] == []


@pytest.mark.parametrize(("source", "count"), [("nothing here", 0), ("x = 1; x = 1", 2)])
def test_a_mutation_that_does_not_fit_says_so(source: str, count: int) -> None:
    mutation = Mutation("x is two", "x.py", (("x = 1", "x = 2"),), (), "x")

    with pytest.raises(StaleMutation, match=f"has {count} of: x = 1"):
        mutated(mutation, source)
