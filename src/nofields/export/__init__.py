"""Files for frontends: message bundles, key types, validators, JSON Schema."""
