"""Trading a password for a token."""

from rest_framework import serializers

from ..fields import Text
from .strict import Strict


class SignIn(Strict):
    """E-mail and password, and the one-time code of those who set one up."""

    email = Text(max_length=254)
    password = Text(max_length=1000, trim_whitespace=False)
    code = Text(max_length=20, required=False)


class Token(serializers.Serializer):
    """A token for the Authorization header; it is shown once."""

    token = serializers.CharField()
