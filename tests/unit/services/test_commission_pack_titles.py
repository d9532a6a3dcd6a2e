"""A pack of somebody who is under two plans that are called the same: each row is answered by its own figures."""

from __future__ import annotations

from salescli.services.commission.pack.building import build_packs, render_pack
from salescli.services.commission.pack.taking import take_packs
from salescli.services.commission.running import run_commission
from tests.unit.services.crediting import crediting, seat
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


def test_two_rows_of_one_title_come_back_as_they_went_out(tmp_path):
    with crediting(tmp_path / "w", SALES, others=(("大客户", SALES.replace("10%", "5%")),)) as context:
        first = seat("王芳", "2025-06-01", manager="李娜")
        load(context.store, "assignment", [first, seat("王芳", "2026-01-16", role="大客户", manager="李娜")], feed="m")
        keys = ("number", "date", "amount", "owner")
        rows = (("R1", "2026-01-05", "1000", "王芳"), ("R2", "2026-01-20", "1000", "王芳"))
        load(context.store, "receipt", [dict(zip(keys, row, strict=True)) for row in rows])
        month = context.parse_period("2026-01")
        run_commission(context, month)
        built = build_packs(context, month)
        (pack,) = [one for one in built.packs if one.manager.name == "李娜"]
        assert sorted(str(row.earned) for row in pack.rows if row.name == "王芳") == ["100.00", "50.00"]
        file = tmp_path / "pack.xlsx"
        for context.language in ("zh", "en"):
            file.write_bytes(render_pack(built.handed, pack))
            assert not take_packs(context, month, [file]).problems
