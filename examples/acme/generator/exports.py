"""The files as the systems of such a company export them: header, then rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.bookings import Sales
from generator.market import PRODUCTS, TODAY, Account
from generator.people import PEOPLE, SELLERS, TEAMS, quotas_of, team_quotas, terms_rows
from generator.pipeline import PROBABILITY, Opportunity
from generator.tables import grouped, plain, us_day, write_csv

METRIC = "bookings-acv"
_EUR_IN_USD = ("1.0832", "1.0791", "1.0874", "1.0935", "1.0908", "1.1012", "1.0967")  # from April


def write_people(inbox: Path) -> None:
    """Write the teams, the users, their terms and their quotas."""
    teams = [(each.number, each.name, each.parent, each.manager, each.region) for each in TEAMS]
    write_csv(inbox / "Teams.csv", ("Team ID", "Team", "Parent", "Manager", "Region"), teams)
    users = [(each.number, each.name, each.email, each.title, each.team, each.manager, each.joined) for each in PEOPLE]
    header = ("Employee Number", "Full Name", "Email", "Title", "Team", "Manager", "Start Date")
    write_csv(inbox / "Users.csv", header, users)
    header = ("Employee ID", "Name", "From", "Through", "Target Incentive", "Draw", "Currency", "Approved By")
    write_csv(inbox / "Compensation Terms.csv", header, terms_rows())
    write_csv(inbox / "Targets.csv", ("Metric", "Team", "Employee ID", "Name", "Month", "Quota", "Currency"), _quotas())


def _quotas() -> Iterator[tuple[object, ...]]:
    for person in SELLERS:
        for month, amount in quotas_of(person):
            yield METRIC, "", person.number, person.name, month, amount, person.currency
    for team in TEAMS[1:]:
        for month, amount in team_quotas(team):
            yield METRIC, team.name, "", "", month, amount, "EUR" if team.name == "EMEA" else "USD"


def write_market(inbox: Path, accounts: list[Account]) -> None:
    """Write the accounts, the products and the exchange rates."""
    header = ("Account ID", "Account Name", "Account Owner", "Billing Country", "Industry", "Employees", "Website")
    rows = [
        (each.number, each.name, each.owner.name, each.country, each.industry, each.employees, each.website)
        for each in accounts
    ]
    write_csv(inbox / "Accounts.csv", header, rows, bom=True)
    products = [(each.number, each.name, each.family) for each in PRODUCTS]
    write_csv(inbox / "Products.csv", ("Product Code", "Product Name", "Product Family"), products)
    rates = [("EUR", "USD", date(2026, 4 + place, 1), rate) for place, rate in enumerate(_EUR_IN_USD)]
    write_csv(inbox / "FX.csv", ("From Currency", "To Currency", "Rate Date", "Rate"), rates)


def write_pipeline(inbox: Path, opportunities: list[Opportunity]) -> None:
    """Write the opportunities and their stage history."""
    header = (
        "Opportunity ID", "Opportunity Name", "Account Name", "Opportunity Owner", "Product Name", "Stage",
        "Amount", "Amount Currency", "Probability (%)", "Created Date", "Expected Close Date", "Close Date",
        "Lead Source", "Type", "Loss Reason",
    )  # fmt: skip
    rows = [
        (
            each.number, each.name, each.account.name, each.owner.name, each.product.name, each.stage,
            plain(each.amount), each.currency, PROBABILITY[each.stage], each.created, each.expected,
            each.closed, each.source, each.kind, each.reason,
        )
        for each in opportunities
    ]  # fmt: skip
    write_csv(inbox / "Opportunities.csv", header, rows)
    changes = [
        (each.number, stage, f"{us_day(at.date())} {at:%H:%M}", each.owner.name)
        for each in opportunities
        for stage, at in each.entered
    ]
    write_csv(inbox / "Stage History.csv", ("Opportunity ID", "To Stage", "Changed At", "Changed By"), changes)


def write_sales(inbox: Path, sales: Sales, opportunities: list[Opportunity]) -> None:
    """Write the bookings, their splits, the invoices and the payments."""
    won = {each.booking: each.number for each in opportunities if each.booking}
    header = (
        "Contract Number", "Account Name", "Owner", "Product Name", "Opportunity ID", "Signed Date", "Contract Type",
        "Term (Months)", "ACV", "Total", "Currency",
    )  # fmt: skip
    rows = [
        (
            each.number, each.account.name, each.owner.name, each.product.name, won.get(each.number, ""), each.signed,
            each.kind, each.months, grouped(each.acv), grouped(each.total), each.currency,
        )
        for each in sales.bookings
    ]  # fmt: skip
    write_csv(inbox / "Bookings.csv", header, rows)
    splits = [
        (number, person.number, person.name, f"{share}%")
        for number, parts in sales.splits.items()
        for person, share in parts
    ]
    write_csv(inbox / "Splits.csv", ("Contract Number", "Employee ID", "Name", "Percent"), splits)
    horizon = TODAY + timedelta(days=365)
    invoices = [
        (each.booking.number, each.number, each.due, grouped(each.booking.acv), each.booking.currency)
        for each in sales.invoices
        if each.due <= horizon
    ]
    write_csv(inbox / "Invoices.csv", ("Contract Number", "Instalment", "Due Date", "Due Amount", "Currency"), invoices)
    paid = sorted(
        (each for each in sales.invoices if each.paid), key=lambda each: (each.paid, each.booking.number, each.number)
    )
    header = ("Payment ID", "Payment Date", "Received", "Currency", "Paid By", "Contract Number", "Payment Method")
    payments = [
        (
            f"PMT-{place:05d}", each.paid, grouped(each.booking.acv), each.booking.currency, each.booking.account.name,
            each.booking.number, each.method,
        )
        for place, each in enumerate(paid, 1)
    ]  # fmt: skip
    write_csv(inbox / "Payments.csv", header, payments)
