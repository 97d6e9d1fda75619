"""A second pair of eyes on the sending side: replays the rules, looks for what is late, beats only when all is well."""
