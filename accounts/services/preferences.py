"""What people choose for themselves: name, time zone, language, appearance."""

from ..models import User

CHOSEN = ("display_name", "time_zone", "language", "theme")


def change_preferences(user: User, **chosen: str) -> User:
    """Keeps a person's choices; raises ValidationError for a value no person can have."""
    unknown = set(chosen) - set(CHOSEN)
    if unknown:
        raise TypeError(f"not a preference: {', '.join(sorted(unknown))}")
    for name, value in chosen.items():
        setattr(user, name, value)
    user.full_clean(exclude={field.name for field in User._meta.fields} - set(chosen))
    user.save(update_fields=[*chosen])
    return user
