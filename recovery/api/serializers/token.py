"""Trading a password for a token."""

from rest_framework import serializers

from accounts.models import Scope

from ..fields import OneOf, Text
from .strict import Strict


class SignIn(Strict):
    """E-mail and password, the one-time code of those who set one up, and what the token is for and may do.

    Without `scopes` it may do what people of this kind do every day; editing and publishing plans is asked for by name.
    """

    email = Text(max_length=254)
    password = Text(max_length=1000, trim_whitespace=False)
    code = Text(max_length=20, required=False)
    name = Text(max_length=80, required=False)
    scopes = serializers.ListField(child=OneOf(choices=Scope.values), max_length=len(Scope), required=False)


class Token(serializers.Serializer):
    """A token for the Authorization header; it is shown once."""

    token = serializers.CharField()
