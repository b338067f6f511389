"""Sets of a table's cells as integers: bit k is cell k of the product of the axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BITS = [[i for i in range(8) if byte >> i & 1] for byte in range(256)]


@dataclass(frozen=True, slots=True)
class Grid:
    """The product of all axes of a table; the last axis varies fastest."""

    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    size: int

    @classmethod
    def of(cls, sizes: Sequence[int]) -> Grid:
        """The grid of axes with these sizes."""
        strides = []
        stride = 1
        for size in reversed(sizes):
            strides.append(stride)
            stride *= size
        return cls(tuple(sizes), tuple(reversed(strides)), stride)

    @property
    def everything(self) -> int:
        """The set of all cells."""
        return (1 << self.size) - 1

    def spread(self, sets: Sequence[int]) -> int:
        """The cells of the product of one set of cells per axis."""
        cells = 1
        for chosen, stride in zip(reversed(sets), reversed(self.strides), strict=True):
            block, cells = cells, 0
            for i in members(chosen):
                cells |= block << i * stride
        return cells

    def point(self, cell: int) -> tuple[int, ...]:
        """The index on every axis of one cell."""
        return tuple(
            cell // stride % size for size, stride in zip(self.sizes, self.strides, strict=True)
        )


def members(cells: int) -> Iterator[int]:
    """The numbers of the cells in a set, ascending."""
    for start, byte in enumerate(cells.to_bytes((cells.bit_length() + 7) // 8, "little")):
        if byte:
            base = start * 8
            for bit in _BITS[byte]:
                yield base + bit


def lowest(cells: int) -> int:
    """The lowest cell of a set that is not empty."""
    return (cells & -cells).bit_length() - 1
