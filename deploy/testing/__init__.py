"""What the tests run on: settings, a PostgreSQL, a broker, a mail server, real workers."""
