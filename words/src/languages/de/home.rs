use crate::home::Words;

pub(super) const WORDS: Words = Words {
    welcome: "Willkommen, {name}",
    who: "Wer Sie hier sind",
    profile: "Profil",
    kind: "Art",
    // Kinds of customers.
    individual: "Einzelperson",
    company: "Unternehmen",
    email: "E-Mail",
    location: "Standort",
    change_details: "Angaben ändern",
    // The button is the one named `frame::allow_changes`.
    only_viewing: "Sie sehen dieses Konto nur an. Wählen Sie oben „{button}“, um etwas zu ändern.",
    your_details: "Ihre Angaben",
    details_of: "Angaben von {name}",
    full_name: "Vollständiger Name",
    name_missing: "Geben Sie einen Namen ein.",
    save: "Speichern",
    saved: "Die Angaben wurden gespeichert.",
    not_saved: "Die Angaben wurden nicht gespeichert. {why}",
    teams: "Teams, die Sie verwalten",
    // No team.
    no_team: "Keine",
    no_team_text: "Mit diesem Profil verwalten Sie kein Team.",
    members: "{count} Mitglied|{count} Mitglieder",
};
