"""People as others see them."""


def person_json(person) -> dict:
    """Who somebody is, without their address."""
    return {"id": person.pk, "name": person.name}
