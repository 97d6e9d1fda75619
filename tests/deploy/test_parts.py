"""The list of parts names every locked package."""

import json

from deploy.testing import parts


def test_every_locked_package_is_listed_with_its_version(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "LIST", tmp_path / "sbom.json")
    parts.write()
    listed = {part["name"]: part for part in json.loads((tmp_path / "sbom.json").read_text())["components"]}
    assert len(listed) == sum(line[:1].isalnum() for line in parts.LOCK.read_text().splitlines()) > 30
    assert listed["django"]["licenses"] and listed["django"]["purl"] == f"pkg:pypi/django@{listed['django']['version']}"
