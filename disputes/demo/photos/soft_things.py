"""What is sold and gives way to the hand: cloth, leather, fur."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageOps

from disputes.demo.photos.paint import (
    Colour,
    flat,
    grained,
    lines,
    mask,
    ovals,
    over,
    rounded,
    shade,
    sheet,
    softened,
)
from disputes.demo.photos.things import DARK, PAPER


def shoe(colour: Colour, dice: Random) -> Image.Image:
    """A running shoe from the side."""
    outline = [(172, 810), (176, 540), (236, 486), (330, 560), (440, 590), (600, 672), (770, 712)]
    upper = softened(mask(lambda d: d.polygon([*outline, (880, 770), (884, 815)], fill=255)), 22)
    tongue = softened(mask(lambda d: d.polygon([(300, 600), (350, 470), (430, 600)], fill=255)), 14)
    sole = mask(lambda d: d.rounded_rectangle((150, 800, 900, 880), 40, fill=255))
    tread = mask(lambda d: d.rounded_rectangle((165, 866, 890, 900), 14, fill=255))
    stripe = mask(lambda d: d.polygon([(330, 800), (470, 640), (530, 660), (420, 800)], fill=255))
    heel = mask(lambda d: d.rounded_rectangle((160, 560, 240, 810), 30, fill=255))
    laces = [[(380 + 46 * n, 574 + 22 * n), (420 + 50 * n, 650 + 20 * n)] for n in range(5)]
    return over(
        sheet(),
        rounded(shade(colour, 0.6), tongue, 20),
        grained(rounded(colour, upper, 40), dice, 330, 0.14),
        rounded(shade(colour, 0.7), ImageChops.multiply(heel, upper), 20),
        rounded(PAPER, stripe, 10),
        lines(PAPER, laces, 15, upper),
        rounded((232, 230, 224), sole, 18),
        flat(DARK, tread),
    )


def bag(colour: Colour, dice: Random) -> Image.Image:
    """A handbag of grained leather."""
    grip = mask(lambda d: d.arc((340, 260, 660, 700), 180, 360, fill=255, width=30))
    body = mask(lambda d: d.polygon([(240, 500), (760, 500), (830, 890), (170, 890)], fill=255))
    flap = mask(lambda d: d.polygon([(236, 490), (764, 490), (700, 690), (300, 690)], fill=255))
    clasp = mask(lambda d: d.rounded_rectangle((455, 650, 545, 730), 16, fill=255))
    return over(
        sheet(),
        rounded(shade(colour, 0.7), grip, 9),
        grained(rounded(colour, body, 46), dice, 330, 0.12),
        grained(rounded(shade(colour, 1.08), flap, 26), dice, 330, 0.12),
        rounded((204, 168, 92), clasp, 12),
    )


def jumper(colour: Colour, dice: Random) -> Image.Image:
    """A knitted jumper, laid out."""
    left = mask(lambda d: d.polygon([(310, 330), (380, 420), (250, 820), (150, 790)], fill=255))
    sleeves = ImageChops.lighter(left, ImageOps.mirror(left))
    body = mask(lambda d: d.rounded_rectangle((310, 310, 690, 880), 50, fill=255))
    neck = ovals((410, 270, 590, 370))
    ribs = [[(x, 300), (x, 890)] for x in range(310, 700, 13)]
    return over(
        sheet(),
        grained(rounded(shade(colour, 0.92), sleeves, 30), dice, 330, 0.14),
        grained(rounded(colour, body, 50), dice, 330, 0.14),
        lines(shade(colour, 0.8), ribs, 3, body),
        rounded(shade(colour, 0.55), neck, 12),
    )


def plush(colour: Colour, dice: Random) -> Image.Image:
    """A plush animal."""
    ears = ovals((330, 270, 440, 390), (560, 270, 670, 390))
    feet, arms = (
        [(270, 740, 440, 900), (560, 740, 730, 900)],
        [(220, 560, 350, 760), (650, 560, 780, 760)],
    )
    limbs = ovals(*feet, *arms)
    trunk = ovals((300, 500, 700, 890))
    head = ovals((325, 290, 675, 600))
    snout = ovals((420, 440, 580, 570))
    eyes = ovals((410, 400, 444, 436), (556, 400, 590, 436))
    nose = ovals((470, 455, 530, 500))
    fur = [rounded(colour, part, 36) for part in (ears, limbs, trunk, head)]
    return over(
        sheet(),
        *(grained(part, dice, 330, 0.08) for part in fur),
        rounded(shade(colour, 1.3), snout, 20),
        rounded(DARK, eyes, 6),
        rounded(DARK, nose, 8),
    )
