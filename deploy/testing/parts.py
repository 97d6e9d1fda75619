"""What the product is made of: every locked package with its version and licence, as a CycloneDX list."""

import json
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK, LIST = Path("deploy/requirements.txt"), Path("build/sbom.json")
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def write() -> str:
    """Writes build/sbom.json from the lock file; returns a sentence for the person at the terminal."""
    found = [_component(name, version) for name, version in PINNED.findall(LOCK.read_text())]
    LIST.parent.mkdir(exist_ok=True)
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": found}
    LIST.write_text(json.dumps(document, indent=1) + "\n")
    unknown = [part["name"] for part in found if not part["licenses"]]
    named = f"; no licence is named by {', '.join(unknown)}" if unknown else ""
    return f"{len(found)} packages with their licences are in {LIST}{named}."


def _component(name: str, version: str) -> dict:
    licence = _licence(name)
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name.lower()}@{version}",
        "licenses": [{"license": {"name": licence}}] if licence else [],
    }


def _licence(name: str) -> str:
    """As the installed package says itself; empty for one that this platform does not install."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")
    ]
    short = (about.get("License") or "").strip().partition("\n")[0]
    return about.get("License-Expression") or ", ".join(classified) or short[:80]


if __name__ == "__main__":
    print(write())
