"""What frontends read: message bundles, key types, rules for the browser, JSON Schema."""
