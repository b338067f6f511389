"""Recognising a photo that was used before: what is kept of it, and how two are compared.

Pure functions over Pillow; no table is known here. `of` runs where photos are decoded, the rest
where they are stored and asked for (service/recognition.py, queries/recycled.py). How and why, with
figures: docs/decisions/0013-photo-fingerprints.md.

    glimpse   a photo reduced to 40 x 40 shades of grey, its border taken off
    spectrum  what a frame of a glimpse looks like from afar: its low frequencies
    marks     63 bits of that, in three bands that an ordinary index can hold
    likeness  the last word on two photos whose marks are near: do their details agree?
"""

from backoffice.files.fingerprints.glimpse import of

__all__ = ["of"]
