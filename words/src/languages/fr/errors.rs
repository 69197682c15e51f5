use crate::errors::Words;

pub(super) const WORDS: Words = Words {
    stale_session: "Votre session avait pris fin : cela n’a pas été fait. Réessayez.",
    forbidden: "Vous n’avez pas l’autorisation de faire cela.",
    not_found: "Élément introuvable. Il a peut-être été supprimé.",
    throttled: "Trop de demandes. Patientez un instant, puis réessayez.",
    throttled_for: "Trop de demandes. Patientez {seconds} seconde, puis réessayez.|Trop de demandes. Patientez {seconds} secondes, puis réessayez.",
    rejected: "Le serveur n’a pas accepté cette opération.",
    offline: "Le serveur est injoignable. Vérifiez votre connexion et réessayez.",
    timeout: "Le serveur n’a pas répondu à temps. Réessayez.",
    server: "Le serveur rencontre un problème. Réessayez dans un instant.",
    malformed: "La réponse du serveur n’a pas pu être comprise. Réessayez.",
    wrong_identity: "Le compte a changé entre-temps : cette opération n’a pas été effectuée.",
    view_only: "Vous ne faites que consulter ce compte : rien n’a été modifié.",
    not_while_acting: "Cela n’est pas possible pendant que vous agissez en tant qu’une autre personne. Revenez d’abord à votre compte.",
    perhaps_done: "Cela a peut-être été fait malgré tout : vérifiez avant de réessayer.",
    access_view_only: "Lecture seule",
    access_full: "Accès complet",
};
