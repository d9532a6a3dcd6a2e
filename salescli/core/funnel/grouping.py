"""What deals and leads of a funnel may be grouped by: the dimensions of metrics, and the campaign they came from."""

from __future__ import annotations

from salescli.core.metrics.dimensions import DIMENSIONS, Dimension
from salescli.core.title import Title

CAMPAIGN = "campaign"
CAMPAIGN_PATHS = (
    "campaign",
    "lead.campaign",
)  # of a deal, else that of a lead that names it; a lead has the first only
GROUPINGS: dict[str, Dimension] = {
    **DIMENSIONS,
    CAMPAIGN: Dimension(CAMPAIGN, Title("市场活动", "Campaign"), "record", "campaign"),
}
