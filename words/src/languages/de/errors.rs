use crate::errors::Words;

pub(super) const WORDS: Words = Words {
    stale_session: "Ihre Sitzung war beendet, daher wurde dies nicht ausgeführt. Versuchen Sie es erneut.",
    forbidden: "Dazu fehlt Ihnen die Berechtigung.",
    not_found: "Das konnte nicht gefunden werden. Möglicherweise wurde es entfernt.",
    throttled: "Zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es dann erneut.",
    throttled_for: "Zu viele Anfragen. Warten Sie {seconds} Sekunde und versuchen Sie es dann erneut.|Zu viele Anfragen. Warten Sie {seconds} Sekunden und versuchen Sie es dann erneut.",
    rejected: "Der Server hat dies nicht akzeptiert.",
    offline: "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
    timeout: "Der Server hat nicht rechtzeitig geantwortet. Versuchen Sie es erneut.",
    server: "Auf dem Server ist ein Problem aufgetreten. Versuchen Sie es gleich noch einmal.",
    malformed: "Die Antwort des Servers war nicht verständlich. Versuchen Sie es erneut.",
    wrong_identity: "Das Konto hat inzwischen gewechselt, daher wurde dies nicht ausgeführt.",
    view_only: "Sie sehen dieses Konto nur an, daher wurde nichts geändert.",
    not_while_acting: "Das ist nicht möglich, während Sie als jemand anderes handeln. Kehren Sie zuerst zu Ihrem Konto zurück.",
    perhaps_done: "Möglicherweise ist es trotzdem geschehen: Sehen Sie nach, bevor Sie es erneut versuchen.",
    access_view_only: "Nur ansehen",
    access_full: "Vollzugriff",
};
