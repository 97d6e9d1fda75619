"""What fits the published schema, and what just misses it, is answered as the schema says; never with a crash."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import Request

import pytest

from tests.browser.stage import DIRECTLY, PASSWORD, served

EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "40")
SEED = os.environ.get("FUZZ_SEED", "7")
UNHINDERED = {
    "API_RATE_PERSON": "100000/s",
    "API_RATE_STRANGER": "100000/s",
    "API_RATE_SIGN_IN": "100000/s",
    "API_RATE_SIGN_IN_ACCOUNT": "100000/s",
}
# A body of the right shape may still be refused: a day before the start, a zone nobody knows. And a person who may
# not see a place learns nothing of the methods it has.
NOT_PROMISED = "positive_data_acceptance,unsupported_method"
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
STRANGER = None


@pytest.fixture(scope="module")
def stage(tmp_path_factory, valkey):
    """The whole product with the demo's people, and no limit on how often one may ask."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in UNHINDERED.items():
            patch.setenv(name, value)
        with served(tmp_path_factory.mktemp("fuzz"), valkey.url, "smtp://127.0.0.1:1") as stage:
            yield stage


def token(stage, person: str) -> str:
    """A bearer token for one of the demo's people."""
    body = json.dumps({"email": f"{person}@demo.test", "password": PASSWORD}).encode()
    headers = {"Content-Type": "application/json"}
    with DIRECTLY.open(Request(f"{stage.address}/api/v1/auth/token/", body, headers)) as answer:
        return json.load(answer)["token"]


@pytest.mark.parametrize("person", ["runner", "clinician", "admin", STRANGER])
def test_every_answer_is_one_the_schema_knows(stage, person, tmp_path):
    command = [Path(sys.executable).with_name("schemathesis"), "--config-file", CONFIGURATION, "run"]
    command += [f"{stage.address}/api/v1/schema/"]
    command += ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", EXAMPLES, "--seed", SEED]
    command += ["--exclude-checks", NOT_PROMISED, "--generation-allow-x00", "true", "--warnings", "off"]
    command += ["--exclude-path", "/api/v1/auth/token/"] if person else []
    if person:
        command += ["-H", f"Authorization: Bearer {token(stage, person)}"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=1500)
    print(run.stdout[-1500:])
    assert run.returncode == 0, run.stdout[-12000:] + run.stderr[-2000:]
