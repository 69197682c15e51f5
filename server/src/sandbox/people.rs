//! The people and teams of the demo data, and names for as many more as are wanted.

/// A team.
pub(super) struct Team {
    pub(super) id: i64,
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) website: Option<&'static str>,
    pub(super) tags: &'static str,
    /// The plan of new members.
    pub(super) default_plan: Option<i64>,
    pub(super) most_members: Option<i64>,
}

impl Team {
    pub(super) const fn small(id: i64, name: &'static str, summary: &'static str) -> Self {
        Self { id, name, summary, website: None, tags: "", default_plan: None, most_members: None }
    }
}

/// The plans: id and name.
pub(super) const PLANS: &[(i64, &str)] = &[(301, "Flex"), (302, "Dedicated desk"), (303, "Private office")];

/// Whose contract runs, and on which plan: they cannot be taken out of a team.
pub(super) const CONTRACTS: &[(i64, i64)] = &[(122, 302)];

/// The team that can be grown.
pub(super) const FIRST_TEAM: i64 = 55;

pub(super) const TEAMS: &[Team] = &[
    Team {
        id: FIRST_TEAM,
        name: "Lumen Studio",
        summary: "Light and space for public buildings",
        website: Some("https://lumen.example.com"),
        tags: "design light architecture",
        default_plan: Some(301),
        most_members: None,
    },
    Team {
        id: 56,
        name: "Northwind Labs",
        summary: "Instruments for weather and wind",
        website: None,
        tags: "science hardware",
        default_plan: None,
        most_members: None,
    },
    Team {
        id: 57,
        name: "Tidal Collective",
        summary: "Writers and makers by the water",
        website: Some("https://tidal.example.com"),
        tags: "writing craft",
        default_plan: None,
        most_members: Some(14),
    },
];

/// The accounts that people are told of: id, address, name.
pub(super) const USERS: &[(i64, &str, &str)] = &[
    (9001, "maria.santos@example.com", "Maria Santos"),
    (9002, "tomas.lind@example.com", "Tomas Lind"),
    (9003, "aisha.khan@example.com", "Aisha Khan"),
    (9004, "leo.martin@example.com", "Léo Martin"),
    (9005, "ops@example.com", "Priya Raman"),
    (9006, "suspended@example.com", "Viktor Hale"),
    (9007, "jonas.weber@example.com", "Jonas Weber"),
    (9008, "vera.holm@example.com", "Vera Holm"),
    (9009, "otto.brandt@example.com", "Otto Brandt"),
    (9010, "nora.quill@example.com", "Nora Quill"),
];

/// Who has a second factor, and what its codes are made of.
pub(super) const SECOND_FACTOR: (i64, &[u8]) = (9008, b"harbour-house-quay-1");

/// Who has to choose a new password.
pub(super) const MUST_RESET: i64 = 9009;

/// How somebody signs in.
pub(super) enum Login {
    /// With one of [`USERS`].
    Account(i64),
    /// With an address of their own.
    Email(&'static str),
}

/// A customer record. `flags` are the five permissions, in the order of the table, first one highest.
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) login: Login,
    pub(super) name: &'static str,
    pub(super) company: &'static str,
    pub(super) is_company: bool,
    pub(super) active: bool,
    pub(super) flags: u8,
    pub(super) card: Option<&'static str>,
    pub(super) member_of: &'static [i64],
    pub(super) administers: &'static [i64],
}

pub(super) const fn person(
    id: i64,
    login: Login,
    name: &'static str,
    flags: u8,
    member_of: &'static [i64],
) -> Person {
    Person {
        id,
        login,
        name,
        company: "",
        is_company: false,
        active: true,
        flags,
        card: None,
        member_of,
        administers: &[],
    }
}

impl Person {
    pub(super) const fn at(mut self, company: &'static str) -> Self {
        self.company = company;
        self
    }
    pub(super) const fn company(mut self) -> Self {
        self.company = self.name;
        self.is_company = true;
        self
    }
    pub(super) const fn inactive(mut self) -> Self {
        self.active = false;
        self
    }
    const fn card(mut self, card: &'static str) -> Self {
        self.card = Some(card);
        self
    }
    pub(super) const fn administers(mut self, teams: &'static [i64]) -> Self {
        self.administers = teams;
        self
    }
}

