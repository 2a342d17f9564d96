"""A small photo studio: a box of crackers on a table, drawn, and then spoilt in known ways."""

import random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter


def product(seed: int = 1, side: int = 1200) -> Image.Image:
    """Draw a lit, sharp box with a label on a plain table, slightly grainy as cameras are."""
    chance = random.Random(seed)
    table = Image.new("RGB", (side, side), (214, 206, 192))
    pen = ImageDraw.Draw(table)
    pen.rectangle((side * 0.24, side * 0.22, side * 0.76, side * 0.80), fill=(150, 60, 40))
    pen.rectangle((side * 0.30, side * 0.34, side * 0.70, side * 0.56), fill=(245, 235, 210))
    for row in range(5):
        top = side * (0.37 + row * 0.035)
        pen.rectangle(
            (side * 0.33, top, side * (0.5 + chance.random() * 0.17), top + 12), fill=(40, 40, 40)
        )
    for _ in range(160):
        x, y = side * chance.uniform(0.27, 0.73), side * chance.uniform(0.60, 0.77)
        shade = chance.randint(150, 235)
        pen.ellipse((x, y, x + 22, y + 16), fill=(shade, shade - 50, 60))
    grain = Image.effect_noise((side, side), 8).convert("RGB")
    return Image.blend(table, grain, 0.04)


def dark(picture: Image.Image) -> Image.Image:
    """Turn the lamp off."""
    return ImageEnhance.Brightness(picture).enhance(0.3)


def burnt(picture: Image.Image) -> Image.Image:
    """Hold it into the sun."""
    return ImageEnhance.Brightness(ImageEnhance.Contrast(picture).enhance(0.35)).enhance(1.75)


def blurred(picture: Image.Image) -> Image.Image:
    """Shake the hand."""
    return picture.filter(ImageFilter.GaussianBlur(7))


def tilted(picture: Image.Image, degrees: float) -> Image.Image:
    """Hold the phone askew; positive leans to the right."""
    return picture.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=(214, 206, 192))


def cluttered(picture: Image.Image, seed: int = 3) -> Image.Image:
    """Leave the kitchen's things around the product."""
    chance = random.Random(seed)
    full = picture.copy()
    pen = ImageDraw.Draw(full)
    side = full.width
    for _ in range(420):
        x, y = chance.uniform(0, side), chance.uniform(0, side)
        if 0.16 * side < x < 0.80 * side and 0.14 * side < y < 0.82 * side:
            continue
        size = chance.uniform(14, 70)
        colour = tuple(chance.randint(0, 255) for _ in range(3))
        pen.rectangle((x, y, x + size, y + size * chance.uniform(0.2, 1)), fill=colour)
    return full
