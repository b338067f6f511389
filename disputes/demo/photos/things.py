"""What is sold, drawn as it stands on a table. Each takes its main colour and the dice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

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
    turned,
)

Thing = Callable[[Colour, Random], Image.Image]
DARK: Colour = (34, 35, 38)
STEEL: Colour = (168, 172, 178)
CARDBOARD: Colour = (188, 148, 103)
PAPER: Colour = (240, 240, 236)


def mug(colour: Colour, dice: Random) -> Image.Image:
    """A mug with its handle to the right."""
    handle = mask(lambda d: d.ellipse((590, 470, 800, 740), outline=255, width=44))
    body = mask(lambda d: _jar(d, 290, 660, 400, 900, 22))
    rim = ovals((290, 360, 660, 446))
    inside = ovals((304, 370, 646, 438))
    band = mask(lambda d: d.polygon([(298, 600), (652, 600), (648, 690), (302, 690)], fill=255))
    light = shade(colour, 1.12)
    return over(
        sheet(),
        rounded(colour, handle, 14),
        turned(colour, body),
        turned(shade(colour, 0.62), band, 40),
        flat(light, rim),
        turned(shade(colour, 0.5), inside, 20),
    )


def _jar(d: ImageDraw.ImageDraw, left: int, right: int, top: int, foot: int, taper: int) -> None:
    """The outline of a pot: straight sides that taper, a round foot."""
    d.polygon(
        [(left, top), (right, top), (right - taper, foot - 30), (left + taper, foot - 30)], 255
    )
    d.ellipse((left + taper, foot - 64, right - taper, foot), fill=255)


def pot(colour: Colour, dice: Random) -> Image.Image:
    """A casserole with its lid on."""
    ears = mask(lambda d: d.rounded_rectangle((140, 590, 860, 650), 30, fill=255))
    body = mask(lambda d: _jar(d, 190, 810, 560, 900, 26))
    lid = mask(lambda d: d.pieslice((180, 420, 820, 700), 180, 360, fill=255))
    edge = mask(lambda d: d.rounded_rectangle((176, 548, 824, 582), 14, fill=255))
    knob = ovals((450, 370, 550, 440))
    return over(
        sheet(),
        rounded(shade(colour, 0.8), ears, 12),
        turned(colour, body),
        turned(shade(colour, 1.06), lid),
        turned(shade(colour, 0.75), edge),
        rounded(STEEL, knob, 14),
    )


def bottle(colour: Colour, dice: Random) -> Image.Image:
    """A bottle of scent or serum, labelled."""
    glass = mask(lambda d: d.rounded_rectangle((350, 430, 650, 900), 46, fill=255))
    neck = mask(lambda d: d.rectangle((455, 360, 545, 440), fill=255))
    cap = mask(lambda d: d.rounded_rectangle((430, 230, 570, 375), 16, fill=255))
    label = mask(lambda d: d.rectangle((385, 560, 615, 780), fill=255))
    return over(
        sheet(),
        turned(colour, glass, 95),
        turned(STEEL, neck, 80),
        turned(DARK, cap, 70),
        turned(PAPER, label, 12),
        _print(dice, label, (410, 600), 180),
    )


def tin(colour: Colour, dice: Random) -> Image.Image:
    """A round tin with a lid, for tea."""
    body = mask(lambda d: _jar(d, 320, 680, 420, 900, 4))
    lid = mask(lambda d: d.rounded_rectangle((312, 330, 688, 470), 26, fill=255))
    label = mask(lambda d: d.ellipse((410, 560, 590, 760), fill=255))
    return over(
        sheet(),
        turned(colour, body, 70),
        turned(shade(colour, 0.8), lid, 70),
        turned((206, 170, 90), label, 50),
        _print(dice, label, (450, 620), 100),
    )


def lamp(colour: Colour, dice: Random) -> Image.Image:
    """A table lamp: a foot, a stem, a shade."""
    foot = ovals((350, 840, 650, 910))
    stem = mask(lambda d: d.rectangle((486, 480, 514, 870), fill=255))
    hood = mask(lambda d: d.polygon([(390, 190), (610, 190), (740, 520), (260, 520)], fill=255))
    under = ovals((262, 492, 738, 546))
    ribs = [[(500 + x * 0.44, 190), (500 + x, 520)] for x in range(-220, 221, 40)]
    return over(
        sheet(),
        turned(STEEL, foot, 80),
        turned(STEEL, stem, 90),
        turned(colour, under, 10),
        turned(shade(colour, 1.1), hood, 46),
        lines(shade(colour, 0.86), ribs, 3, hood),
    )


def screen(colour: Colour, dice: Random) -> Image.Image:
    """A tablet, upright, its screen on."""
    case = mask(lambda d: d.rounded_rectangle((230, 250, 770, 900), 40, fill=255))
    glass = mask(lambda d: d.rounded_rectangle((258, 280, 742, 870), 20, fill=255))
    gleam = mask(lambda d: d.polygon([(258, 280), (520, 280), (258, 640)], fill=46))
    icons = sheet()
    draw = ImageDraw.Draw(icons)
    for row in range(5):
        for column in range(4):
            x, y = 296 + 112 * column, 340 + 104 * row
            tint = tuple(dice.randrange(60, 256) for _ in "rgb")
            draw.rounded_rectangle((x, y, x + 72, y + 72), 18, fill=(*tint, 255))
    back = flat(shade(colour, 0.7), glass, 60)
    return over(sheet(), rounded(DARK, case, 8), back, icons, flat((255, 255, 255), gleam))


def headphones(colour: Colour, dice: Random) -> Image.Image:
    """Over-ear headphones."""
    band = mask(lambda d: d.arc((240, 230, 760, 900), 190, 350, fill=255, width=46))
    cups = ovals((190, 520, 380, 860), (620, 520, 810, 860))
    pads = ovals((300, 560, 390, 820), (610, 560, 700, 820))
    return over(
        sheet(),
        rounded(shade(colour, 0.8), band, 14),
        rounded(colour, cups, 40),
        rounded(DARK, pads, 22),
    )


def watch(colour: Colour, dice: Random) -> Image.Image:
    """A wrist watch, its face to us."""
    strap = mask(lambda d: d.rounded_rectangle((400, 130, 600, 900), 40, fill=255))
    case = ovals((290, 310, 710, 730))
    face = ovals((330, 350, 670, 690))
    crown = mask(lambda d: d.rectangle((700, 500, 736, 545), fill=255))
    hours = [[(500, 372), (500, 410)], [(500, 630), (500, 668)], [(352, 520), (390, 520)]]
    hands = [[(500, 520), (440, 440)], [(500, 520), (610, 470)]]
    return over(
        sheet(),
        grained(turned((92, 62, 44), strap, 20), dice, 300, 0.12),
        flat(STEEL, crown),
        rounded(STEEL, case, 26),
        flat(colour, face, 40),
        lines(PAPER, [*hours, [(610, 520), (648, 520)]], 12, face),
        lines(PAPER, hands, 14, face),
    )


def book(colour: Colour, dice: Random) -> Image.Image:
    """A hardcover, upright."""
    pages = mask(lambda d: d.polygon([(300, 270), (720, 250), (742, 880), (320, 900)], fill=255))
    cover = mask(lambda d: d.polygon([(270, 280), (700, 262), (716, 884), (284, 902)], fill=255))
    plate = mask(lambda d: d.rectangle((350, 380, 630, 520), fill=255))
    return over(
        sheet(),
        flat(PAPER, pages),
        grained(flat(colour, cover, 30), dice, 330, 0.08),
        flat(shade(colour, 1.7), plate),
        _print(dice, plate, (380, 410), 220),
        lines(shade(colour, 0.6), [[(305, 280), (318, 900)]], 7, cover),
    )


def carton(colour: Colour, dice: Random) -> Image.Image:
    """A maker's box, printed, two sides of it seen; no two makers' are of one shape."""
    wide, deep, high = dice.randint(280, 470), dice.randint(110, 220), dice.randint(260, 600)
    left, foot = 230, 850
    edge, head, fall = left + wide, foot - high, wide // 10
    strip = foot - high * dice.randint(40, 85) // 100
    front = _face([(left, head), (edge, head + fall), (edge, foot + fall), (left, foot)])
    far, back = edge + deep, head + fall - deep // 3
    side = _face([(edge, head + fall), (far, back), (far, back + high), (edge, foot + fall)])
    top = _face([(left, head), (left + deep, head - deep // 3), (far, back), (edge, head + fall)])
    thick = high * dice.randint(12, 24) // 100
    band = _face(
        [
            (left, strip),
            (edge, strip + fall),
            (edge, strip + fall + thick),
            (left, strip + thick),
        ]
    )
    return over(
        sheet(),
        flat(colour, front),
        flat(shade(colour, 0.66), side),
        flat(shade(colour, 1.25), top),
        flat(shade(colour, 1.7), band),
        _print(dice, front, (left + 40, foot - high // 3), wide * 3 // 4),
        _print(dice, side, (edge + 30, head + high // 3), deep // 2),
    )


def _face(corners: list[tuple[int, int]]) -> Image.Image:
    return mask(lambda d: d.polygon(corners, fill=255))


def parcel(colour: Colour, dice: Random) -> Image.Image:
    """What the courier brings: cardboard, tape, a label."""
    front = mask(lambda d: d.polygon([(150, 450), (610, 500), (610, 920), (150, 830)], fill=255))
    side = mask(lambda d: d.polygon([(610, 500), (870, 430), (870, 800), (610, 920)], fill=255))
    top = mask(lambda d: d.polygon([(150, 450), (430, 390), (870, 430), (610, 500)], fill=255))
    tape = mask(lambda d: d.polygon([(275, 424), (335, 411), (748, 462), (690, 478)], fill=255))
    label = mask(lambda d: d.polygon([(210, 540), (460, 568), (460, 740), (210, 700)], fill=255))
    bars = [
        [(226 + n * 11, 560 + n), (226 + n * 11, 640 + n)] for n in range(20) if dice.random() < 0.7
    ]
    return over(
        sheet(),
        grained(flat(CARDBOARD, front), dice, 300, 0.08),
        grained(flat(shade(CARDBOARD, 0.7), side), dice, 300, 0.08),
        grained(flat(shade(CARDBOARD, 1.14), top), dice, 300, 0.08),
        flat((206, 184, 140), tape),
        flat(PAPER, label, 8),
        lines(DARK, bars, 5, label),
        _print(dice, label, (230, 670), 190, 2),
    )


def _print(
    dice: Random, within: Image.Image, at: tuple[int, int], width: int, rows: int = 4
) -> Image.Image:
    """Lines of writing too small to read."""
    x, y = at
    strokes: list[list[tuple[float, float]]] = [
        [(x, y + 26 * row), (x + width * dice.uniform(0.4, 1), y + 26 * row + width * 0.04)]
        for row in range(rows)
    ]
    return lines(DARK, strokes, 9, within)
