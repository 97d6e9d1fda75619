"""Static files under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Hashed

[_, IMPORTS] = Hashed._js_module_import_aggregation_patterns
OUR_SCRIPTS = "recovery/js/*.js"


class HashedFiles(Hashed):
    """Hashed names inside our own modules too: a script of one release never loads a part of another."""

    patterns = (*Hashed.patterns, (OUR_SCRIPTS, IMPORTS))
