"""Invented product photos: a thing as it was listed, as it was packed, as it arrived.

Drawn with Pillow alone, the same for the same seed; lifelike enough to be compared, and to be taken
for what they are.

    listed("Stoneware mug", seed)              the listing's photo: a plain ground, even light
    packed(seed)                               the seller's: the parcel on the packing table
    received("Stoneware mug", seed, CRACKED)   the buyer's: at home, another angle, what is wrong
    saved_from_page(photo)                     no photo of one's own: smaller, compressed anew
"""

from disputes.demo.photos.harm import Harm
from disputes.demo.photos.scenes import listed, packed, received, saved_from_page

__all__ = ["Harm", "listed", "packed", "received", "saved_from_page"]
