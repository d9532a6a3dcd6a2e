"""The pages of the generated reference: one module each, with `build_pages() -> {path: text}`."""
