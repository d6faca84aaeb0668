"""A question with a few answers, or a message with one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from let_it_ride.tui.screens.dialog import Dialog

#: A letter that comes sooner was typed ahead of the question.
SECONDS_TO_READ: Final = 0.4


class Answer(Widget, can_focus=True):
    """One of the answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "Answer", id="answer.press", show=False)
    ]

    @dataclass
    class Given(Message):
        """The answer was chosen."""

        label: str

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def render(self) -> Content:
        """Render the answer, bracketed where the focus is for those who see no colour."""
        return Content(f"[{self.label}]" if self.has_focus else f" {self.label} ")

    def action_press(self) -> None:
        """Give the answer."""
        self.post_message(self.Given(self.label))

    def on_click(self) -> None:
        """Give the answer."""
        self.action_press()


class QuestionScreen(Dialog[str]):
    """Asks a question; the result is the label of the answer."""

    BINDING_GROUP_TITLE = "Question"
    ABOUT = (
        "A question with its answers. Arrows go from one to the next, Enter gives the one in"
        " brackets; Escape gives none, and nothing is done."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", "Answer before", id="question.before", show=False),
        Binding("right,down", "app.focus_next", "Answer after", id="question.after", show=False),
    ]

    def __init__(self, title: str, text: str, answers: Sequence[str] = ("OK",)) -> None:
        """Ask; the first answer has the focus."""
        super().__init__()
        self._title = title
        self._text = text
        self._answers = tuple(answers)
        self._asked = time.monotonic()

    def compose(self) -> ComposeResult:
        """Show the question over its answers."""
        box = Vertical()
        box.border_title = Content(self._title)
        with box:
            yield Static(Content(self._text), classes="text")
            with Horizontal(classes="answers"):
                yield from map(Answer, self._answers)

    def on_answer_given(self, event: Answer.Given) -> None:
        """Close with the answer."""
        self.dismiss(event.label)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether an answer begins with a letter."""
        del key
        return bool(character) and any(
            label.lower().startswith(str(character).lower()) for label in self._answers
        )

    def on_key(self, event: Key) -> None:
        """Give the answer that begins with a letter, if that was meant for this question."""
        if time.monotonic() - self._asked < SECONDS_TO_READ:
            return
        for label in self._answers:
            if event.character and label.lower().startswith(event.character.lower()):
                event.stop()
                self.dismiss(label)
                return
