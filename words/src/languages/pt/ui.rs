use crate::ui::Words;

pub(super) const WORDS: Words = Words {
    loading: "A carregar",
    show_password: "Mostrar palavra-passe",
    messages: "Mensagens",
    dismiss: "Fechar",
    unknown: "Desconhecido.",
    unknown_reason: "Poderá ser alterado quando o estado for conhecido.",
};
