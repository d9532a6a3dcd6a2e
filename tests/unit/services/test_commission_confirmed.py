"""A draft that comes out the same by later knowledge is no stale one; what it says that it knew stays as it was."""

from salescli.services.commission.approving import approve_period
from salescli.services.commission.closing import verify_run
from salescli.services.commission.running import run_commission
from salescli.services.commission.showing import stale_note
from salescli.store.batches import latest_batch
from salescli.store.runs import confirmed_at, fetch_run
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

RATE = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}
"""


def test_running_again_confirms_the_draft_and_leaves_it_as_it_was(tmp_path):
    with crediting(tmp_path, RATE) as context:
        january = context.parse_period("2026-01")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "amount": "100", "owner": "王芳"}])
        made = run_commission(context, january).run
        load(context.store, "customer", [{"name": "甲"}])
        assert stale_note(context, made) is not None
        again = run_commission(context, january).run
        run_commission(context, january)
        assert (again.id, again.known, again.sha256) == (made.id, made.known, made.sha256)
        assert confirmed_at(context.store, again) == latest_batch(context.store) == made.known + 1
        assert stale_note(context, again) is None
        said = approve_period(context, january, "CFO").said
        assert "batch" not in said.en
        assert verify_run(context, fetch_run(context.store, made.id)).is_same
        events = context.store.db.execute("SELECT reason FROM run_event WHERE event = 'same'").fetchall()
        assert events == [(str(made.known + 1),)]
        load(context.store, "receipt", [{"number": "R2", "date": "2026-01-11", "amount": "1", "owner": "王芳"}])
        assert stale_note(context, again) is not None
        assert run_commission(context, january).run.id != made.id
