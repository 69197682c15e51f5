use crate::home::Words;

pub(super) const WORDS: Words = Words {
    welcome: "Damos-lhe as boas-vindas, {name}",
    who: "Quem é aqui",
    profile: "Perfil",
    kind: "Tipo",
    // Kinds of customers.
    individual: "Particular",
    company: "Empresa",
    email: "E-mail",
    location: "Espaço",
    change_details: "Alterar os dados",
    // The button is the one named `frame::allow_changes`.
    only_viewing: "Está apenas a ver esta conta. Para a alterar, escolha «{button}» acima.",
    your_details: "Os seus dados",
    details_of: "Dados de {name}",
    full_name: "Nome completo",
    name_missing: "Introduza um nome.",
    save: "Guardar",
    saved: "Os dados foram guardados.",
    not_saved: "Os dados não foram guardados. {why}",
    teams: "Equipas que administra",
    // No team.
    no_team: "Nenhuma",
    no_team_text: "Não administra nenhuma equipa com este perfil.",
    members: "{count} membro|{count} membros",
};
