"""Qt's style sheet, made from the tokens: colours, borders and padding only. Fonts are set in code."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from roi_tool.desktop.theme.tokens import RADIUS, Tokens

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QWidget#page, QWidget#pageHost, QScrollArea#page, QWidget#window { background: $window; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $border_strong; padding: 6px 8px; }

QFrame#card { background: $surface; border: 1px solid $border; border-radius: ${radius}px; }
QFrame#rail { background: $surface; border: none; border-right: 1px solid $border; }
QFrame#topBar { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame#statusBar { background: $surface; border: none; border-top: 1px solid $border; }
QFrame#why { background: $accent_soft; border: none; border-radius: 6px; }
QFrame#rule { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame#inset { border: none; border-radius: ${radius}px; }
QFrame#inset[tone="bad"] { background: $bad_soft; }
QFrame#inset[tone="warn"] { background: $warn_soft; }
QFrame#notice { background: $info_soft; border: none; border-bottom: 1px solid $border; }
QFrame#notice[tone="bad"] { background: $bad_soft; }
QFrame#notice[tone="warn"] { background: $warn_soft; }
QFrame#notice[tone="good"] { background: $good_soft; }

QLabel { background: transparent; }
QLabel[tone="soft"] { color: $text_soft; }
QLabel[tone="faint"] { color: $text_faint; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="accent"] { color: $accent; }
QLabel#chip { background: $surface; border: 1px solid $border; border-radius: 10px; padding: 2px 9px; color: $text_soft; }
QLabel#chip[tone="good"] { background: $good_soft; border-color: $good_line; color: $good; }
QLabel#chip[tone="warn"] { background: $warn_soft; border-color: $warn_line; color: $warn; }

QPushButton { background: $raised; border: 1px solid $border_strong; border-radius: 6px; padding: 6px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; outline: none; }
QPushButton:disabled { color: $text_faint; border-color: $border; background: transparent; }
QPushButton#primary { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton#primary:hover { background: $accent_strong; border-color: $accent_strong; }
QPushButton#primary:focus { border: 2px solid $text; }
QPushButton#primary:disabled { background: $track; border-color: $track; color: $text_faint; }
QPushButton#quiet { background: transparent; border: 1px solid transparent; color: $text_soft; text-align: left;
  padding: 5px 8px; }
QPushButton#quiet:hover { color: $text; background: $hover; }
QPushButton#quiet:focus { border: 2px solid $accent; padding: 4px 7px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }

QLineEdit, QComboBox, QSpinBox { background: $raised; border: 1px solid $border_strong; border-radius: 6px; padding: 5px 9px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $accent; padding: 4px 8px; }
QLineEdit[wrong="true"] { border: 2px solid $bad; padding: 4px 8px; }
QLineEdit#exact { padding: 0px 7px; border: 1px solid $border; border-radius: 4px; }
QLineEdit#exact:hover { border-color: $border_strong; }
QLineEdit#exact:focus { border: 2px solid $accent; padding: 0px 6px; }
QLineEdit#exact[wrong="true"] { border: 2px solid $bad; padding: 0px 6px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: none; width: 0; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $border_strong; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; }

QTableView { background: $surface; border: none; gridline-color: transparent; outline: none;
  selection-background-color: transparent; selection-color: $text; }
QTableView::item { border: none; padding: 0; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; border: none; }
QTableCornerButton::section { background: $surface; border: none; }

QTableView#preview::item { padding: 0 6px; }
QTableView#preview QHeaderView::section { color: $text_faint; padding: 0 8px; border: none; }

QMenu { background: $surface; color: $text; border: 1px solid $border_strong; padding: 5px; }
QMenu::item { padding: 5px 22px 5px 26px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::separator { background: $border; height: 1px; margin: 4px 6px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
  border: none; width: 0;
  height: 0; }

QProgressBar { background: $track; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def stylesheet(tokens: Tokens) -> str:
    """Return the application's style sheet in these tokens."""
    colours = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    return _SHEET.substitute(colours, radius=RADIUS)
