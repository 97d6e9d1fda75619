"""Addresses of plan authoring, for admins."""

from django.urls import path

from . import (
    back_tests,
    checking,
    cohorts,
    draft,
    exercises,
    fhir,
    files,
    levels,
    listing,
    moving,
    phase,
    preview,
    publishing,
    thresholds,
    versions,
    week,
)
from .trying import views as trying

app_name = "plans"

urlpatterns = [
    path("", listing.show, name="list"),
    path("<slug:key>/<int:number>/", versions.show, name="version"),
    path("<slug:key>/draft/", draft.show, name="draft"),
    path("<slug:key>/draft/start/", draft.start, name="start"),
    path("<slug:key>/draft/discard/", publishing.discard, name="discard"),
    path("<slug:key>/draft/check/", checking.show, name="check"),
    path("<slug:key>/draft/publish/", publishing.publish, name="publish"),
    path("<slug:key>/draft/publish/people/", moving.people, name="moving"),
    path("<slug:key>/draft/back-test/", back_tests.ask, name="ask_back_test"),
    path("<slug:key>/back-tests/<uuid:back_test_id>/", back_tests.show, name="back_test"),
    path("<slug:key>/back-tests/<uuid:back_test_id>/cancel/", back_tests.cancel, name="cancel_back_test"),
    path("<slug:key>/draft/cohort/", cohorts.ask, name="ask_cohort"),
    path("<slug:key>/cohorts/<uuid:trial_id>/", cohorts.show, name="cohort"),
    path("<slug:key>/cohorts/<uuid:trial_id>/cancel/", cohorts.cancel, name="cancel_cohort"),
    path("<slug:key>/draft/review/", publishing.review, name="review"),
    path("<slug:key>/<int:number>/bring-back/", versions.bring_back, name="bring_back"),
    path("<slug:key>/<int:number>/retire/", versions.put_away, name="retire"),
    path("<slug:key>/file/", files.bring_in, name="file"),
    path("<slug:key>/draft/file.yaml", files.draft_file, name="draft_file"),
    path("<slug:key>/<int:number>/file.yaml", files.version_file, name="version_file"),
    path("<slug:key>/draft/fhir.json", fhir.of_draft, name="draft_fhir"),
    path("<slug:key>/<int:number>/fhir.json", fhir.of_version, name="version_fhir"),
    path("<slug:key>/draft/numbers/", thresholds.edit, name="thresholds"),
    path("<slug:key>/draft/try/", trying.show, name="try"),
    path("<slug:key>/draft/try/case.json", trying.case, name="try_case"),
    path("<slug:key>/draft/levels/", levels.edit, name="levels"),
    path("<slug:key>/draft/exercises/", exercises.show, name="exercises"),
    path("<slug:key>/draft/exercises/new/", exercises.add, name="new_exercise"),
    path("<slug:key>/draft/exercises/<str:code>/", exercises.edit, name="exercise"),
    path("<slug:key>/draft/phases/<slug:phase>/", phase.edit, name="phase"),
    path("<slug:key>/draft/phases/<slug:phase>/preview/", preview.show, name="preview"),
    path("<slug:key>/draft/phases/<slug:phase>/week/", week.edit, name="week"),
]
