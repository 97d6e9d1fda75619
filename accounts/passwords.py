"""What is no password here, besides what Django refuses by itself."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Whoever guesses at this service tries these first.
OURS = ("backstride", "lowerback", "backpain", "physio", "physiotherapy", "running", "runner", "recovery", "clinic")
REST_IS_ENOUGH = 6  # characters beside such a word that make it a password all the same


class NoWordOfOurs:
    """Refuses a password that is little more than a word everybody here has in mind."""

    def validate(self, password, user=None):
        plain = "".join(character for character in password.lower() if character.isalnum())
        for word in OURS:
            if word in plain and len(plain.replace(word, "")) < REST_IS_ENOUGH:
                raise ValidationError(
                    _("“%(word)s” is among the first words somebody would try here. Add a few words of your own."),
                    code="word_of_ours",
                    params={"word": word},
                )

    def get_help_text(self):
        return _("Something other than a word from this site with a number behind it.")
