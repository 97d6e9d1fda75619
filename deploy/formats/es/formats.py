"""Spanish: a date needs its "de"; the decimal point is what the Ortografía of 2010 recommends for every country."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = "\u00a0"

# Django looks a pattern up by its name, so the patterns that the templates use are names here.
globals().update(
    {
        "j F": r"j \d\e F",
        "j F Y": r"j \d\e F \d\e Y",
        "j F, H:i": r"j \d\e F, H:i",
        "j F, H:i:s": r"j \d\e F, H:i:s",
        "j F Y, H:i": r"j \d\e F \d\e Y, H:i",
        "l j F": r"l j \d\e F",
        "l j F, H:i": r"l j \d\e F, H:i",
        "l j F Y": r"l j \d\e F \d\e Y",
        "D j F": r"D j \d\e F",
    }
)
