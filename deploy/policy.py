"""What a page may load and where it may send: nothing but our own, and no script without the answer's nonce."""

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC

DIRECTIVES = {
    "default-src": [NONE],
    "script-src": [NONCE, STRICT_DYNAMIC],  # what a script with the nonce imports runs too, and nothing else
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    # Text becomes a page or a script only by these: static/recovery/js/trusted.js and phone.js.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["default", "inert", "worker"],
}
