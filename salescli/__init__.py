"""salescli: a sales-team toolkit over local files."""

__version__ = "0.1.0"
