"""Entries of lists: what their fields may hold, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepdeck.errors import UsageError
from prepdeck.road.lists import (
    LONGEST_LINK,
    LONGEST_TEXT,
    Entry,
    ListKind,
    checked,
    closing_status,
    fields_of,
    read_link,
    status_field,
)

TODAY = date(2026, 11, 22)


def entry(kind: ListKind = ListKind.APPLICATIONS, **values: str) -> Entry:
    return Entry("e", kind, TODAY, TODAY, values)


@pytest.mark.parametrize(
    "link",
    ["https://github.com/you/project", "http://localhost:8000/x", "https://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG"],
)
def test_a_web_address_is_kept_as_it_is(link: str) -> None:
    assert read_link(f"  {link} ") == link


@pytest.mark.parametrize(
    "link",
    [
        "github.com/you",
        "my disk",
        "https://",
        "https:///path",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://exa mple.org",
        "https://[::1",
        "https://example.org/<b>",
        "https://example.org/\x1b[31m",
        "https://example.org:port/",
        "https://example.org/" + "a" * LONGEST_LINK,
    ],
)
def test_anything_else_is_no_web_address(link: str) -> None:
    with pytest.raises(UsageError, match="is no web address"):
        read_link(link)


def test_no_link_is_a_link_left_empty() -> None:
    assert read_link(" ") == ""


@given(st.text(max_size=60))
def test_a_link_that_is_taken_is_taken_again(words: str) -> None:
    try:
        link = read_link(words)
    except UsageError:
        return
    assert read_link(link) == link


@pytest.mark.parametrize("kind", ListKind)
def test_every_list_is_named_by_its_first_field_and_closed_by_its_status(kind: ListKind) -> None:
    first = fields_of(kind)[0].name
    made = entry(kind, **{first: "Something"})
    assert (made.title, made.status, made.is_open) == ("Something", status_field(kind).choices[0], True)
    assert not entry(kind, **{first: "x", "status": closing_status(kind)}).is_open


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "company is missing"),
        ({"company": " \n\t"}, "company is missing"),
        ({"company": "A", "salary": "1"}, "have no field 'salary'"),
        ({"company": "A", "note": "n" * (LONGEST_TEXT + 1)}, "note is too long"),
        ({"company": "A", "on": "2026-11-21"}, "2026-11-21 is over"),
        ({"company": "A", "on": "2026-02-30"}, "is not a day"),
        ({"company": "A", "status": "gone"}, "'gone' is no status"),
    ],
)
def test_fields_that_make_no_sense_are_refused(values: Mapping[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        checked(ListKind.APPLICATIONS, values, TODAY)


def test_a_change_names_what_differs_and_empties_what_is_empty() -> None:
    before = entry(company="Acme", role="ML", next="ask", on="2026-11-20")
    kept = checked(ListKind.APPLICATIONS, {"role": "", "status": "APPLIED", "on": "2026-11-20"}, TODAY, before)
    assert kept == {"company": "Acme", "status": "applied", "next": "ask", "on": "2026-11-20"}


def test_a_day_that_makes_no_sense_in_the_log_is_none() -> None:
    assert entry(company="A", on="soon").next_on is None
    assert entry(company="A").next_on is None
    assert entry(company="A", on="2026-12-01").next_on == date(2026, 12, 1)
