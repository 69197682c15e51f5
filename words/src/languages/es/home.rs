use crate::home::Words;

pub(super) const WORDS: Words = Words {
    welcome: "Te damos la bienvenida, {name}",
    who: "Quién eres aquí",
    profile: "Perfil",
    kind: "Tipo",
    // Kinds of customers.
    individual: "Particular",
    company: "Empresa",
    email: "Correo electrónico",
    location: "Espacio",
    change_details: "Modificar los datos",
    // The button is the one named `frame::allow_changes`.
    only_viewing: "Solo estás viendo esta cuenta. Para modificarla, elige «{button}» más arriba.",
    your_details: "Tus datos",
    details_of: "Datos de {name}",
    full_name: "Nombre completo",
    name_missing: "Introduce un nombre.",
    save: "Guardar",
    saved: "Se han guardado los datos.",
    not_saved: "No se han guardado los datos. {why}",
    teams: "Equipos que administras",
    // No team.
    no_team: "Ninguno",
    no_team_text: "No administras ningún equipo con este perfil.",
    members: "{count} miembro|{count} miembros",
};
