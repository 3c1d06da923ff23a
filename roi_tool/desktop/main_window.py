"""The main window: rail, bar, notice, the pages and the foot line. Pages are made when they are first shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from roi_tool.desktop import window_presenter
from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.rail import PAGES, Rail, RailMark
from roi_tool.desktop.theme import stylesheet
from roi_tool.desktop.theme.palette import palette
from roi_tool.desktop.top_bar import StatusBar, TopBar
from roi_tool.desktop.widgets.drop_zone import dropped_files
from roi_tool.desktop.widgets.notice import Notice
from roi_tool.problems import Problem
from roi_tool.workspace.keeping import QUOTE_SUFFIX, operator_name

if TYPE_CHECKING:
    from roi_tool.cdr import Bill

_NEEDS_QUOTE = ("traffic", "today", "options", "what_if", "reports")
_BELONGS_TO = {"mapping": "bills"}
"""Pages that have no entry on the rail of their own."""
_CASE_ENDINGS = (".yaml", ".yml", ".json", ".roiquote")


class MainWindow(QMainWindow):
    """The window over one desk."""

    def __init__(self, desk: Desk, geometry_file: Path | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._geometry_file = geometry_file
        self.page = "home"
        self.setWindowTitle("ROI tool")
        self.setMinimumSize(QSize(1120, 700))
        self.resize(1440, 900)
        self.setAcceptDrops(True)
        self._build()
        self._shortcuts()
        desk.look_changed.connect(self._build)
        desk.quote_opened.connect(self._quote_opened)
        desk.scenario_moved.connect(self._show_frame)
        desk.keeper.kept.connect(self._show_frame)
        desk.bills_refused.connect(self._bills_refused)
        desk.work_changed.connect(lambda: self.status.show_work(desk.work))
        desk.notice_raised.connect(self._say)
        desk.page_asked.connect(self.show_page)
        desk.rate_asked.connect(self._ask_rate)
        self._restore_geometry()

    def _build(self) -> None:
        """Make every widget in the desk's look, on the page that was open."""
        desk, look, words = self.desk, self.desk.look, self.desk.words
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setFont(look.font())
        app.setPalette(palette(look))
        sheet = stylesheet(look.tokens)
        if app.styleSheet() != sheet:  # the same sheet again would polish every widget for nothing
            app.setStyleSheet(sheet)
        host = QWidget()
        host.setObjectName("window")
        self.rail = Rail(look, words, operator_name(desk.settings.brand))
        self.rail.page_chosen.connect(self.show_page)
        self.rail.language_asked.connect(self._other_language)
        self.rail.theme_asked.connect(self._other_theme)
        self.bar = TopBar(look, words)
        self.bar.undo.clicked.connect(desk.undo)
        self.bar.redo.clicked.connect(desk.redo)
        self.bar.save.clicked.connect(self.save)
        self.bar.export.clicked.connect(lambda: self.show_page("reports"))
        self.notice = Notice(look, words.text("Close"))
        self.status = StatusBar(look, words)
        self.status.right.clicked.connect(lambda: self.show_page("today"))
        self.status.cancel.clicked.connect(desk.errands.cancel)
        self.status.cancel.clicked.connect(desk.mapping.cancel)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pageHost")
        self._pages: dict[str, Page] = {}
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.notice):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(host)  # which hides and deletes the former one
        self._show_frame()
        self.show_page(self.page)

    def _shortcuts(self) -> None:
        redo = {sequence.toString() for sequence in QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)} | {"Ctrl+Y"}
        for keys, do in (
            *((name, self.desk.redo) for name in sorted(redo)),
            ("Ctrl+Z", self.desk.undo),
            ("Ctrl+S", self.save),
            ("Ctrl+E", lambda: self.show_page("reports")),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        for number, name in enumerate(PAGES, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda name=name: self.show_page(name))

    def _say(self, text: str, tone: str, action: str, do: Callable[[], None] | None) -> None:
        self.notice.say(text, tone, action, do)

    # pages

    def show_page(self, name: str) -> None:
        """Go to a page; those that need a quote lead home while there is none."""
        if name in _NEEDS_QUOTE and self.desk.quote is None:
            name = "home"
        if name not in self._pages:
            module = importlib.import_module(f"roi_tool.desktop.pages.{name}.view")
            page: Page = module.make_page(self.desk)
            self._pages[name] = page
            self.stack.addWidget(page)
        focused = QApplication.focusWidget()
        if focused is not None and self.stack.isAncestorOf(focused) and self.stack.currentWidget() is not self._pages[name]:
            self.stack.setFocus()  # else Qt hands it to whatever stands next on the new page
        self.page = name
        self.rail.show_page(_BELONGS_TO.get(name, name))
        self.stack.setCurrentWidget(self._pages[name])

    def page_widget(self, name: str) -> Page:
        """Return a page, made if need be."""
        self.show_page(name)
        return self._pages[name]

    def _bills_refused(self, problems: tuple[Problem, ...]) -> None:
        """The page Bills lists what could not be read; elsewhere it is said across the window."""
        if self.page != "bills":
            self.desk.raise_problems(problems)

    def _ask_rate(self, bills: tuple[Bill, ...], currency: str) -> None:
        from roi_tool.desktop.rate_dialog import RateDialog

        dialog = RateDialog(self.desk, bills, currency, self)
        dialog.show()
        dialog.rate.setFocus()

    def _quote_opened(self) -> None:
        self._show_frame()
        if self.page == "home" and self.desk.quote is not None:
            self.show_page("what_if")

    def _show_frame(self) -> None:
        quote, words = self.desk.quote, self.desk.words
        for name, entry in self.rail.entries.items():
            entry.setEnabled(quote is not None or name not in _NEEDS_QUOTE)
        self.bar.export.setVisible(quote is not None)
        self.bar.undo.setVisible(quote is not None)
        self.bar.save.setVisible(quote is not None)
        self.bar.redo.setVisible(quote is not None)
        if quote is None:
            self.bar.customer.setText(words.text("No customer yet"))
            self.bar.show_chips([])
            self.status.show_line(words.text("Ready"), "")
            return
        self.bar.customer.setText(quote.case.customer.name)
        self.bar.show_chips(window_presenter.chips(quote, words))
        self.bar.undo.setEnabled(quote.undo_name is not None)
        self.bar.redo.setEnabled(quote.redo_name is not None)
        marks = window_presenter.rail_marks(quote, words)
        for name, entry in self.rail.entries.items():
            entry.show_mark(marks.get(name, RailMark()))
        left, right = window_presenter.status_line(quote, words, self.desk.keeper.saved_at)
        self.status.show_line(left, right)

    # settings from the rail

    def _other_language(self) -> None:
        self.desk.change_settings(language="en" if self.desk.settings.language == "zh_CN" else "zh_CN")
        self.rail.language.setFocus()

    def _other_theme(self) -> None:
        self.desk.change_settings(theme="light" if self.desk.settings.theme == "dark" else "dark")
        self.rail.theme.setFocus()

    # saving

    def save(self) -> None:
        """Save where the quote lies; ask where to when it has no place of its own yet."""
        quote = self.desk.quote
        if quote is None:
            return
        if quote.path is not None and quote.path.suffix.lower() == QUOTE_SUFFIX:
            self.desk.keeper.save(quote.path)
            return
        from roi_tool.workspace.exporting import suggested_name

        words = self.desk.words
        folder = Path(self.desk.settings.export_folder or Path.home())
        suggested = str(folder / suggested_name(quote.case, QUOTE_SUFFIX[1:]))
        chosen, _ = QFileDialog.getSaveFileName(self, words.text("Save the quote"), suggested, f"*{QUOTE_SUFFIX}")
        if chosen:
            self.desk.keeper.save(Path(chosen))

    # files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files wherever they are dropped."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A case is opened, anything else is read as a bill."""
        files = dropped_files(event)
        if files:
            event.acceptProposedAction()
            self.take_files(files)

    def take_files(self, files: tuple[Path, ...]) -> None:
        """Open a case, or read bills."""
        if len(files) == 1 and files[0].name.lower().endswith(_CASE_ENDINGS):
            self.desk.errands.open_file(files[0])
        else:
            self.show_page("bills")
            self.desk.errands.take_bills(files)

    # geometry

    def _restore_geometry(self) -> None:
        if self._geometry_file is not None and self._geometry_file.is_file():
            kept = QSettings(str(self._geometry_file), QSettings.Format.IniFormat).value("geometry")
            if kept is not None:
                self.restoreGeometry(kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the geometry and let the tasks end."""
        if self._geometry_file is not None:
            QSettings(str(self._geometry_file), QSettings.Format.IniFormat).setValue("geometry", self.saveGeometry())
        self.hide()
        self.desk.keeper.close()
        self.desk.tasks.close()
        event.accept()
