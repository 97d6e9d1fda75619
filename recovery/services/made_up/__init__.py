"""A made-up patient: a replay case that grows day by day, lived through by a plan. Nothing here touches a database."""
