"""JSON Schema of shapes: what an editor is told."""

from __future__ import annotations

import json

from salescli.policy.metrics import MetricsShape
from salescli.policy.schema import json_schema
from salescli.policy.settings import Settings
from tests.unit.policy.sample import Plan


def test_schema_has_the_keys_of_the_file() -> None:
    schema = json_schema(Plan, "plan")
    assert schema["title"] == "plan"
    assert "from" in schema["properties"]
    assert "from_" not in schema["properties"]
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["plan", "from", "through", "components"]
    assert schema["$defs"]["Tiered"]["properties"]["type"] == {"const": "tiered", "type": "string"}
    assert "title" in schema["$defs"]["Tiered"]["properties"], "a key called title is kept"


def test_dated_value_is_one_or_a_map_of_days() -> None:
    one, days = json_schema(Plan)["$defs"]["Flat"]["properties"]["rate"]["anyOf"]
    assert one["pattern"].endswith("%$")
    assert list(days["patternProperties"].values()) == [one]


def test_schemas_are_json() -> None:
    for shape in (Plan, Settings, MetricsShape):
        assert json.loads(json.dumps(json_schema(shape)))["$schema"].startswith("https://json-schema.org/")
    assert "\x00" not in json.dumps(json_schema(Plan)), "the marks of choices stay inside"
