"""The manifests in `deploy/` fit the published schemas of Kubernetes."""

import kubernetes_validate
import pytest
import yaml

VERSION = "1.33"


def manifests(request):
    found = []
    for file in sorted((request.config.rootpath / "deploy").glob("*.yaml")):
        found += [one for one in yaml.safe_load_all(file.read_text(encoding="utf-8")) if one]
    return found


def test_every_manifest_fits_its_schema(request):
    found = manifests(request)
    assert {one["kind"] for one in found} >= {"Deployment", "Service", "NetworkPolicy"}
    for one in found:
        kubernetes_validate.validate(one, VERSION, strict=True)


def test_a_misspelt_key_would_be_found(request):
    (service,) = [one for one in manifests(request) if one["kind"] == "Service"]
    service["spec"]["selektor"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(service, VERSION, strict=True)


def test_a_service_and_its_pods_belong_together(request):
    found = manifests(request)
    pods = [
        one["spec"]["template"]["metadata"]["labels"]
        for one in found
        if one["kind"] == "Deployment"
    ]
    for service in (one for one in found if one["kind"] == "Service"):
        wanted = service["spec"]["selector"].items()
        assert any(wanted <= labels.items() for labels in pods)
