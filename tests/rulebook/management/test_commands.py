from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.rulebook.default import DEFAULT_TOML
from backoffice.rulebook.models import RulebookVersion

BAD = DEFAULT_TOML.read_text().replace('max_percent = "200%"', 'max_percent = "200 days"')


@pytest.fixture
def bad_file(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(BAD)
    return path


def test_check_accepts_the_default(capsys):
    call_command("check_rulebook", str(DEFAULT_TOML))
    assert capsys.readouterr().out == "Default rulebook: 16 tables, 82 rows, no problems.\n"


def test_check_prints_the_problems_and_fails(bad_file, capsys):
    with pytest.raises(CommandError, match=r"^1 problem: mend and try again\.$") as failed:
        call_command("check_rulebook", str(bad_file))
    assert failed.value.returncode == 1
    cells = [c.strip() for c in capsys.readouterr().out.splitlines()[3].split("│")]
    assert cells[1:3] == ["claim_limit", "1"]


@pytest.mark.django_db
def test_publish_makes_the_next_version_in_force_now(capsys):
    before = timezone.now()
    call_command("publish_rulebook", str(DEFAULT_TOML))
    version = RulebookVersion.objects.get(number=2)
    assert before <= version.effective_from == version.published_at
    assert capsys.readouterr().out.startswith("Published version 2, Default rulebook, in force")


@pytest.mark.django_db
def test_publish_takes_the_default_and_a_date():
    start = timezone.now().replace(microsecond=0) + timedelta(days=3)
    call_command("publish_rulebook", "--default", "--effective-from", start.isoformat())
    assert RulebookVersion.objects.get(number=2).effective_from == start


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--default", "--effective-from", "soon"], "'soon' is no ISO time"),
        (["--default", "--effective-from", "2999-01-01T00:00:00"], "The date has no time zone"),
        (["--default", "--effective-from", "2001-01-01T00:00:00Z"], "lies in the past"),
        (["no-such.toml"], "Cannot read no-such.toml: No such file or directory."),
        ([], "one of the arguments file --default is required"),
    ],
)
def test_publish_refuses(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("publish_rulebook", *arguments)
    assert RulebookVersion.objects.count() == 1


@pytest.mark.django_db
def test_publish_refuses_a_bad_file_and_keeps_nothing(bad_file):
    with pytest.raises(CommandError, match="1 problem"):
        call_command("publish_rulebook", str(bad_file))
    assert RulebookVersion.objects.count() == 1
