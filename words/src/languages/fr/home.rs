use crate::home::Words;

pub(super) const WORDS: Words = Words {
    welcome: "Bienvenue, {name}",
    who: "Qui vous êtes ici",
    profile: "Profil",
    kind: "Type",
    // Kinds of customers.
    individual: "Particulier",
    company: "Entreprise",
    email: "E-mail",
    location: "Espace",
    change_details: "Modifier les informations",
    // The button is the one named `frame::allow_changes`.
    only_viewing: "Vous ne faites que consulter ce compte. Choisissez « {button} » ci-dessus pour le modifier.",
    your_details: "Vos informations",
    details_of: "Informations de {name}",
    full_name: "Nom complet",
    name_missing: "Saisissez un nom.",
    save: "Enregistrer",
    saved: "Les informations ont été enregistrées.",
    not_saved: "Les informations n’ont pas été enregistrées. {why}",
    teams: "Équipes que vous administrez",
    // No team.
    no_team: "Aucune",
    no_team_text: "Vous n’administrez aucune équipe avec ce profil.",
    members: "{count} membre|{count} membres",
};
