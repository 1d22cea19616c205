"""Takes away the example page, site, groups and workflow that Wagtail's own migrations make.

They belong to no Träger: the groups hold permissions on the root, that is on everybody's pages.
Nothing is deleted from an installation that has been used: each is recognised by being untouched.
"""

from django.db import migrations


def clear(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    welcome = page_model.objects.filter(
        depth=2, slug="home", content_type__app_label="wagtailcore", content_type__model="page", numchild=0
    )
    site_model.objects.filter(root_page__in=welcome).delete()
    welcome.delete()
    children = page_model.objects.filter(depth=2).count()
    page_model.objects.filter(depth=1).update(numchild=children)
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(
        workflow__name="Moderators approval"
    ).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(
        name="Moderators approval", workflow_states=None
    ).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(
        name="Moderators approval", task_states=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0002_traeger"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
