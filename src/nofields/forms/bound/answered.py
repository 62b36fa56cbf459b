"""The answers in a form with its data, and where they stand: on the page with all answers, and on a receipt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from nofields.forms.bound.answers import Answer, AnsweredStep, answers_of, focused_id
from nofields.forms.bound.bound_step import BoundStep
from nofields.forms.bound.shown import Shown
from nofields.forms.model.steps import FormStep, step_address
from nofields.forms.types.plain_values import write_date_time


class Answered(Shown):
    """The answers in a form with its data."""

    @property
    def step(self) -> BoundStep:
        """The step to show; in a form without steps one without a name."""
        return BoundStep()

    @property
    def is_summary(self) -> bool:
        """Whether the page to show is that with all answers, after the last step."""
        return False

    def answers(self) -> list[AnsweredStep]:
        """Return what was answered in each step, as people read it; in a form without steps as one step without a name.

        What does not apply is left out, and a secret is masked.
        """
        steps = self.form.steps or (FormStep("", "", "", tuple(self.entries)),)
        found = (self._answered(each) for each in steps)
        return [each for each in found if each.answers]

    def _answered(self, step: FormStep) -> AnsweredStep:
        answers = answers_of([self.entries[key] for key in step.keys], self.reader)
        if not step.name:
            return AnsweredStep("", "", "", answers)
        url = step_address(self.form.step_url, step.name)
        return AnsweredStep(step.name, self.reader.plain_text(step.title), url, tuple(self._linked(answers, step)))

    def _linked(self, answers: Iterable[Answer], step: FormStep) -> Iterable[Answer]:
        """Yield the answers of a step with the addresses where they can be changed."""
        by_name = {self.entries[key].name: self.entries[key] for key in step.keys}
        for answer in answers:
            entry = by_name[answer.name]
            url = step_address(self.form.step_url, step.name, focused_id(entry, self.form.prefix))
            yield answer if entry.part.read_only else replace(answer, url=url)

    def answers_page(self, links: bool = True) -> Markup:
        """Return the answers as HTML.

        Args:
            links: Whether a link beside each leads to the step in which it can be changed.
        """
        return self.templates.render("answers.html", bound=self, links=links and bool(self.form.steps))

    def receipt(self, reference: str = "", sent_at: datetime.datetime | None = None) -> Markup:
        """Return a receipt as HTML: what was sent, without secrets.

        Args:
            reference: What the host calls the submission, for the user to keep.
            sent_at: When it was sent, in the time zone of the user: it is shown as it is, without its zone.
        """
        time = write_date_time(sent_at.replace(second=0, microsecond=0, tzinfo=None)) if sent_at else ""
        return self.templates.render("receipt.html", bound=self, reference=reference, time=time)

    def buttons(self) -> Markup:
        """Return the buttons as HTML: to the next step and back, or to send what was answered."""
        return self.templates.render("buttons.html", bound=self)
