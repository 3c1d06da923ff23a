"""A slider's frame: from `valueChanged` to the painted window, three charts, cards and table included; and start-up."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

FRAMES = 120
_START_UP = """
import time; begun = time.perf_counter()
from roi_tool.desktop.application import make_application
from roi_tool.desktop.desk import Desk
from roi_tool.desktop.main_window import MainWindow
from roi_tool.workspace.settings import Settings
app = make_application(); window = MainWindow(Desk(Settings())); window.show(); window.grab()
import sys
heavy = [name for name in ("pandas", "matplotlib", "reportlab", "openpyxl") if name in sys.modules]
print(f"{time.perf_counter() - begun:.3f} {','.join(heavy) or 'none'}")
"""


def run() -> list[tuple[str, float, str]]:
    frames, model = _frames()
    frames.sort()
    start, heavy = _start_up()
    return [
        (
            "what_if frame, median ms",
            round(statistics.median(frames), 1),
            "valueChanged to painted window, 1440 × 900; aim < 33",
        ),
        ("what_if frame, p95 ms", round(frames[int(len(frames) * 0.95)], 1), "the same"),
        ("what_if model, median ms", round(statistics.median(model), 1), "compare alone, inside that frame"),
        ("window first paint, s", start, f"new process to painted home page; heavy imports: {heavy}; aim < 1"),
    ]


def _frames() -> tuple[list[float], list[float]]:
    from roi_tool.desktop.application import make_application
    from roi_tool.desktop.desk import Desk
    from roi_tool.desktop.main_window import MainWindow
    from roi_tool.desktop.pages.what_if.view import WhatIfPage
    from roi_tool.workspace.case_errands import sample_case_file
    from roi_tool.workspace.open_quote import OpenQuote
    from roi_tool.workspace.opening import open_case
    from roi_tool.workspace.settings import Settings

    app = make_application()
    desk = Desk(Settings())
    window = MainWindow(desk)
    window.resize(1440, 900)
    window.show()
    case, scenario = open_case(sample_case_file())
    desk.put_quote(OpenQuote(case, scenario))
    page = window.page_widget("what_if")
    assert isinstance(page, WhatIfPage)
    app.processEvents()
    frames, model = [], []
    for name in ("seats", "hosted_seat_price", "outbound_minutes"):
        slider = page.rows[name].slider
        slider.setSliderDown(True)
        for frame in range(FRAMES // 3):
            before = page.cumulative.painted_frames
            started = time.perf_counter()
            slider.setSliderPosition(slider.value() + (1 if frame % 40 < 20 else -1))
            while page.cumulative.painted_frames == before:
                app.processEvents()
            frames.append((time.perf_counter() - started) * 1000)
            assert desk.quote is not None
            model.append(desk.quote.compare_ms)
        slider.setSliderDown(False)
    window.close()
    return frames, model


def _start_up() -> tuple[float, str]:
    answers = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", _START_UP], capture_output=True, text=True, check=True)
        answers.append(done.stdout.split())
    return min(float(seconds) for seconds, _ in answers), answers[0][1]


if __name__ == "__main__":
    for row in run():
        print(*row, sep="\t")
