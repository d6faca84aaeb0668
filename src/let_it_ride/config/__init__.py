"""What a person writes: the configuration models, TOML in and out, presets."""
