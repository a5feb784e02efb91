"""Accounts and login links."""
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail address')),
                ('name', models.CharField(max_length=200, verbose_name='Name')),
                ('role', models.CharField(choices=[('reader', 'Reader'), ('recorder', 'Recorder'), ('reviewer', 'Reviewer'), ('administrator', 'Administrator')], default='reader', max_length=16, verbose_name='Role')),
                ('clearance', models.CharField(choices=[('public', 'Public'), ('internal', 'Internal'), ('restricted', 'Restricted'), ('secret', 'Secret')], default='internal', max_length=16, verbose_name='Clearance')),
                ('compartments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None)),
                ('language', models.CharField(default='id', max_length=8, verbose_name='Language')),
                ('office', models.CharField(blank=True, max_length=200, verbose_name='Office')),
                ('is_active', models.BooleanField(default=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='account_email_unique_in_any_case'), models.CheckConstraint(condition=models.Q(('role__in', ['reader', 'recorder', 'reviewer', 'administrator'])), name='account_role_is_known'), models.CheckConstraint(condition=models.Q(('clearance__in', ['public', 'internal', 'restricted', 'secret'])), name='account_clearance_is_known')],
            },
        ),
        migrations.CreateModel(
            name='LoginLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='login_links', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
