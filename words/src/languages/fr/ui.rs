use crate::ui::Words;

pub(super) const WORDS: Words = Words {
    loading: "Chargement",
    show_password: "Afficher le mot de passe",
    messages: "Messages",
    dismiss: "Fermer",
    unknown: "Inconnu.",
    unknown_reason: "La modification sera possible dès que l’état sera connu.",
};
