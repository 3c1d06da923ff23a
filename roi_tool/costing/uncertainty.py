"""Uncertainty: three points per driver, draws with a seed, and the chance that an outcome comes out on the right side.

A full recomputation for each of 10,000 draws would take seconds. `fit_response` reads a model at its three points and its
corners and gives a function that takes all draws at once; it is exact where the model is a sum of products of two drivers and
of squares, which cost lines are, and it says how far off it is elsewhere.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from roi_tool.costing.discounting import Floats
from roi_tool.problems import Problem, ProblemError

DRAWS = 10_000

Model = Callable[[Floats], Floats]
"""Driver values, shape (drivers,) → outcomes, shape (outcomes,); any unit."""


class Shape(StrEnum):
    """How likely the values between the ends are."""

    TRIANGULAR = "triangular"
    PERT = "pert"
    """Beta-PERT: closer to the likely value. Source: D. Vose, Risk Analysis (2008), 22.8.1, with the usual weight of 4."""


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """Lowest, most likely and highest value of a driver.

    Raises:
        ProblemError: `three_points`: out of order, or no numbers.
    """

    low: float
    likely: float
    high: float
    shape: Shape = Shape.TRIANGULAR

    def __post_init__(self) -> None:
        if not -math.inf < self.low <= self.likely <= self.high < math.inf:
            detail = {"low": f"{self.low:g}", "likely": f"{self.likely:g}", "high": f"{self.high:g}"}
            raise ProblemError(Problem("three_points", detail=detail))

    @property
    def mean(self) -> float:
        """Expected value: (low + likely + high) / 3 of the triangle, (low + 4 likely + high) / 6 of PERT."""
        weight = 4.0 if self.shape is Shape.PERT else 1.0
        return (self.low + weight * self.likely + self.high) / (2.0 + weight)


@dataclass(frozen=True, eq=False)
class Spread:
    """What the draws of one outcome say.

    Attributes:
        values: every draw.
        seed: with which they can be drawn again.
    """

    values: Floats
    seed: int

    @property
    def mean(self) -> float:
        """Average outcome."""
        return float(self.values.mean())

    @property
    def standard_error(self) -> float:
        """How far the average of this many draws is likely to be off."""
        return float(self.values.std(ddof=1) / math.sqrt(len(self.values)))

    def percentile(self, percent: float) -> float:
        """Return the value that `percent` (0 to 100) of the draws do not exceed."""
        return float(np.percentile(self.values, percent))

    def chance_above(self, limit: float = 0.0) -> float:
        """Return the share of draws above a limit: the chance that an option beats staying when `values` are its saving."""
        return float(np.count_nonzero(self.values > limit) / len(self.values))


def draw(points: Mapping[str, ThreePoint], *, draws: int = DRAWS, seed: int) -> Floats:
    """Draw driver values, shape (draws, drivers), columns in the order of `points`; drivers are independent.

    Each driver has a stream of its own, made of the seed and its name: adding a driver leaves the draws of others as they were.

    Raises:
        ProblemError: `draws_count`.
    """
    if not 2 <= draws <= 10_000_000:
        raise ProblemError(Problem("draws_count", detail={"draws": str(draws)}))
    columns = [
        _draw_one(point, draws, np.random.default_rng([seed, zlib.crc32(name.encode())])) for name, point in points.items()
    ]
    return np.column_stack(columns) if columns else np.zeros((draws, 0))


def simulate(
    points: Mapping[str, ThreePoint], outcome: Callable[[Floats], Floats], *, draws: int = DRAWS, seed: int
) -> tuple[Spread, ...]:
    """Return the spread of each outcome.

    Args:
        points: the drivers.
        outcome: takes all draws at once, shape (draws, drivers) → (draws,) or (draws, outcomes); a fitted `Response` does.
        draws: how many.
        seed: the same seed gives the same draws.
    """
    values = outcome(draw(points, draws=draws, seed=seed))
    columns = values[:, None] if values.ndim == 1 else values
    return tuple(Spread(columns[:, index], seed) for index in range(columns.shape[1]))


@dataclass(frozen=True, eq=False)
class Response:
    """A quadratic with products, read off a model; called with draws it gives outcomes, shape (draws, outcomes).

    Attributes:
        centre: likely values, shape (drivers,).
        scale: half of each range, 1 where a driver does not move.
        base: outcomes at the centre, shape (outcomes,).
        slope, bend: shape (drivers, outcomes).
        product: shape (drivers, drivers, outcomes), upper triangle.
    """

    centre: Floats
    scale: Floats
    base: Floats
    slope: Floats
    bend: Floats
    product: Floats

    def __call__(self, values: Floats) -> Floats:
        """Return the outcomes of rows of driver values."""
        steps = (values - self.centre) / self.scale
        # Few of all pairs act on one another; the others need no arithmetic.
        first, second = np.nonzero(self.product.any(axis=2))
        pairs = (steps[:, first] * steps[:, second]) @ self.product[first, second]
        return np.asarray(self.base + steps @ self.slope + steps**2 @ self.bend + pairs, dtype=np.float64)


def fit_response(
    model: Model, points: Sequence[ThreePoint], meet: Callable[[int, int], bool] = lambda one, other: True
) -> Response:
    """Read a model off at 1 + 2n points for n drivers that move, and at one more for each pair that acts together.

    Args:
        model: see `Model`.
        points: one per driver, in the model's order.
        meet: whether two drivers, by their places, may act on one another; a pair that does not costs no reading.
    """
    centre = np.array([point.likely for point in points], dtype=np.float64)
    ends = [_two_ends(point) for point in points]
    scale = np.array([max(abs(first), abs(second)) or 1.0 for first, second in ends])
    base = np.asarray(model(centre.copy()), dtype=np.float64)
    slope = np.zeros((len(points), len(base)))
    bend = np.zeros_like(slope)
    product = np.zeros((len(points), len(points), len(base)))

    def rise(*moves: tuple[int, float]) -> Floats:
        """Return by how much the outcomes change when drivers move from the centre by `moves` (driver, distance)."""
        values = centre.copy()
        for driver, distance in moves:
            values[driver] += distance
        return np.asarray(model(values), dtype=np.float64) - base

    moving = [driver for driver, (first, _) in enumerate(ends) if first != 0]
    alone = {}
    for driver in moving:
        (first, second), unit = ends[driver], scale[driver]
        at_first, at_second = rise((driver, first)), rise((driver, second))
        alone[driver] = at_first
        u, v = first / unit, second / unit
        bend[driver] = (at_first / u - at_second / v) / (u - v)
        slope[driver] = at_first / u - bend[driver] * u
    for one, other in combinations(moving, 2):
        if not meet(one, other):
            continue
        first, second = ends[one][0], ends[other][0]
        together = rise((one, first), (other, second)) - alone[one] - alone[other]
        product[one, other] = together / (first / scale[one] * second / scale[other])
    return Response(centre, scale, base, slope, bend, product)


def worst_error(model: Model, response: Response, points: Sequence[ThreePoint], *, samples: int = 16, seed: int = 1) -> float:
    """Return how far the response is off the model at random points, as a share of the largest change among them."""
    names = {str(index): point for index, point in enumerate(points)}
    values = draw(names, draws=samples, seed=seed)
    exact = np.array([model(row) for row in values])
    reach = float(np.abs(exact - response.base).max(initial=0.0))
    return float(np.abs(response(values) - exact).max(initial=0.0)) / reach if reach else 0.0


def _two_ends(point: ThreePoint) -> tuple[float, float]:
    """Return two distances from the likely value, none of them 0: the ends, or one end and half of the way to it.

    Half of a whole way is a whole number too: a model counts whole lines, and would answer for another number than it is asked.
    """
    down, up = float(point.low - point.likely), float(point.high - point.likely)
    far, near = (up, down) if up >= -down else (down, up)
    if near != 0:
        return far, near
    return far, math.copysign(math.ceil(abs(far) / 2), far) if far.is_integer() and abs(far) > 1 else far / 2.0


def _draw_one(point: ThreePoint, draws: int, stream: np.random.Generator) -> Floats:
    width = point.high - point.low
    if width == 0:
        return np.full(draws, point.likely)
    if point.shape is Shape.PERT:
        alpha = 1.0 + 4.0 * (point.likely - point.low) / width
        return point.low + width * stream.beta(alpha, 6.0 - alpha, draws)
    # The inverse of the triangle's distribution, on uniform numbers: these are the same in every version of NumPy.
    uniform = stream.random(draws)
    turn = (point.likely - point.low) / width
    rising = point.low + width * np.sqrt(uniform * turn)
    falling = point.high - width * np.sqrt((1.0 - uniform) * (1.0 - turn))
    return np.where(uniform < turn, rising, falling)
