use crate::errors::Words;

pub(super) const WORDS: Words = Words {
    stale_session: "A sua sessão tinha terminado, por isso não foi feito. Tente novamente.",
    forbidden: "Não tem permissão para fazer isto.",
    not_found: "Não foi possível encontrar. Pode ter sido eliminado.",
    throttled: "Demasiados pedidos. Aguarde um momento e tente novamente.",
    throttled_for: "Demasiados pedidos. Aguarde {seconds} segundo e tente novamente.|Demasiados pedidos. Aguarde {seconds} segundos e tente novamente.",
    rejected: "O servidor não aceitou esta operação.",
    offline: "Não é possível contactar o servidor. Verifique a sua ligação e tente novamente.",
    timeout: "O servidor não respondeu a tempo. Tente novamente.",
    server: "O servidor tem um problema. Tente novamente dentro de momentos.",
    malformed: "Não foi possível compreender a resposta do servidor. Tente novamente.",
    wrong_identity: "Entretanto, a conta mudou, pelo que esta operação não foi feita.",
    view_only: "Está apenas a ver esta conta, pelo que nada foi alterado.",
    not_while_acting: "Não é possível fazer isto enquanto age como outra pessoa. Volte primeiro à sua conta.",
    perhaps_done: "Pode ter sido feito mesmo assim: verifique antes de tentar novamente.",
    access_view_only: "Só de leitura",
    access_full: "Acesso total",
};
