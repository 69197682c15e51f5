use crate::errors::Words;

pub(super) const WORDS: Words = Words {
    stale_session: "La tua sessione era terminata, quindi l’operazione non è stata eseguita. Riprova.",
    forbidden: "Non hai l’autorizzazione per farlo.",
    not_found: "Elemento non trovato. Potrebbe essere stato eliminato.",
    throttled: "Troppe richieste. Attendi un momento, poi riprova.",
    throttled_for: "Troppe richieste. Attendi {seconds} secondo, poi riprova.|Troppe richieste. Attendi {seconds} secondi, poi riprova.",
    rejected: "Il server non ha accettato l’operazione.",
    offline: "Impossibile raggiungere il server. Controlla la connessione e riprova.",
    timeout: "Il server non ha risposto in tempo. Riprova.",
    server: "Il server ha un problema. Riprova tra un momento.",
    malformed: "La risposta del server non è comprensibile. Riprova.",
    wrong_identity: "Nel frattempo l’account è cambiato, quindi l’operazione non è stata eseguita.",
    view_only: "Stai solo visualizzando questo account, quindi non è stato modificato nulla.",
    not_while_acting: "Questa operazione non è possibile mentre agisci come un’altra persona. Torna prima al tuo account.",
    perhaps_done: "Potrebbe essere stato fatto comunque: controlla prima di riprovare.",
    access_view_only: "Sola lettura",
    access_full: "Accesso completo",
};
