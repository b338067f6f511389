"""Where a thing stands, in what light, and the camera that sees it."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from disputes.demo.photos import soft_things, things
from disputes.demo.photos.harm import Harm, harmed
from disputes.demo.photos.paint import FOOT, SIDE, Colour, blurred, noise, shade

WIDE = (1080, 810)
# The first word found in a listing's title says what to draw; a thing not named comes in its box.
NAMED: dict[str, things.Thing] = {
    word: thing
    for thing, words in {
        things.mug: "mug cup moka planter",
        things.pot: "casserole pot teapot wok",
        things.bottle: "parfum ampoule bottle serum",
        things.tin: "茶 大红袍 龙井 tea tin",
        things.lamp: "lamp",
        soft_things.shoe: "shoe boot sneaker",
        things.screen: "tablet e-reader phone monitor",
        things.headphones: "headphones earbuds",
        things.watch: "watch diver chronograph",
        soft_things.bag: "handbag bag",
        soft_things.jumper: "jumper jacket dress",
        things.book: "book edition atlas guide 红楼梦",
        soft_things.plush: "plush",
    }.items()
    for word in words.split()
}
COLOURS: tuple[Colour, ...] = (
    (44, 84, 140),
    (156, 52, 44),
    (60, 110, 84),
    (206, 152, 60),
    (88, 72, 120),
    (196, 186, 170),
    (52, 54, 60),
    (190, 110, 90),
)
WOOD, OAK, STONE, CLOTH = (122, 82, 52), (176, 138, 96), (150, 150, 148), (120, 126, 140)


def listed(title: str, seed: int) -> bytes:
    """The listing's photo, a JPEG: the thing on paper that runs up the wall, in even light."""
    dice = Random(f"listed {title} {seed}")  # noqa: S311
    thing = _thing(title, seed)
    ground = _paper(shade((236, 236, 238), dice.uniform(0.94, 1.04)))
    # No two shops place a thing alike: two listings' boxes are not to pass for one picture.
    spot = (WIDE[0] // 2 + dice.randint(-130, 130), dice.randint(640, 750))
    scene = _placed(ground, thing, dice.uniform(0.6, 0.84), spot, 30)
    return _taken(scene, dice, light=1.04, grain=0.015, quality=92)


def packed(seed: int) -> bytes:
    """The seller's photo: the parcel, closed and labelled, on the packing table."""
    dice = Random(f"packed {seed}")  # noqa: S311
    ground = _room(dice, STONE, (206, 206, 200))
    thing = _tilted(things.parcel(things.CARDBOARD, dice), dice, 1)
    scene = _placed(ground, thing, dice.uniform(0.66, 0.78), _spot(dice), 24)
    return _taken(scene, dice, light=dice.uniform(1.05, 1.2), grain=0.025, quality=82)


def received(title: str, seed: int, harm: Harm = Harm.NONE, boxed: bool = False) -> bytes:
    """The buyer's photo: the thing (or with `boxed` its parcel) at home, with what is wrong.

    The same `title` and `seed` as for `listed` make the same thing.
    """
    dice = Random(f"received {title} {seed} {harm} {boxed}")  # noqa: S311
    if boxed:
        thing = things.parcel(things.CARDBOARD, dice)
    else:
        thing = _thing(title, seed, other=harm is Harm.DIFFERENT)
    thing = _tilted(harmed(thing, harm, dice), dice, 2)
    if dice.random() < 0.25:
        thing = ImageOps.mirror(thing)
    floor = dice.choice((WOOD, OAK, CLOTH, STONE))
    wall = dice.choice(((196, 190, 178), (168, 180, 186), (208, 200, 186), (150, 138, 126)))
    scene = _placed(_room(dice, floor, wall), thing, dice.uniform(0.66, 0.86), _spot(dice), 36)
    scene = _held(scene, dice.uniform(-4, 4))
    return _taken(scene, dice, light=dice.uniform(0.95, 1.25), grain=0.04, quality=76)


def saved_from_page(photo: bytes) -> bytes:
    """The same picture, as a browser shows it: smaller, and compressed once more."""
    with Image.open(BytesIO(photo)) as shown:
        small = shown.resize((shown.width * 3 // 5, shown.height * 3 // 5))
    saved = BytesIO()
    small.save(saved, "JPEG", quality=70)
    return saved.getvalue()


def _thing(title: str, seed: int, other: bool = False) -> Image.Image:
    """What the title names, in the colour of that seed; or an `other` one of its kind."""
    words = sorted(NAMED, key=len, reverse=True)  # headphones are no phone
    draw = next((NAMED[word] for word in words if word in title.lower()), things.carton)
    place = Random(f"{title} {seed}").randrange(len(COLOURS)) + 3 * other  # noqa: S311
    return draw(COLOURS[place % len(COLOURS)], Random(f"thing {title} {seed} {other}"))  # noqa: S311


def _spot(dice: Random) -> tuple[int, int]:
    return round(WIDE[0] * dice.uniform(0.42, 0.58)), round(WIDE[1] * dice.uniform(0.82, 0.9))


def _tilted(thing: Image.Image, dice: Random, degrees: float) -> Image.Image:
    """Seen from a little aside, and not quite level."""
    lean, squeeze = dice.uniform(-0.1, 0.1), dice.uniform(0.9, 1.0)
    shift = SIDE / 2 * (1 - 1 / squeeze) - lean * FOOT
    aside = (1 / squeeze, lean, shift, 0, 1, 0)
    seen = thing.transform(thing.size, Image.Transform.AFFINE, aside, Image.Resampling.BICUBIC)
    return seen.rotate(
        dice.uniform(-degrees, degrees), Image.Resampling.BICUBIC, center=(500, FOOT)
    )


def _paper(colour: Colour) -> Image.Image:
    """Seamless paper: lighter where it curves up."""
    slope = Image.linear_gradient("L").resize(WIDE)
    ground = ImageOps.colorize(slope, shade(colour, 1.04), shade(colour, 0.9))
    glow = ImageOps.invert(Image.radial_gradient("L")).resize(WIDE)
    return Image.blend(ground, ImageChops.screen(ground, glow.convert("RGB")), 0.35)


def _room(dice: Random, floor: Colour, wall: Colour) -> Image.Image:
    """A wall out of focus, with things on it, and a table or floor that comes towards us."""
    back = Image.new("RGB", WIDE, wall)
    draw = ImageDraw.Draw(back)
    for _ in range(dice.randint(3, 6)):
        x, y = dice.randrange(-100, WIDE[0]), dice.randrange(-100, 300)
        box = (x, y, x + dice.randrange(80, 380), y + dice.randrange(120, 460))
        draw.rectangle(box, fill=shade(dice.choice((*COLOURS, wall)), dice.uniform(0.7, 1.2)))
    back = blurred(back, 26)
    horizon = dice.randrange(230, 360)
    ground = _boards(dice, floor) if floor in (WOOD, OAK) else _plain(dice, floor)
    near, far = WIDE[0], dice.randrange(340, 520)
    back.paste(_receding(ground, near, far, WIDE[1] - horizon), (0, horizon))
    edge = back.crop((0, horizon - 8, WIDE[0], horizon + 10)).filter(ImageFilter.GaussianBlur(4))
    back.paste(edge, (0, horizon - 8))
    return back


def _boards(dice: Random, colour: Colour) -> Image.Image:
    """Boards with their grain."""
    made = Image.new("RGB", (SIDE, SIDE))
    width = 125
    for left in range(0, SIDE, width):
        grain = noise(dice, (26, 3), (width, SIDE))
        tone = shade(colour, dice.uniform(0.86, 1.12))
        board = ImageOps.colorize(grain, shade(tone, 0.78), shade(tone, 1.16))
        made.paste(board, (left, 0))
    draw = ImageDraw.Draw(made)
    for left in range(0, SIDE, width):
        draw.line((left, 0, left, SIDE), fill=shade(colour, 0.4), width=3)
    return made


def _plain(dice: Random, colour: Colour) -> Image.Image:
    """Stone or cloth: speckled."""
    coarse, fine = noise(dice, (14, 14), (SIDE, SIDE)), noise(dice, (500, 500), (SIDE, SIDE))
    speckles = Image.blend(coarse, fine, 0.5)
    return ImageOps.colorize(speckles, shade(colour, 0.72), shade(colour, 1.24))


def _receding(ground: Image.Image, near: int, far: int, height: int) -> Image.Image:
    """`ground` in perspective: `far` of its width at the back is `near` of it at the front."""
    size, times = (WIDE[0], height), near / far
    across, deeper = SIDE / WIDE[0], (times - 1) / height
    back = (across, deeper * SIDE / 2, 0, 0, times * SIDE / height, 0, 0, deeper)
    seen = ground.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    dark = (
        Image.linear_gradient("L").resize(size).point([round(150 + v * 0.41) for v in range(256)])
    )
    return ImageChops.multiply(seen, dark.convert("RGB"))


def _placed(
    ground: Image.Image, thing: Image.Image, scale: float, foot: tuple[int, int], blur: int
) -> Image.Image:
    """`thing` on `ground`, its foot there, with the shadow it casts."""
    size = round(SIDE * scale)
    small = thing.resize((size, size), Image.Resampling.LANCZOS)
    at = (foot[0] - size // 2, foot[1] - round(FOOT * scale))
    shape = Image.new("L", ground.size, 0)
    shape.paste(small.getchannel("A"), at)
    left, _, right, bottom = shape.getbbox() or (0, 0, 1, 1)
    lying = shape.crop((left, 0, right, bottom)).resize((right - left, round(bottom * 0.3)))
    cast = Image.new("L", ground.size, 0)
    cast.paste(lying, (left + 40, bottom - lying.height + 12))
    touch = Image.new("L", ground.size, 0)
    ImageDraw.Draw(touch).ellipse((left + 10, bottom - 44, right - 5, bottom + 8), fill=190)
    dark = ImageChops.lighter(
        blurred(cast, blur).point([round(v * 0.5) for v in range(256)]),
        blurred(touch, 12),
    )
    scene = ground.copy()
    scene.paste((18, 16, 14), mask=dark.point([round(v * 0.62) for v in range(256)]))
    scene.paste(small.convert("RGB"), at, small.getchannel("A"))
    return scene


def _held(scene: Image.Image, degrees: float) -> Image.Image:
    """The camera was not level: the scene turned, and its empty corners left out."""
    edge = round(abs(degrees) * 14)
    turned = scene.rotate(degrees, Image.Resampling.BICUBIC)
    inner = (edge, edge * 3 // 4, WIDE[0] - edge, WIDE[1] - edge * 3 // 4)
    return turned.resize(WIDE, Image.Resampling.BICUBIC, box=inner)


def _taken(scene: Image.Image, dice: Random, light: float, grain: float, quality: int) -> bytes:
    """The photo: light from one side, a tint of the lamp, dark corners, grain, a JPEG."""
    side = Image.linear_gradient("L").rotate(dice.choice((0, 90, 270))).resize(scene.size)
    slope = side.point([round(205 + v * 50 / 255) for v in range(256)]).convert("RGB")
    corners = Image.radial_gradient("L").resize(scene.size)
    vignette = corners.point([round(255 - max(0, v - 130) * grain * 14) for v in range(256)])
    seen = ImageChops.multiply(ImageChops.multiply(scene, slope), vignette.convert("RGB"))
    warmth = dice.uniform(-0.07, 0.09) * min(1.0, grain * 20)
    red, green, blue = seen.split()
    tinted = (_times(red, 1 + warmth), green, _times(blue, 1 - warmth))
    seen = ImageEnhance.Brightness(Image.merge("RGB", tinted)).enhance(light * 1.08)
    specks = noise(dice, WIDE, WIDE).convert("RGB")
    seen = Image.blend(seen, ImageChops.overlay(seen, specks), grain * 4)
    out = BytesIO()
    seen.filter(ImageFilter.GaussianBlur(grain * 14)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def _times(band: Image.Image, factor: float) -> Image.Image:
    return band.point([min(255, round(v * factor)) for v in range(256)])
