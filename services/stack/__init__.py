"""The embedded stack: a real PostgreSQL and a real Valkey from wheels, and the supervisor of all processes."""
