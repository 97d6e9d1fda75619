"""A draft beside the live version on the histories that are stored.

Asked for once (`asking`), cut into shards that any worker may claim (`shards`), folded with the rules' own functions
(`episodes`) and summed up when the last shard is done (`summing`). Nothing here writes a decision, an escalation or a
message.
"""