use Login::{Account, Email};

pub(super) const PEOPLE: &[Person] = &[
    person(101, Account(9001), "Maria Santos", 0b11111, &[55]).administers(&[55, 56]).card("CARD-00101"),
    person(102, Account(9001), "Santos Consulting", 0b11110, &[]).company(),
    person(103, Account(9002), "Tomas Lind", 0b11111, &[57]).administers(&[57]).card("CARD-00103"),
    person(104, Account(9003), "Aisha Khan", 0b10101, &[55]).card("CARD-00104"),
    person(105, Account(9004), "Léo Martin", 0b11101, &[56]),
    person(106, Account(9004), "Martin Photography", 0b10110, &[]).company(),
    person(107, Account(9004), "Atelier Martin & Filles", 0b10100, &[57]).company(),
    person(108, Account(9005), "Priya Raman", 0b11111, &[]).at("Harbour House"),
    person(109, Account(9006), "Viktor Hale", 0b00000, &[]),
    // Lumen Studio
    person(110, Account(9007), "Jonas Weber", 0b11111, &[55]).administers(&[55]).card("CARD-00110"),
    person(111, Email("zoe.okonkwo@example.com"), "Zoë Okonkwo", 0b11001, &[55]).at("Okonkwo & Daughters"),
    person(112, Email("mohammed.alfarsi@example.com"), "محمد الفارسي", 0b10111, &[55]),
    person(113, Email("lin.meiling@example.com"), "林美玲", 0b11011, &[55]).card("CARD-00113"),
    person(114, Email("siobhan.oconnor@example.com"), "Siobhán O'Connor", 0b00101, &[55]),
    person(
        115,
        Email("anastasia.featherstonehaugh@example.com"),
        "Anastasia Konstantinopolitanskaya-Featherstonehaugh de la Vega y Montenegro",
        0b11100,
        &[55],
    )
    .at("The Very Long and Perfectly Ordinary Company Name of Featherstonehaugh, Montenegro & Partners"),
    person(116, Email("bjorn.thorsson@example.com"), "Björn Þórsson", 0b10000, &[55]),
    person(117, Email("bich.ngoc@example.com"), "Trần Thị Bích Ngọc", 0b01111, &[55]).card("CARD-00117"),
    person(118, Email("sofia.nowak@example.com"), "Sofia Nowak-Żółkiewska", 0b10001, &[55]).inactive(),
    person(119, Email("daniel.mbeki@example.com"), "Daniel Mbeki", 0b00000, &[55]),
    person(120, Email("chloe.dubois@example.com"), "Chloé Dubois", 0b11111, &[55, 56]).card("CARD-00120"),
    person(121, Email("sakura.tanaka@example.com"), "田中 さくら", 0b10010, &[55]),
    person(122, Email("ravi.subramaniam@example.com"), "Ravi Subramaniam", 0b10100, &[55])
        .at("Subramaniam Acoustics"),
    // Northwind Labs
    person(123, Email("noah.lindqvist@example.com"), "Noah Lindqvist", 0b11101, &[56]),
    person(124, Email("fatima.elamrani@example.com"), "Fatima Zahra El Amrani", 0b10111, &[56])
        .card("NW-124"),
    person(125, Email("giovanni.dangelo@example.com"), "Giovanni D'Angelo", 0b10000, &[56]),
    person(126, Email("kim.seoyeon@example.com"), "김서연", 0b11011, &[56]),
    person(127, Email("olumide.adeyemi@example.com"), "Olumide Adeyemi", 0b11110, &[56, 57])
        .at("Adeyemi Instruments"),
    person(128, Email("ingrid.sorensen@example.com"), "Ingrid Sørensen", 0b00111, &[56]),
    person(129, Email("mateo.alvarez@example.com"), "Mateo Álvarez Núñez", 0b10101, &[56]).inactive(),
    person(130, Email("eva.morozova@example.com"), "Ева Морозова", 0b11001, &[56]),
    // Tidal Collective
    person(131, Email("hannah.schroeder@example.com"), "Hannah Schröder", 0b11111, &[57]),
    person(132, Email("kwame.asante@example.com"), "Kwame Asante", 0b10110, &[57]).card("TC-132"),
    person(133, Email("yael.bendavid@example.com"), "יעל בן־דוד", 0b10011, &[57]),
    person(134, Email("thabo.nkosi@example.com"), "Thabo Nkosi", 0b00001, &[57]),
    person(135, Email("eleni.papadopoulou@example.com"), "Ελένη Παπαδοπούλου", 0b11100, &[57]),
    person(136, Email("lucia.fernandez@example.com"), "Lucía Fernández", 0b10111, &[57])
        .at("Fernández Books"),
    person(137, Email("jeanluc.tremblay@example.com"), "Jean-Luc Tremblay", 0b10000, &[57]).inactive(),
    person(138, Email("arjun.mehta@example.com"), "Arjun Mehta", 0b01101, &[57]),
    person(139, Email("jo.ng@example.com"), "Jo Ng", 0b11111, &[57]),
    // In no team
    person(140, Account(9008), "Vera Holm", 0b10101, &[]),
    person(141, Account(9009), "Otto Brandt", 0b10101, &[]),
];

