"""What the keys and the command palette do in the workspace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work

from let_it_ride.tui.commands import WORKSPACE_BINDINGS
from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.editing.values import MISSING
from let_it_ride.tui.screens.layout import WorkspaceLayout
from let_it_ride.tui.widgets.edits import Edited
from let_it_ride.tui.widgets.form_page import row_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.binding import BindingType

    from let_it_ride.config.problems import Problem
    from let_it_ride.tui.editing.session import Session
    from let_it_ride.tui.editing.values import Values
    from let_it_ride.tui.recent import RecentFile
    from let_it_ride.tui.widgets.tables_row import TablesRow


class WorkspaceScreen(WorkspaceLayout):
    """The screen a person works in."""

    BINDINGS: ClassVar[list[BindingType]] = list(WORKSPACE_BINDINGS)

    def __init__(
        self, session: Session, path: Path | None = None, classes: str | None = None
    ) -> None:
        super().__init__(session, path, classes)
        self._shown_problem: Problem | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to run or to stop, whichever can be done."""
        if action in {"run", "resume"}:
            return self.run_at_work is None
        if action == "stop":
            return self.run_at_work is not None
        return super().check_action(action, parameters)

    @work(group="dialog", exclusive=True)
    async def action_new(self, preset: str | None = None) -> None:
        """Begin a configuration from a preset, from one that is chosen where none is named."""
        await self.new(preset)

    @work(group="dialog", exclusive=True)
    async def action_open(self) -> None:
        """Open a configuration from a file."""
        await self.open()

    @work(group="dialog", exclusive=True)
    async def action_open_recent(self, recent: RecentFile | None = None) -> None:
        """Open one of the files that were open last, one that is chosen where none is given."""
        from let_it_ride.tui.screens.beginning import open_again, open_recent

        await self.awake.wait()
        if recent is None:
            await open_recent(self)
        else:
            await open_again(self, recent)

    @work(group="dialog", exclusive=True)
    async def action_welcome(self) -> None:
        """Say what this is, and begin in one of three ways."""
        from let_it_ride.tui.screens.beginning import welcome

        await self.awake.wait()
        await welcome(self)

    async def begin_without_file(self) -> None:
        """Welcome who is here for the first time; offer anybody else what was open last."""
        from let_it_ride.tui.screens.beginning import begin_without_file

        if not await self.offer_unsaved(is_start=True):
            await begin_without_file(self)

    async def offer_unsaved(self, *, is_start: bool = False) -> bool:
        """Offer changes that another program has left behind; return whether there are any."""
        from let_it_ride.tui.unsaved import left_behind

        left = await asyncio.to_thread(left_behind)
        if left:
            from let_it_ride.tui.screens.restoring import offer

            await offer(self, left, is_start=is_start)
        return bool(left)

    @work(group="dialog", exclusive=True)
    async def action_save(self) -> None:
        """Write the configuration to its file."""
        await self.save()

    @work(group="dialog", exclusive=True)
    async def action_save_as(self) -> None:
        """Write the configuration to another file."""
        await self.save_as()

    async def action_show_form(self) -> None:
        """Look at the form."""
        await self.look_at("form")

    async def action_show_text(self) -> None:
        """Look at the text."""
        await self.look_at("text")

    async def action_show_odds(self) -> None:
        """Look at the odds."""
        await self.look_at("odds")

    async def action_show_run(self) -> None:
        """Look at the run."""
        await self.look_at("run")

    async def action_show_distribution(self) -> None:
        """Look at the chance of every profit of a session."""
        from let_it_ride.tui.screens.distribution import DistributionScreen

        await self.awake.wait()
        await self.app.push_screen(DistributionScreen(self))

    @work(group="dialog", exclusive=True)
    async def action_show_chart(self) -> None:
        """Look at which hands ride."""
        await self.settle()
        if self.state.config is None:
            await self.action_next_problem()
            told = "The chart can be looked at when the errors are mended."
            self.notify(told, severity="warning", timeout=4)
            return
        from let_it_ride.tui.screens.chart import ChartScreen

        await self.app.push_screen_wait(ChartScreen(self.state.config))

    @work(group="dialog", exclusive=True)
    async def action_show_pictures(self, page: int = 0) -> None:
        """Look at the results of the run in pictures, at one of them first."""
        from let_it_ride.tui.screens.pictures import PicturesScreen, ended
        from let_it_ride.tui.screens.results import tell_that_there_is_none

        await self.awake.wait()
        run = ended(self.outcome)
        if run is None:
            tell_that_there_is_none(self)
        else:
            await self.app.push_screen_wait(PicturesScreen(run, page))

    @work(group="dialog", exclusive=True)
    async def action_export(self) -> None:
        """Write files of the run that is looked at."""
        from let_it_ride.tui.screens.results import export_results

        await self.awake.wait()
        self.outcome = await export_results(self, self.outcome) or self.outcome

    @work(group="dialog", exclusive=True)
    async def action_show_report(self) -> None:
        """Show the report of the run in a browser."""
        from let_it_ride.tui.screens.results import show_report

        await show_report(self, self.outcome, self.app.key_of("export"))

    def action_next_theme(self) -> None:
        """Change to the next theme."""
        self.app.wardrobe.next()

    @work(group="dialog", exclusive=True)
    async def action_choose_theme(self) -> None:
        """Look at the themes and choose one."""
        from let_it_ride.tui.screens.themes import ThemesScreen

        wardrobe, before = self.app.wardrobe, self.app.theme
        dialog = ThemesScreen(wardrobe)
        wardrobe.tell()
        name = await self.app.push_screen_wait(dialog)
        wardrobe.wear(name or before)
        if name is not None:
            wardrobe.choose(name)

    @work(group="dialog", exclusive=True)
    async def action_go_to(self) -> None:
        """Find a setting by words about it."""
        from let_it_ride.tui.editing.finding import places
        from let_it_ride.tui.screens.choosing import ChoosingScreen

        found = {each.about: each for each in places(self.state.values)}
        choices = [Choice(about, each.label, about) for about, each in found.items()]
        words = {about: (each.name, each.words) for about, each in found.items()}
        dialog = ChoosingScreen("Go to a setting", choices, words=words)
        name = await self.app.push_screen_wait(dialog)
        if name is not None:
            await self.show_setting(found[name].path)

    @work(group="dialog", exclusive=True)
    async def action_jump(self) -> None:
        """Go to something in sight by its letter."""
        from let_it_ride.tui.screens.jump import JumpScreen, targets

        target = await self.app.push_screen_wait(JumpScreen(targets(self)))
        if target is None:
            return
        if target.action:
            await self.run_action(target.action)
        elif target.section:
            await self.go_to_section(target.section)
        else:
            target.widget.focus()

    async def action_previous_page(self) -> None:
        """Go a section back."""
        await self._turn_page(-1)

    async def action_next_page(self) -> None:
        """Go to the next section."""
        await self._turn_page(1)

    async def action_next_problem(self) -> None:
        """Go to the next error."""
        await self.settle()
        problems = (self.state.broken,) if self.state.broken else self.state.problems
        if not problems:
            self.notify("There are no errors.", timeout=3)
            return
        after = problems.index(self._shown_problem) + 1 if self._shown_problem in problems else 0
        self._shown_problem = problems[after % len(problems)]
        await self.show_problem(self._shown_problem)

    def action_reset(self) -> None:
        """Give the focused setting its default again."""
        row = row_of(self.focused)
        if row is None:
            self.notify("Put the cursor on a setting first.", timeout=3)
        else:
            self.post_message(Edited(row, MISSING))

    async def action_undo(self) -> None:
        """Take the last change back, wherever it was made."""
        await self._move_in_history(-1)

    async def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        await self._move_in_history(1)

    async def action_add_line(self) -> None:
        """Add a line under the focused one of a list."""
        await self._change_list(lambda tables, index: tables.insert(index + 1))

    async def action_remove_line(self) -> None:
        """Remove the focused line of a list."""
        await self._change_list(lambda tables, index: tables.remove_at(index))

    async def action_move_line(self, by: int) -> None:
        """Move the focused line of a list."""
        await self._change_list(lambda tables, index: tables.move(index, by))

    @work(group="dialog", exclusive=True)
    async def action_vary(self) -> None:
        """Vary settings and map what that gives."""
        from let_it_ride.tui.screens.asking import vary

        if await self.is_valid():
            await vary(self)

    @work(group="dialog", exclusive=True)
    async def action_compare(self) -> None:
        """Put another configuration beside this one."""
        from let_it_ride.tui.screens.asking import compare

        if await self.is_valid():
            await compare(self)

    @work(group="dialog", exclusive=True)
    async def action_replay(self) -> None:
        """Watch a session of the run, hand by hand."""
        from let_it_ride.tui.screens.replaying import replay

        await self.awake.wait()
        await replay(self)

    @work(group="dialog", exclusive=True)
    async def action_practise(self) -> None:
        """Decide hand by hand, and see what mistakes cost."""
        await self.awake.wait()
        if await self.is_valid() and self.state.config is not None:
            from let_it_ride.tui.screens.practice import PracticeScreen

            await self.app.push_screen_wait(PracticeScreen(self.state.config))

    async def is_valid(self) -> bool:
        """Return whether the configuration is valid; if not, go to what is wrong."""
        await self.settle()
        if self.state.config is None:
            await self.action_next_problem()
            self.notify("This can be done when the errors are mended.", severity="warning")
        return self.state.config is not None

    def action_run(self) -> None:
        """Play the sessions of the configuration."""
        self._run()

    def action_stop(self) -> None:
        """Stop the run."""
        self.stop_run()

    @work(group="dialog")
    async def action_resume(self) -> None:
        """Go on with the newest unfinished run."""
        if await self.resume_last():
            await self.look_at("run")

    @work(group="dialog", exclusive=True)
    async def action_show_runs(self) -> None:
        """Look at all runs that are kept."""
        from let_it_ride.tui.screens.runs import RunsScreen

        await self.awake.wait()
        self.app.clear_notifications()  # what they told of is in the list
        await self.app.push_screen_wait(RunsScreen(self))

    def action_stop_or_solve(self) -> None:
        """Stop solving the sessions, or solve them again."""
        self.stop_or_solve()

    @work(group="run-key", exclusive=True)
    async def _run(self) -> None:
        await self.settle()
        if self.state.config is None:
            await self.action_next_problem()
            self.notify("It can be run when the errors are mended.", severity="warning", timeout=4)
            return
        self.start_run()
        await self.look_at("run")

    async def _move_in_history(self, by: int) -> None:
        await self.settle()
        if self.editor is None:
            return
        text, values = self.editor.text, self.state.values
        if by < 0:
            self.editor.undo()
        else:
            self.editor.redo()
        self.take_editor_text(self.editor.text)
        await self.settle()
        if self.editor.text == text:
            self.notify(f"There is nothing to {'undo' if by < 0 else 'redo'}.", timeout=3)
        else:
            await self._show_change(values, "Undone" if by < 0 else "Redone")

    async def _show_change(self, before: Values, title: str) -> None:
        """Say which setting has changed, and go there unless the text is looked at."""
        from let_it_ride.tui.editing.changes import first_change

        change = first_change(before, self.state.values)
        self.notify(str(change) if change else "A change of the text", title=title, timeout=2)
        if change is not None and self.view != "text":
            await self.show_setting(change.row.path)

    async def _change_list(self, change: Callable[[TablesRow, int], Awaitable[None]]) -> None:
        from let_it_ride.tui.widgets.tables_row import TablesRow

        focused = self.focused
        nodes = focused.ancestors_with_self if focused else ()
        tables = next((node for node in nodes if isinstance(node, TablesRow)), None)
        index = tables.index_of(focused) if tables else None
        if tables is None or index is None:
            self.notify("Put the cursor on a line of a list first.", timeout=3)
        else:
            await change(tables, index)

    async def _turn_page(self, by: int) -> None:
        names = [page.name for page in pages()]
        self.view = "form"
        await self.show_page(names[(names.index(self.page) + by) % len(names)])
        self.form.current.focus_first()
