"""Reads a folder of CGRateS 0.10 tariff-plan files and says whose prices are in it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from roi_tool.importing.tariffs.cgrates_plan import PlanRows, tariff_of_subject
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.tariff import Tariff

PLAN_FILES = {
    "timings": "Timings.csv",
    "destinations": "Destinations.csv",
    "rates": "Rates.csv",
    "destination_rates": "DestinationRates.csv",
    "rating_plans": "RatingPlans.csv",
    "rating_profiles": "RatingProfiles.csv",
}
_NEEDED = ("destination_rates", "rates", "rating_plans", "rating_profiles")
_LEAST_CELLS = {"timings": 6, "destinations": 2, "rates": 3, "destination_rates": 3, "rating_plans": 2, "rating_profiles": 5}


@dataclass(frozen=True, slots=True)
class PlanProfile:
    """Whose calls a plan prices."""

    tenant: str
    category: str
    subject: str

    @property
    def name(self) -> str:
        """A name for files and people, such as `cgrates.org-call-1001`."""
        return f"{self.tenant}-{self.category}-{self.subject.replace('*', '')}"


def read_plan_folder(folder: Path) -> PlanRows:
    """Read the six files of a tariff plan; other files of the folder (actions, accounts) are not about prices.

    Lines that start with `#` are comments. Timings and destinations may be missing.

    Raises:
        ProblemError: the folder or a needed file is missing, or a row has too few cells (each named with its row).
    """
    if not folder.is_dir():
        raise ProblemError(Problem("cgrates_no_folder", where=Where(str(folder))))
    problems: list[Problem] = []
    tables: dict[str, tuple[tuple[str, ...], ...]] = {}
    for table, name in PLAN_FILES.items():
        path = folder / name
        if not path.is_file():
            if table in _NEEDED:
                problems.append(Problem("cgrates_file_missing", where=Where(str(path)), detail={"file": name}))
            continue
        tables[table] = _rows(path, _LEAST_CELLS[table], problems)
    if problems:
        raise ProblemError(*problems[:50])
    return PlanRows(**tables)


def _rows(path: Path, least: int, problems: list[Problem]) -> tuple[tuple[str, ...], ...]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(Problem("cgrates_file_unreadable", where=Where(str(path)))) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    rows = []
    for row in reader:
        cells = tuple(cell.strip() for cell in row)
        if not any(cells) or cells[0].startswith("#"):
            continue
        if len(cells) < least:
            where = Where(str(path), reader.line_num)
            problems.append(Problem("cgrates_row_short", where=where, detail={"count": str(len(cells)), "needed": str(least)}))
            continue
        rows.append(cells)
    return tuple(rows)


def profiles_of(rows: PlanRows, tenant: str = "", category: str = "", subject: str = "") -> list[PlanProfile]:
    """Return the profiles of a plan that fit what is asked ("" fits all), in the order of the file."""
    found = dict.fromkeys(PlanProfile(*row[:3]) for row in rows.rating_profiles)
    asked = (tenant, category, subject)
    return [
        profile
        for profile in found
        if all(
            not want or want == have
            for want, have in zip(asked, (profile.tenant, profile.category, profile.subject), strict=True)
        )
    ]


def read_cgrates(
    folder: Path, *, tenant: str = "", category: str = "", subject: str = "", currency: str = "USD"
) -> dict[PlanProfile, Tariff]:
    """Read the tariffs of a plan folder, one for each profile that fits.

    Args:
        folder: where the files are.
        tenant, category, subject: whose prices; "" takes all.
        currency: a plan states none.

    Raises:
        ProblemError: the folder cannot be read, a row is wrong, or no profile fits.
    """
    rows = read_plan_folder(folder)
    profiles = profiles_of(rows, tenant, category, subject)
    if not profiles:
        known = ", ".join(profile.name for profile in profiles_of(rows)) or "–"
        asked = "/".join((tenant or "–", category or "–", subject or "–"))
        raise ProblemError(
            Problem("cgrates_no_such_profile", where=Where(str(folder)), detail={"asked": asked, "known": known})
        )
    tariffs = {}
    for profile in profiles:
        voice = profile.category not in ("sms", "mms", "data", "generic")
        tariffs[profile] = tariff_of_subject(
            _reachable(rows, profile),
            profile.tenant,
            profile.category,
            profile.subject,
            currency=currency,
            unit_ns=1_000_000 if voice else 1,
            splits=voice,
        )
    return _directions_joined(tariffs)


def _directions_joined(tariffs: dict[PlanProfile, Tariff]) -> dict[PlanProfile, Tariff]:
    """Put the categories that our writer makes of inbound and internal calls back as directions of their tariff."""
    joined = dict(tariffs)
    for profile, tariff in tariffs.items():
        for direction in ("inbound", "internal"):
            outbound = replace(profile, category=profile.category.removesuffix(f"_{direction}"))
            if outbound == profile or outbound not in joined:
                continue
            base = joined[outbound]
            joined[outbound] = Tariff(
                **{name: getattr(base, name) for name in Tariff.model_fields if name not in ("deck", "rates", "bands")},
                rates=tuple({rate.id: rate for rate in (*base.rates, *tariff.rates)}.values()),
                bands=tuple({band.id: band for band in (*base.bands, *tariff.bands)}.values()),
                deck=(*base.deck, *(entry._replace(direction=direction) for entry in tariff.deck)),
            )
            del joined[profile]
    return joined


def _reachable(rows: PlanRows, profile: PlanProfile) -> PlanRows:
    """Leave out what this tenant and category never come to: rates of messages have units that calls don't have."""
    profiles = tuple(row for row in rows.rating_profiles if row[:2] == (profile.tenant, profile.category))
    plans = {row[4] for row in profiles}
    rating_plans = tuple(row for row in rows.rating_plans if row[0] in plans)
    tags = {row[1] for row in rating_plans}
    return replace(
        rows,
        rating_profiles=profiles,
        rating_plans=rating_plans,
        destination_rates=tuple(row for row in rows.destination_rates if row[0] in tags),
    )
