import pytest

from ikrar.reading.inflection import english_voices, indonesian_voices, inflect_indonesian


@pytest.mark.parametrize(
    ("root", "pattern", "form"),
    [
        ("tawar", "meN-kan", "menawarkan"),
        ("minta", "meN-", "meminta"),
        ("pinta", "meN-", "meminta"),
        ("kirim", "meN-kan", "mengirimkan"),
        ("sampai", "meN-kan", "menyampaikan"),
        ("ajak", "meN-", "mengajak"),
        ("bantu", "meN-", "membantu"),
        ("dukung", "meN-", "mendukung"),
        ("latih", "meN-", "melatih"),
        ("proses", "meN-", "memproses"),
        ("transfer", "meN-", "mentransfer"),
        ("kritik", "meN-", "mengkritik"),
        ("sponsor", "meN-i", "mensponsori"),
        ("cat", "meN-", "mengecat"),
        ("rencana", "ber-", "berencana"),
        ("janji", "ber-", "berjanji"),
        ("luas", "memper-", "memperluas"),
        ("dukung", "-an", "dukungan"),
        ("siap", "ke-an", "kesiapan"),
        ("latih", "peN-an", "pelatihan"),
        ("siap", "=", "siap"),
    ],
)
def test_inflection_joins_affix_and_root_as_the_language_does(
    root: str, pattern: str, form: str
) -> None:
    assert inflect_indonesian(root, pattern) == form


def test_inflection_derives_passive_and_object_voice() -> None:
    voices = indonesian_voices("harap", ["meN-kan", "-an"])
    assert voices == {
        "active": {"mengharapkan"},
        "passive": {"diharapkan"},
        "bare": {"harapkan"},
        "noun": {"harapan"},
    }


@pytest.mark.parametrize(
    ("lemma", "irregular", "voice", "forms"),
    [
        ("reply", "", "active", {"reply", "replies", "replied"}),
        ("call on", "", "active", {"call on", "calls on", "called on"}),
        ("undertake", "undertook undertaken", "passive", {"undertaken"}),
        ("promise", "", "ing", {"promising"}),
        ("hope", "n:hope n:open_wish", "noun", {"hope", "open wish"}),
        ("hope", "n:hope", "active", set()),
    ],
)
def test_inflection_makes_english_forms(
    lemma: str, irregular: str, voice: str, forms: set[str]
) -> None:
    assert english_voices(lemma, irregular.split())[voice] == forms
