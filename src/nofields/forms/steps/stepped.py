"""``SteppedBound``, a form with steps and its data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from nofields.errors import FieldError
from nofields.forms.bound.bound import Bound, Model
from nofields.forms.bound.bound_control import BoundControl
from nofields.forms.bound.bound_errors import form_errors, titles
from nofields.forms.bound.bound_step import BoundStep
from nofields.forms.bound.shown import Shown
from nofields.forms.entries.drafts import Plain, draft_of
from nofields.forms.entries.edits import edited
from nofields.forms.entries.entries import ControlEntry, Entry, walk
from nofields.forms.entries.settling import settle
from nofields.forms.entries.validation import validated
from nofields.forms.error import FormError
from nofields.forms.model.steps import SUMMARY, FormStep, step_address
from nofields.forms.parts.part import Part
from nofields.forms.reserved import Reserved
from nofields.forms.steps.progress import Move, Progress, opened, press
from nofields.forms.steps.step_filling import StepSources, fill_steps, hide_late, unconditional
from nofields.forms.types.submitted import Data, first_value
from nofields.keys import Phrase

if TYPE_CHECKING:
    from nofields.forms.form import Form


class SteppedBound(Bound[Model]):
    """A form with steps and its data, made by :meth:`Form.bind`: one step of it is shown."""

    _remembered = (*Bound._remembered, "_every_error", "_wrong", "_shown_step")

    def __init__(
        self,
        form: Form[Model],
        data: Data | None,
        locale: str,
        initial: Data,
        given: Mapping[str, Any],
        context: object = None,
        *,
        draft: Mapping[str, object] | None = None,
        step: str | None = None,
    ) -> None:
        Shown.__init__(self, form, locale, given)
        self._requested, self._before = step or "", opened(draft)
        self._press = press(data, {each.name for each in form.steps})
        sources = StepSources(form, data or {}, self._press.step, self._before.values, initial, given)
        self.entries = fill_steps(form.parts, sources)
        self._visited = sources.visited()
        self.is_edit = self._press.move is Move.EDIT and edited(self.entries, data or {})
        self.is_sent = self._press.move is Move.FORWARD
        settle(self.entries)
        hide_late(self.entries.values(), form.is_late)
        model = form.model if self._is_complete() else form.incomplete
        instance, self._problems = validated(form, self.entries, given, context, model)
        self._added = []
        is_confirmed = self.is_sent and self._press.step == SUMMARY
        self._value = instance if is_confirmed and self._shown_step == SUMMARY else None
        if is_confirmed and self._shown_step == SUMMARY and not self._shows_these_answers(data or {}):
            self._add(FieldError(Phrase.FORM_ANSWERS_CHANGED))
        if self._value is not None:
            settle(self.entries)  # all that was asked for is part of the answers now

    def _add(self, error: FieldError) -> None:
        super()._add(error)
        hide_late(self.entries.values(), self.form.is_late)

    def _is_complete(self) -> bool:
        """Return whether all was asked for, so that validators of the model do not read defaults of what comes later."""
        step, move, _ = self._press
        late = any(each.applies and self.form.is_late(each.part) for each in self._controls())
        done = {*self._before.done} - ({step} if move in (Move.BACK, Move.EDIT) else set()) | (
            {step} if self.is_sent else set()
        )
        return done.issuperset(each.name for each in self._asked_steps) and (not late or (self.is_sent and step == SUMMARY))

    def __repr__(self) -> str:
        return f"<Bound {self.form.name}, {self._shown_step}: {len(self.errors)} errors>"

    @property
    def draft(self) -> dict[str, Plain]:
        """What was entered in all steps so far, right or wrong, and which are completed: plain data for JSON.

        Keep it, and pass it to the next ``bind(draft=…)``. Secrets are in it only encrypted, with the form's ``key``.
        """
        visited = {key: entry for key, entry in self.entries.items() if key in self._visited}
        rejected = {self._step_of(each.name) for each in self._errors_of_host}
        done: list[Plain] = [each for each in self._done if each not in rejected]
        was_complete = self._before.was_complete or {*done}.issuperset(each.name for each in self._asked_steps)
        return {"values": draft_of(visited, self._sealed), "done": done, "was_complete": was_complete}

    @property
    def step(self) -> BoundStep:
        """The step to show."""
        name, names = self._shown_step, [*self._progress.steps, SUMMARY]
        own = next((each for each in self.form.steps if each.name == name), None)
        number = names.index(name) + 1
        before = self._progress.before(name)
        return BoundStep(
            name=name,
            title=self.reader.text(own.title if own else Phrase.FORM_SUMMARY_TITLE),
            hint=self.reader.text(own.hint) if own else "",
            number=number,
            count=len(names),
            url=step_address(self.form.step_url, name),
            progress=self.text(Phrase.FORM_STEP_PROGRESS, number=number, all=len(names)),
            before=before if before != name else "",
        )

    @property
    def is_summary(self) -> bool:
        return self._shown_step == SUMMARY

    @property
    def shown_entries(self) -> Mapping[str, Entry[Part]]:
        keys = next((each.keys for each in self.form.steps if each.name == self._shown_step), ())
        return {key: self.entries[key] for key in keys}

    @property
    def has_verdicts(self) -> bool:
        return self._is_revealed(self._shown_step)

    def render(self) -> Markup:
        """Return the step as HTML: the error summary, the title and the controls, or all answers. The buttons are not in it."""
        return self.templates.render("step.html", bound=self)

    def title(self, title: str = "") -> str:
        """Return the title of a page with the step, or with the receipt if there is a value; "Error: " first if it has any.

        Args:
            title: What the form is called, which comes last.
        """
        step = self.step
        phrase = Phrase.FORM_STEP_PAGE_TITLE if self._value is None else Phrase.FORM_RECEIPT_TITLE
        text = self.text(phrase, title=self.reader.plain_text(step.title), number=step.number, all=step.count)
        return super().title(" – ".join(filter(None, (text, title))))

    def hidden(self) -> Markup:
        """Return the hidden inputs of the page as HTML, which :meth:`render` has: which step it is, and what it shows."""
        return self.templates.render("hidden.html", bound=self)

    def late_controls(self) -> list[BoundControl]:
        """Return the controls of secrets that no draft keeps, which are asked for beside the answers, for a template."""
        late = (each for each in self._controls() if each.applies and self.form.is_late(each.part)) if self.is_summary else ()
        return [self.bind_entry(unconditional(each), self._label_outside(each)) for each in late]

    def _label_outside(self, entry: ControlEntry) -> str:
        """Return the label of a control outside the groups that it is in."""
        own = self.reader.plain_text(entry.part.label, entry.part.params).strip()
        outer = titles(self.entries.values(), self.reader)[entry.name]
        return ", ".join([*outer, own]) if outer else ""

    def answers_shown(self) -> str:
        """Return what a page with these answers submits, by which another tab's changes are noticed."""
        text = json.dumps(draft_of(self.entries), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]

    def _shows_these_answers(self, data: Data) -> bool:
        return first_value(Reserved.ANSWERS, data) in ("", self.answers_shown())

    @cached_property
    def _done(self) -> list[str]:
        """The steps that were completed, in order."""
        step, move, _ = self._press
        done = {*self._before.done}
        if move is Move.FORWARD and step not in self._wrong:
            done.add(step)
        elif move is Move.EDIT or (move in (Move.FORWARD, Move.BACK) and step in self._wrong):
            done.discard(step)
        return [each.name for each in self.form.steps if each.name in done]

    @property
    def _progress(self) -> Progress:
        return Progress(
            steps=[each.name for each in self._asked_steps],
            done=self._done,
            wrong=self._wrong,
            visited=[each.name for each in self._asked_steps if not self._visited.isdisjoint(each.keys)],
            was_complete=self._before.was_complete,
        )

    @cached_property
    def _asked_steps(self) -> list[FormStep]:
        """The steps of which anything applies."""
        asked = {key for key, each in self.entries.items() if each.applies and not each.is_excluded}
        return [each for each in self.form.steps if not asked.isdisjoint(each.keys)]

    @cached_property
    def _shown_step(self) -> str:
        return self._progress.shown(self._press, self._requested)

    @cached_property
    def _errors(self) -> list[FormError]:
        shown = self._shown_step
        added = {*self._errors_of_host}
        mine = [each for each in self._every_error if self._step_of(each.name) == shown or (each in added and not each.name)]
        if self._is_revealed(shown):
            return mine
        return [each for each in mine if each in added or (self.is_summary and not each.name)]

    def _is_revealed(self, step: str) -> bool:
        """Return whether a step shows the errors that the model finds: it was sent, or was completed before."""
        return step in self._done or (self.is_sent and self._press.step == step)

    @cached_property
    def _every_error(self) -> list[FormError]:
        return self._located_errors(self._problems)

    @property
    def _errors_of_host(self) -> list[FormError]:
        return self._located_errors([])

    def _located_errors(self, found: Iterable[Any]) -> list[FormError]:
        return form_errors(found, self._added, self.entries, self.form.prefix, self.reader)

    @cached_property
    def _wrong(self) -> frozenset[str]:
        """The names of the steps with errors."""
        return frozenset(self._step_of(each.name) for each in self._every_error)

    def _step_of(self, name: str) -> str:
        """Return the step in which a part is asked for; the page with all answers for what is in none."""
        return self._steps_by_name.get(name, SUMMARY)

    @cached_property
    def _steps_by_name(self) -> dict[str, str]:
        found = ((each, step.name) for step in self.form.steps for key in step.keys for each in walk({key: self.entries[key]}))
        is_late = self.form.is_late
        return {each.name: step for each, step in found if not (isinstance(each, ControlEntry) and is_late(each.part))}

    def _sealed(self, entry: ControlEntry) -> str:
        is_kept = self.form.secrets is not None and not self.form.is_late(entry.part) and self._is_right(entry)
        return self.form.secrets.seal(entry.part, entry.value) if is_kept and self.form.secrets else ""

    @property
    def _is_shown_again(self) -> bool:
        return self._value is None

    def _is_right(self, entry: ControlEntry) -> bool:
        return all(each.name != entry.name for each in self._every_error)