const FIRST: [&str; 40] = [
    "Amara", "Benedikt", "Carmen", "Dmitri", "Élise", "Farid", "Gwen", "Hiro", "Imani", "Jakub", "Keira",
    "Lars", "Mina", "Nikos", "Orla", "Pavel", "Qiang", "Rosa", "Samir", "Tove", "Uma", "Vera", "Wim",
    "Ximena", "Yusuf", "Zainab", "Anders", "Beatriz", "Cem", "Dalia", "Emre", "Fiona", "Goran", "Hana",
    "Ines", "Joaquín", "Kaito", "Leila", "Marek", "Nadia",
];

const LAST: [&str; 41] = [
    "Abara",
    "Bergström",
    "Castillo",
    "Dvořák",
    "Eriksen",
    "Fontaine",
    "García",
    "Haddad",
    "Ivanova",
    "Jensen",
    "Kovács",
    "Laurent",
    "Moreau",
    "Nakamura",
    "O'Brien",
    "Petrov",
    "Quispe",
    "Rossi",
    "Silva",
    "Tanaka",
    "Ueda",
    "Vasquez",
    "Wójcik",
    "Xu",
    "Yılmaz",
    "Zhang",
    "Achebe",
    "Bianchi",
    "Coşkun",
    "Dlamini",
    "Engel",
    "Ferrari",
    "Gruber",
    "Holm",
    "Iqbal",
    "Jovanović",
    "Kang",
    "Lopes",
    "Murray",
    "Nyström",
    "Okafor",
];

fn pick<const N: usize>(names: [&'static str; N], number: i64) -> &'static str {
    let index = usize::try_from(number).unwrap_or_default();
    names.get(index % N).copied().unwrap_or_default()
}

/// A different name for each number: the lists' lengths have no common divisor, and a round number follows.
pub(super) fn generated_name(number: i64) -> String {
    let round = number / (40 * 41);
    let name = format!("{} {}", pick(FIRST, number), pick(LAST, number));
    if round == 0 { name } else { format!("{name} {}", round + 1) }
}

pub(super) fn generated_company(number: i64) -> String {
    format!("{} & Partners", pick(LAST, number / 7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn generated_names_are_all_different() {
        let names: HashSet<String> = (1..=20_000).map(generated_name).collect();
        assert_eq!(names.len(), 20_000);
    }

    #[test]
    fn the_first_team_has_what_the_tests_need() {
        let team: Vec<&Person> = PEOPLE.iter().filter(|p| p.member_of.contains(&FIRST_TEAM)).collect();
        assert!(team.len() >= 12 && PEOPLE.len() >= 30);
        assert!(team.iter().any(|p| !p.active) && team.iter().any(|p| p.member_of.len() == 2));
        assert_eq!(team.iter().filter(|p| p.administers.contains(&FIRST_TEAM)).count(), 2);
    }
}
