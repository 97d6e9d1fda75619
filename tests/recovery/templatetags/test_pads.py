"""Questions of a form."""

import re

import pytest
from django import forms
from django.template import Context, Template


class Questions(forms.Form):
    pain = forms.IntegerField(min_value=0, max_value=10, label="Pain", help_text="0 is no pain.")
    later = forms.IntegerField(required=False, label="Later")
    session = forms.ChoiceField(
        choices=[("", "---"), ("done", "All"), ("part", "Some"), ("skipped", "None")], widget=forms.RadioSelect
    )
    flags = forms.MultipleChoiceField(
        choices=[("none", "None of these"), ("RF01", "Numbness"), ("RF02", "Trouble holding pee")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick one."},
    )
    name = forms.CharField(label="Name", help_text="Your first name.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="I agree")


def render(source, form):
    return Template("{% load backstride %}" + source).render(Context({"form": form}))


def inputs(html):
    return re.findall(r"<input[^>]+>", html)


def test_a_pad_has_eleven_keys_with_words_inside_their_labels():
    html = render("{% pain_pad form.pain %}", Questions())
    assert len(inputs(html)) == 11
    words = re.findall(r'<span class="pad__says">([^<]+)</span></label>', html)
    assert len(set(words)) == 11


@pytest.mark.parametrize("words", ["pain", "stiffness", "function", "confidence"])
def test_every_scale_has_a_word_for_every_number(words):
    html = render('{% pain_pad form.pain words="' + words + '" %}', Questions())
    assert all(said.strip() for said in re.findall(r'<span class="pad__says">([^<]*)</span>', html))


def test_nothing_is_chosen_before_the_person_answers():
    assert "checked" not in render("{% pain_pad form.pain %}", Questions())


@pytest.mark.parametrize("answer", ["7", 7])
def test_a_pad_keeps_the_answer_that_was_given(answer):
    form = Questions({"pain": answer}) if isinstance(answer, str) else Questions(initial={"pain": answer})
    chosen = [key for key in inputs(render("{% pain_pad form.pain %}", form)) if "checked" in key]
    assert len(chosen) == 1 and 'value="7"' in chosen[0]


def test_an_answer_that_is_no_number_chooses_nothing_and_breaks_nothing():
    html = render("{% pain_pad form.pain %}", Questions({"pain": "abc"}))
    assert "checked" not in html and 'class="mistake"' in html


def test_yesterdays_answer_is_marked_in_shape_and_in_words():
    html = render("{% pain_pad form.pain yesterday=0 %}", Questions())
    assert html.count('<span class="pad__mark"></span>') == 2
    assert html.count("Yesterday’s answer") == 2


def test_keys_of_an_optional_question_are_not_required():
    assert " required" in render("{% pain_pad form.pain %}", Questions())
    assert " required" not in render("{% pain_pad form.later %}", Questions())


def test_a_mistake_is_named_at_its_question_and_linked_from_the_summary():
    form = Questions({})
    html = render('{% include "components/mistakes.html" %}{% pain_pad form.pain %}', form)
    assert 'href="#id_pain"' in html and 'id="id_pain" aria-describedby="id_pain_error"' in html
    assert 'id="id_pain_error"' in html


def test_the_summary_counts_and_takes_the_focus():
    html = render('{% include "components/mistakes.html" %}', Questions({}))
    assert "5 answers need a look" in html and 'role="alert" tabindex="-1" autofocus' in html


def test_a_form_without_mistakes_has_no_summary():
    assert "mistakes" not in render('{% include "components/mistakes.html" %}', Questions())


def test_pad_buttons_send_the_number_at_once():
    html = render('{% pad_buttons "pain" "Pain from 0 to 10" yesterday=3 %}', Questions())
    assert html.count('<button type="submit" class="pad__key" name="pain"') == 11


def test_the_empty_choice_is_no_tile():
    assert len(inputs(render("{% choices form.session %}", Questions()))) == 3


def test_a_choice_can_open_the_question_that_depends_on_it():
    tiles = inputs(render('{% choices form.session reveals="done part" %}', Questions()))
    assert ["data-reveals" in tile for tile in tiles] == [True, True, False]


def test_none_of_these_stands_last_and_is_never_ticked_beforehand():
    html = render("{% flags form.flags %}", Questions())
    assert "data-exclusive" in html
    assert "data-none" in inputs(html)[-1] and "checked" not in html


def test_ticked_signs_stay_ticked_after_a_mistake_elsewhere():
    tiles = inputs(render("{% flags form.flags %}", Questions({"flags": ["RF02"]})))
    assert [tile for tile in tiles if "checked" in tile][0].count("RF02") == 1


def test_a_field_ties_its_hint_and_its_mistake_to_the_control():
    html = render("{% field form.name %}", Questions({}))
    control = next(tag for tag in inputs(html) if 'name="name"' in tag)
    assert 'class="input"' in control and 'aria-invalid="true"' in control
    for name in re.search(r'aria-describedby="([^"]+)"', control)[1].split():
        assert f'id="{name}"' in html


def test_a_field_passes_attributes_on_to_its_control():
    assert 'rows="3"' in render("{% field form.note rows=3 %}", Questions())


def test_an_optional_field_says_so():
    assert "optional" in render("{% field form.note %}", Questions())
    assert "optional" not in render("{% field form.name %}", Questions())


def test_a_box_to_tick_stands_before_its_words():
    html = render("{% field form.agree %}", Questions())
    assert html.index("<input") < html.index("I agree")
    assert 'class="choice" for="id_agree"' in html
