"""Photo advice on photos with one known fault each."""

import pytest
from PIL import Image
from tests.unit.umkm.marketing import studio

from umkm.marketing.photo import advise, measure


def about(picture: Image.Image) -> set[str]:
    return {one.about for one in advise(measure(picture))}


@pytest.fixture(scope="module")
def good() -> Image.Image:
    return studio.product()


def test_a_good_photo_is_left_alone(good: Image.Image):
    assert about(good) == set()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_fault_is_seen_and_no_other(seed: int):
    picture = studio.product(seed)
    assert about(studio.dark(picture)) == {"cahaya"}
    assert about(studio.blurred(picture)) == {"ketajaman"}
    assert about(studio.cluttered(picture, seed)) == {"latar"}
    assert "cahaya" in about(studio.burnt(picture))


@pytest.mark.parametrize("degrees", [-12, -5, 4, 9])
def test_a_lean_is_told_with_its_side(good: Image.Image, degrees: int):
    reading = measure(studio.tilted(good, degrees))
    assert reading.tilt == pytest.approx(degrees, abs=1.5)
    (advice,) = [one for one in advise(reading) if one.about == "miring"]
    assert ("kanan" if degrees > 0 else "kiri") in advice.message


def test_size_and_shape(good: Image.Image):
    assert "ukuran" in about(good.resize((380, 380)))
    assert about(good.resize((700, 700))) == {"ukuran"}
    assert "bentuk" in about(good.crop((0, 0, 1200, 800)))


def test_one_colour_is_flat_and_not_blurred_only():
    assert "kontras" in about(Image.new("RGB", (1000, 1000), (150, 150, 150)))


def test_a_round_thing_has_no_lean():
    plate = Image.radial_gradient("L").resize((1000, 1000)).convert("RGB")
    assert measure(plate).tilt is None
