"""The schema comes up on an empty database, and coming twice changes nothing."""

from shared.storage import migrate


def test_upgrade_may_be_repeated(empty_database_url: str) -> None:
    assert migrate.upgrade(empty_database_url) == migrate.upgrade(empty_database_url) == migrate.head()
    assert migrate.current(empty_database_url) == migrate.head()


def test_empty_database_has_no_version(empty_database_url: str) -> None:
    assert migrate.current(empty_database_url) is None
