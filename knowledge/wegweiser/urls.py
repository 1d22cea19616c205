from django.urls import path

from knowledge.wegweiser import offline_views
from knowledge.wegweiser.views import wegweiser

urlpatterns = [
    path("", wegweiser, name="wegweiser"),
    path("daten/", offline_views.saved, name="wegweiser_saved"),
    # Their names stand in static/js/wegweiser/worker.js, too.
    path("ohne-netz/", offline_views.shell, name="wegweiser_shell"),
    path("helfer.js", offline_views.worker, name="wegweiser_worker"),
    path("app.webmanifest", offline_views.manifest, name="wegweiser_manifest"),
]
