"""Parsed policies kept beside the workspace, by the content of their files, so that most commands read no YAML.

The file may be deleted at any time; whatever is wrong with it is as if it were not there. It holds plain JSON.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from salescli.core.metrics.model import (
    Aggregate,
    BaseMetric,
    Catalogue,
    CumulativeMetric,
    Filter,
    RatioMetric,
    SumMetric,
)
from salescli.core.title import Title
from salescli.errors import Where

CACHE = ".salescli-policies.json"
FORMAT = 3


def cached(folder: Path, name: str, files: Iterable[Path], build: Callable[[], Any]) -> Any:
    """Return the JSON value built from some files, from the cache where their content has been read before."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for path in files:
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    held: dict[str, Any] = {}
    place = folder / CACHE
    with contextlib.suppress(OSError, ValueError):
        read = json.loads(place.read_text(encoding="utf-8"))
        held = read if isinstance(read, dict) else {}
    mark = digest.hexdigest()
    with contextlib.suppress(KeyError, TypeError):
        if held[name]["sha256"] == mark:
            return held[name]["value"]
    value = build()
    held[name] = {"sha256": mark, "value": value}
    with contextlib.suppress(OSError):
        place.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return value


def catalogue_data(catalogue: Catalogue) -> dict[str, Any]:
    """Return a catalogue as JSON."""
    return {
        "metrics": {name: encode(metric) for name, metric in catalogue.metrics.items()},
        "places": {name: list(place) for name, place in catalogue.places.items()},
        "layers": dict(catalogue.layers),
    }


def catalogue_of(data: dict[str, Any]) -> Catalogue:
    """Return the catalogue of its JSON."""
    metrics = {name: decode(metric) for name, metric in data["metrics"].items()}
    return Catalogue(metrics, {name: Where(*place) for name, place in data["places"].items()}, data["layers"])


def encode(value: Any) -> Any:
    """Return a definition as JSON: a dataclass is a map that names its class under ``""``."""
    if is_dataclass(value):
        return {"": type(value).__name__, **{one.name: encode(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, Title):
        return {"": "Title", "zh": value.zh, "en": value.en}
    if isinstance(value, Decimal):
        return {"": "Decimal", "value": str(value)}
    return [encode(one) for one in value] if isinstance(value, tuple) else value


def decode(data: Any) -> Any:
    """Return the definition of its JSON."""
    if isinstance(data, list):
        return tuple(decode(one) for one in data)
    if not isinstance(data, dict):
        return data
    build = _CLASSES[data[""]]
    return build(**{name: decode(value) for name, value in data.items() if name})


_CLASSES: dict[str, Callable[..., Any]] = {
    "Aggregate": Aggregate,
    "BaseMetric": BaseMetric,
    "CumulativeMetric": CumulativeMetric,
    "Filter": Filter,
    "RatioMetric": RatioMetric,
    "SumMetric": SumMetric,
    "Title": Title,
    "Decimal": Decimal,
}
