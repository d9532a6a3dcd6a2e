"""Make the input files of the example Acme Cloud: `python examples/acme/make.py [FOLDER]`.

Fixed seeds and the standard library; run again, it writes the same bytes. The policies beside them are typed by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator import exports
from generator.bookings import build_sales
from generator.chance import Chance
from generator.market import build_accounts
from generator.pipeline import build_opportunities

ACCOUNTS, SALES, PIPELINE = 20261005, 20261200, 20261007  # seeds


def main(folder: Path) -> None:
    """Write every file of the example below a folder."""
    accounts = build_accounts(Chance(ACCOUNTS))
    sales = build_sales(SALES, accounts)
    opportunities = build_opportunities(Chance(PIPELINE), sales, accounts)
    inbox = folder / "inbox"
    exports.write_people(inbox)
    exports.write_market(inbox, accounts)
    exports.write_pipeline(inbox, opportunities)
    exports.write_sales(inbox, sales, opportunities)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
