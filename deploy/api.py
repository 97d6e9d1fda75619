"""How the API reads, answers and limits, and how it describes itself."""

from . import environment as env

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": env.number("PROXIES", 0),
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.text("API_RATE_STRANGER", "60/m"),
        "user": env.text("API_RATE_PERSON", "600/m"),
        "token": env.text("API_RATE_SIGN_IN", "30/m"),
        "token_account": env.text("API_RATE_SIGN_IN_ACCOUNT", "10/15m"),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Backstride",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [],  # closed lists are written where they are used
}
