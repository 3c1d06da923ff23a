"""`make bench [NAME…]`: runs every module of this folder and prints its rows.

A module has `run() -> list[tuple[str, float, str]]`: (what, figure, what the figure means). Figures are ratios of two things
timed in the same run wherever that is possible: machines differ and are noisy, ratios travel.
"""

import importlib
import pkgutil
import platform
import sys

import benchmarks


def main(wanted: list[str]) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name == "__main__" or (wanted and module.name not in wanted):
            continue
        found = importlib.import_module(f"benchmarks.{module.name}")
        if hasattr(found, "run"):
            print(f"\n{module.name}")
            for what, figure, meaning in found.run():
                print(f"  {what:<44} {figure:>12,.3f}  {meaning}")


if __name__ == "__main__":
    main(sys.argv[1:])
