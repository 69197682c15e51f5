use crate::errors::Words;

pub(super) const WORDS: Words = Words {
    stale_session: "Tu sesión había terminado, así que esto no se ha hecho. Vuelve a intentarlo.",
    forbidden: "No tienes permiso para hacer esto.",
    not_found: "No se ha encontrado. Puede que se haya eliminado.",
    throttled: "Demasiadas solicitudes. Espera un momento y vuelve a intentarlo.",
    throttled_for: "Demasiadas solicitudes. Espera {seconds} segundo y vuelve a intentarlo.|Demasiadas solicitudes. Espera {seconds} segundos y vuelve a intentarlo.",
    rejected: "El servidor no lo ha aceptado.",
    offline: "No se puede conectar con el servidor. Comprueba tu conexión y vuelve a intentarlo.",
    timeout: "El servidor no ha respondido a tiempo. Vuelve a intentarlo.",
    server: "El servidor tiene un problema. Vuelve a intentarlo dentro de un momento.",
    malformed: "No se ha entendido la respuesta del servidor. Vuelve a intentarlo.",
    wrong_identity: "La cuenta ha cambiado entretanto, así que esto no se ha hecho.",
    view_only: "Solo estás viendo esta cuenta, así que no se ha modificado nada.",
    not_while_acting: "Esto no se puede hacer mientras actúas como otra persona. Vuelve primero a tu cuenta.",
    perhaps_done: "Puede que se haya hecho de todos modos: compruébalo antes de volver a intentarlo.",
    access_view_only: "Solo lectura",
    access_full: "Acceso completo",
};
