"""`schema/*.json`: the JSON Schema of each kind of policy file, for editors that complete and check while one types."""

from __future__ import annotations

import json
from importlib import import_module

from salescli.policy.schema import json_schema
from tools.reference.markdown import block, code, page, table

# name of the schema -> module:shape, the files it is for
SHAPES: dict[str, tuple[str, str]] = {
    "settings": ("salescli.policy.settings:Settings", "salescli.yaml"),
    "metrics": ("salescli.policy.metrics:MetricsShape", "config/metrics.yaml"),
    "process": ("salescli.policy.process:ProcessShape", "config/process.yaml"),
    "records": ("salescli.policy.records:RecordsShape", "config/records.yaml"),
    "imports": ("salescli.policy.imports:ProfileShape", "config/imports/*.yaml"),
    "targets": ("salescli.core.quotas.shape:TargetsPolicy", "config/targets/*.yaml"),
    "plan": ("salescli.core.commission.plan:Plan", "config/plans/*.yaml"),
    "scorecard": ("salescli.core.scorecard.shape:Scorecard", "config/scorecards/*.yaml"),
    "cases": ("salescli.core.commission.case_shapes:CaseDocument", "config/cases/*.yaml"),
    "market": ("salescli.policy.market:MarketShape", "config/market.yaml"),
}

_INTRODUCTION = """\
A JSON Schema per kind of policy file. An editor that knows YAML schemas completes keys and marks slips while one types;
`salescli` itself checks far more, and says it with a place and a hint. For VS Code with its YAML extension:"""

_EXAMPLE = '{"yaml.schemas": {"docs/reference/schema/plan.json": "config/plans/*.yaml"}}'


def build_pages() -> dict[str, str]:
    """Return the schemas and the page that lists them."""
    pages = {f"schema/{name}.json": _schema(name, place) for name, (place, _) in SHAPES.items()}
    rows = [(f"[{name}.json](schema/{name}.json)", code(files)) for name, (_, files) in SHAPES.items()]
    return {
        **pages,
        "schema.md": page("JSON Schemas", _INTRODUCTION, block(_EXAMPLE, "json"), table(("Schema", "Files"), rows)),
    }


def _schema(name: str, place: str) -> str:
    module, _, attribute = place.partition(":")
    schema = json_schema(getattr(import_module(module), attribute), f"salescli {name}")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
