"""Every page that links lead to, as each kind of person: the browser finds nothing to refuse."""

import re

import pytest

from tests.browser.visitor import DESK

MOST = 150
FIRST = {"": "/", "quick@demo.test": "/today/", "clinician@demo.test": "/clinic/", "admin@demo.test": "/plans/"}
ALSO = {"quick@demo.test": ["/settings/"], "admin@demo.test": ["/staff/", "/accounts/2fa/"]}
LEADS_AWAY = re.compile(r"logout|/demo/|\.(pdf|csv|json|ics|yaml)|/export|/download")
LOOSE = re.compile(r"unsafe|https?:|\*")
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
VIOLATIONS = (
    "addEventListener('securitypolicyviolation', e => console.error(`refused: ${e.violatedDirective} ${e.blockedURI}`))"
)


@pytest.mark.parametrize("email", FIRST, ids=lambda email: email or "nobody")
def test_a_crawl_meets_the_strict_policy_and_no_violation(visit, stage, email):
    visitor = visit(DESK)
    visitor.context.add_init_script(VIOLATIONS)
    policies: dict[str, str] = {}

    def note(answer):
        if answer.request.resource_type == "document":
            policies[answer.url] = answer.headers.get("content-security-policy", "none at all")

    visitor.page.on("response", note)
    if email:
        visitor.sign_in(email)
    seen, ahead = set(), [FIRST[email], *ALSO.get(email, [])]
    while ahead and len(seen) < MOST:
        path = ahead.pop(0)
        if _kind(path) in seen or LEADS_AWAY.search(path):
            continue
        seen.add(_kind(path))
        visitor.go(path)
        links = visitor.page.evaluate(LINKS)
        ahead += [
            link.removeprefix(stage.address).partition("#")[0] for link in links if link.startswith(stage.address)
        ]
    loose = {url: policy for url, policy in policies.items() if LOOSE.search(policy) or "trusted-types" not in policy}
    print(
        f"\npromised 0 violations, seen {len(visitor.complaints)} on {len(seen)} kinds of page as {email or 'nobody'}"
    )
    assert not loose and len(seen) >= (5 if not email else 8)


def test_the_browser_does_refuse_what_the_policy_forbids_and_says_so(visit, stage):
    visitor = visit(DESK)
    visitor.context.add_init_script(VIOLATIONS)

    def smuggle(route):
        """The page as it was sent, with a script somebody slipped into it."""
        answer = route.fetch()
        page = answer.text().replace("</body>", "<script>window.ran = 1</script></body>")
        route.fulfill(response=answer, body=page)

    visitor.page.route(f"{stage.address}/", smuggle)
    visitor.go("/")
    assert "<script>window.ran" in visitor.page.content()
    assert visitor.page.evaluate("window.ran") is None
    for act in (
        "document.body.innerHTML = '<b>x</b>'",
        "Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'})",
    ):
        assert visitor.page.evaluate(f"(() => {{ try {{ {act} }} catch {{ return 'refused' }} }})()") == "refused", act
    for directive, times in (("script-src", 1), ("require-trusted-types-for", 2)):
        while sum(f"refused: {directive}" in line for line in visitor.complaints) < times:
            visitor.page.wait_for_event("console")
    visitor.complaints.clear()


def test_what_a_library_turns_into_page_loses_its_scripts(visit):
    visitor = visit(DESK).sign_in("clinician@demo.test")
    hostile = (
        "<p onclick='ran=1'>kept</p><img onerror='ran=1'><script>ran=1</script>"
        "<a href=' javascript:ran=1'>a</a><template><b onfocus='ran=1'></b></template>"
    )
    visitor.page.evaluate(
        "text => { const part = document.createElement('div'); part.innerHTML = text; window.part = part }", hostile
    )
    left = visitor.page.evaluate("part.innerHTML")
    assert "kept" in left and not re.search(r"ran=1|script", left), left
    assert visitor.page.evaluate("window.ran") is None
    # The browser refuses the handlers as well while the text is taken apart; what it says of that is no complaint.
    visitor.complaints = [line for line in visitor.complaints if "Executing inline event handler" not in line]


def _kind(path: str) -> str:
    """Pages that differ by an id or a question alone are one kind."""
    return re.sub(r"[0-9a-f-]{32,36}|\d+|\?.*", "N", path)
