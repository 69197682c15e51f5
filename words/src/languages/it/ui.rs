use crate::ui::Words;

pub(super) const WORDS: Words = Words {
    loading: "Caricamento",
    show_password: "Mostra password",
    messages: "Messaggi",
    dismiss: "Chiudi",
    unknown: "Sconosciuto.",
    unknown_reason: "Si potrà modificare quando lo stato sarà noto.",
};
