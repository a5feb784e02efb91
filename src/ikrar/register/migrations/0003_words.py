"""Indexes for what readers look for: words of titles, and who asks."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

WORDS = """
CREATE INDEX undertaking_words ON register_undertaking USING gin ((
    to_tsvector('simple', what || ' ' || replace(symbol, '/', ' '))
    || jsonb_to_tsvector('simple', titles, '["string"]')
))
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0002_append_only")]

    operations = [
        migrations.RunSQL(WORDS, "DROP INDEX undertaking_words"),
        migrations.AddIndex(
            "undertaking", GinIndex(fields=["requesters"], name="undertaking_by_requester")
        ),
    ]
