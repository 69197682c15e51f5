use crate::ui::Words;

pub(super) const WORDS: Words = Words {
    loading: "Cargando",
    show_password: "Mostrar contraseña",
    messages: "Mensajes",
    dismiss: "Cerrar",
    unknown: "Desconocido.",
    unknown_reason: "Se podrá modificar cuando se conozca su estado.",
};
