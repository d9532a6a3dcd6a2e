"""Overlay credits: declared besides, above the whole, of the nearest record that declares any."""

from tests.unit.services.crediting import crediting, earned
from tests.unit.store_support import load

BOTH = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}
  help: {type: rate, pays_on: receipts-gross, credit: overlay, rate: 10%, refunds: recompute}
"""


def test_overlay_shares_are_paid_beside_the_own_ones(tmp_path):
    with crediting(tmp_path, BOTH) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}, {"number": "C2", "owner": "王芳"}])
        rows = [
            {"contract": "C1", "person": "赵磊", "share": "50%", "kind": "overlay"},
            {"contract": "C1", "person": "李娜", "share": "100%", "kind": "overlay"},
        ]
        load(context.store, "credit-split", rows)
        receipts = [
            {"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"},
            {"number": "R2", "date": "2026-01-11", "contract": "C2", "amount": "70"},
        ]
        load(context.store, "receipt", receipts)
        assert earned(context, "2026-01") == {"王芳": "107.00", "赵磊": "50.00", "李娜": "100.00"}


def test_a_refund_takes_back_what_the_overlay_was_paid(tmp_path):
    with crediting(tmp_path, BOTH) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])
        rows = [{"receipt": "R1", "person": "赵磊", "share": "50%", "kind": "overlay"}]
        load(context.store, "credit-split", rows)
        load(context.store, "refund", [{"number": "T1", "date": "2026-01-20", "receipt": "R1", "amount": "400"}])
        assert earned(context, "2026-01") == {"王芳": "60.00", "赵磊": "30.00"}


def test_an_own_split_and_an_overlay_stand_side_by_side(tmp_path):
    with crediting(tmp_path, BOTH) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        rows = [
            {"contract": "C1", "person": "王芳", "share": "60%"},
            {"contract": "C1", "person": "赵磊", "share": "40%"},
            {"contract": "C1", "person": "李娜", "share": "10%", "kind": "overlay"},
        ]
        load(context.store, "credit-split", rows)
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])
        assert earned(context, "2026-01") == {"王芳": "60.00", "赵磊": "40.00", "李娜": "10.00"}


def test_frames_are_built_again_when_the_store_has_changed(tmp_path):
    with crediting(tmp_path, BOTH) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])
        rows = [{"contract": "C1", "person": "赵磊", "share": "50%", "kind": "overlay"}]
        load(context.store, "credit-split", rows)
        assert earned(context, "2026-01")["赵磊"] == "50.00"
        load(context.store, "credit-split", [{**rows[0], "share": "20%"}])
        assert earned(context, "2026-01")["赵磊"] == "20.00"
