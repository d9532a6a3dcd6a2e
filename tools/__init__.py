"""Tools of the repository: benchmarks and generated documents. Not part of the package."""
