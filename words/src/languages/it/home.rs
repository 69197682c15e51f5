use crate::home::Words;

pub(super) const WORDS: Words = Words {
    welcome: "Ti diamo il benvenuto, {name}",
    who: "Chi sei qui",
    profile: "Profilo",
    kind: "Tipo",
    // Kinds of customers.
    individual: "Privato",
    company: "Azienda",
    email: "E-mail",
    location: "Sede",
    change_details: "Modifica i dati",
    // The button is the one named `frame::allow_changes`.
    only_viewing: "Stai solo visualizzando questo account. Per modificarlo, scegli «{button}» in alto.",
    your_details: "I tuoi dati",
    details_of: "Dati di {name}",
    full_name: "Nome e cognome",
    name_missing: "Inserisci un nome.",
    save: "Salva",
    saved: "I dati sono stati salvati.",
    not_saved: "I dati non sono stati salvati. {why}",
    teams: "Team che amministri",
    // No team.
    no_team: "Nessuno",
    no_team_text: "Con questo profilo non amministri nessun team.",
    members: "{count} membro|{count} membri",
};
