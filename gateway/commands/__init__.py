"""The commands of `frontdoor`, one module each: `app` (a group of the module's name) or `register(root)` (adds its own)."""
