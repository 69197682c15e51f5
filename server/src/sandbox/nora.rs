//! Somebody with more profiles than fit on a screen, and the small teams that some of these administer.

use super::people::Login::{Account, Email};
use super::people::{Person, Team, person};

const ACCOUNT: i64 = 9010;

const fn profile(id: i64, name: &'static str) -> Person {
    person(id, Account(ACCOUNT), name, 0b11111, &[])
}

/// Of the three first ones two look the same, and so do the two companies after them.
pub(super) const PROFILES: &[Person] = &[
    profile(201, "Nora Quill"),
    profile(202, "Nora Quill"),
    profile(203, "Nora Quill").at("Quill & Ink"),
    profile(204, "Quill Editions").company().administers(&[58]),
    profile(205, "Quill Editions").company(),
    profile(206, "Paper Lantern Press").company().administers(&[59]),
    profile(207, "Quill Workshops").company().inactive(),
    profile(208, "Quill Translations").company(),
    profile(209, "Inkwell Evenings").company(),
    profile(210, "Marginalia").company(),
    profile(211, "Second Proof").company(),
    profile(212, "Typecase").company(),
    profile(213, "The Reading Room").company(),
    profile(214, "Blue Pencil").company().inactive(),
    profile(215, "Errata & Sons").company(),
    profile(216, "Octavo").company(),
    profile(217, "Colophon").company(),
    profile(218, "Vellum House").company(),
    profile(219, "Foolscap").company(),
    profile(220, "Harbour Book Fair")
        .company()
        .administers(&[60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71]),
    profile(221, "Broadsheet").company(),
    profile(222, "Nora Quill").at("Northern Lights Readings"),
    profile(223, "Folio & Daughters").company(),
    profile(224, "Galley Proofs").company(),
    profile(225, "Letterpress Loft").company(),
    profile(226, "Serif Society").company(),
    profile(227, "Kerning Club").company(),
    profile(228, "Ampersand").company(),
    profile(229, "Nora Quill").at("Attic Studio").inactive(),
    profile(230, "Dust Jacket").company(),
    profile(231, "Endpapers").company(),
    profile(232, "Åke Quills Tryckeri").company(),
];

pub(super) const TEAMS: &[Team] = &[
    Team::small(58, "Quill Editions", "Short books, well made"),
    Team::small(59, "Paper Lantern Press", "Poems by candlelight"),
    Team::small(60, "Fair: Children's Books", "Halls and tables for small readers"),
    Team::small(61, "Fair: Comics", "Panels, inks and zines"),
    Team::small(62, "Fair: Poetry", "The quiet corner"),
    Team::small(63, "Fair: Antiquarian", "Old books, careful hands"),
    Team::small(64, "Fair: Cookery", "The hall that smells best"),
    Team::small(65, "Fair: Travel", "Maps and far places"),
    Team::small(66, "Fair: Science", "Books with footnotes"),
    Team::small(67, "Fair: Audio", "Books for the ears"),
    Team::small(68, "Fair: Catering", "Soup for five thousand"),
    Team::small(69, "Fair: Stage", "Light, sound and chairs"),
    Team::small(70, "Fair: Press", "Whoever writes about it"),
    Team::small(71, "Fair: Night Shift", "Whoever puts it up and takes it down"),
];

pub(super) const MEMBERS: &[Person] = &[
    person(142, Email("bruno.keller@example.com"), "Bruno Keller", 0b11111, &[58]),
    person(143, Email("asta.lindholm@example.com"), "Asta Lindholm", 0b10101, &[58]),
    person(144, Email("oona.byrne@example.com"), "Oona Byrne", 0b10000, &[58]).inactive(),
    person(145, Email("teodor.ilic@example.com"), "Teodor Ilić", 0b11010, &[59]),
    person(146, Email("mira.castel@example.com"), "Mira Castel", 0b11111, &[59, 62]),
    person(147, Email("henrik.vos@example.com"), "Henrik Vos", 0b10110, &[60, 61]),
    person(148, Email("adaeze.obi@example.com"), "Adaeze Obi", 0b11101, &[60, 64, 70]),
    person(149, Email("paul.renard@example.com"), "Paul Renard", 0b00111, &[61, 66]),
    person(150, Email("yuki.mori@example.com"), "Yuki Mori", 0b11011, &[62, 63]),
    person(151, Email("carla.bruni.soto@example.com"), "Carla Bruni Soto", 0b11110, &[63, 65]),
    person(152, Email("stefan.horvat@example.com"), "Štefan Horvat", 0b10011, &[64, 71]),
    person(153, Email("leah.goldstein@example.com"), "Leah Goldstein", 0b10101, &[65, 67]),
    person(154, Email("rafael.pinto@example.com"), "Rafael Pinto", 0b11100, &[66, 68]),
    person(155, Email("nilufar.rahimi@example.com"), "Nilufar Rahimi", 0b11111, &[67, 69]),
    person(156, Email("tom.ashdown@example.com"), "Tom Ashdown", 0b01110, &[68, 69, 71]),
    person(157, Email("gudrun.steinsdottir@example.com"), "Guðrún Steinsdóttir", 0b11111, &[70, 71]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn her_profiles_are_what_choosing_among_many_needs() {
        assert_eq!(PROFILES.len(), 32);
        let alike =
            |a: &&Person, b: &&Person| (a.name, a.company, a.is_company) == (b.name, b.company, b.is_company);
        let twins = PROFILES.iter().filter(|a| PROFILES.iter().any(|b| a.id != b.id && alike(a, &b)));
        assert_eq!(twins.map(|twin| twin.id).collect::<Vec<_>>(), [201, 202, 204, 205]);
        assert_eq!(PROFILES.iter().filter(|profile| !profile.active).count(), 3);
    }

    #[test]
    fn every_small_team_has_members_and_one_profile_that_opens_it() {
        for team in TEAMS {
            let members = MEMBERS.iter().filter(|person| person.member_of.contains(&team.id)).count();
            assert!((2..=3).contains(&members), "{}", team.name);
            let administrators = PROFILES.iter().filter(|profile| profile.administers.contains(&team.id));
            assert_eq!(administrators.count(), 1, "{}", team.name);
        }
        let most = PROFILES.iter().map(|profile| profile.administers.len()).max();
        assert_eq!(most, Some(12));
    }
}
