use crate::ui::Words;

pub(super) const WORDS: Words = Words {
    loading: "Wird geladen",
    show_password: "Passwort anzeigen",
    messages: "Meldungen",
    dismiss: "Schließen",
    unknown: "Unbekannt.",
    unknown_reason: "Eine Änderung ist möglich, sobald der Zustand bekannt ist.",
};
