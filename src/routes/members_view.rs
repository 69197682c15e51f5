//! How the members of a team are shown, as the address says it.

use crate::list_map::ListMap;
use contract::Permission;
use form_urlencoded::Serializer;

/// Which members are shown, and in which order. An address holds all of it, so a link shows the same again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersView {
    /// What is sought; empty for everybody.
    pub find: String,
    /// Only members who have a permission, or who do not have it.
    pub only: ListMap<Permission, bool>,
    /// Only members of this kind.
    pub role: Option<Role>,
    /// What the rows are sorted by.
    pub sort: Column,
    /// The other way round.
    pub descending: bool,
}

/// What a member is in the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// May change what others may do.
    Administrator,
    /// Anybody else.
    Member,
    /// Has left, whatever they were.
    Inactive,
}

/// What rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// The member's name.
    #[default]
    Name,
    /// The company.
    Company,
    /// Administrators, members, those who have left.
    Role,
    /// Those who have a permission first.
    Permission(Permission),
    /// The access card.
    Card,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Member, Self::Inactive];

    /// Its name in an address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Member => "member",
            Self::Inactive => "inactive",
        }
    }
}

impl Column {
    /// Every column, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        let first = [Self::Name, Self::Company, Self::Role].into_iter();
        first.chain(Permission::ALL.map(Self::Permission)).chain([Self::Card])
    }

    /// Its name in an address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Company => "company",
            Self::Role => "role",
            Self::Permission(permission) => permission_slug(permission),
            Self::Card => "card",
        }
    }

    /// The column of this name.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::all().find(|column| column.slug() == slug)
    }
}

fn permission_slug(permission: Permission) -> &'static str {
    match permission {
        Permission::TeamAdministrator => "team-administrator",
        Permission::MakeBookings => "make-bookings",
        Permission::BookForTeam => "book-for-team",
        Permission::PurchaseProducts => "purchase-products",
        Permission::PurchaseEvents => "purchase-event-tickets",
        Permission::AccessCommunity => "access-community",
    }
}

impl MembersView {
    /// Reads a query (without `?`). What it does not understand it passes over.
    pub(super) fn parse(query: &str) -> Self {
        let mut view = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "find" => view.find = value.into_owned(),
                "on" | "off" => {
                    let permission =
                        Permission::ALL.into_iter().find(|permission| permission_slug(*permission) == value);
                    view.only.extend(permission.map(|permission| (permission, key == "on")));
                }
                "role" => view.role = Role::ALL.into_iter().find(|role| role.slug() == value),
                "sort" => {
                    let slug = value.strip_prefix('-').unwrap_or(&value);
                    if let Some(column) = Column::of_slug(slug) {
                        (view.sort, view.descending) = (column, value.starts_with('-'));
                    }
                }
                _ => {}
            }
        }
        view
    }

    /// The query that says this, without `?`; empty for everybody by name.
    pub(super) fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        if !self.find.is_empty() {
            query.append_pair("find", &self.find);
        }
        for (permission, on) in self.only.iter() {
            query.append_pair(if *on { "on" } else { "off" }, permission_slug(*permission));
        }
        if let Some(role) = self.role {
            query.append_pair("role", role.slug());
        }
        if self.sort != Column::Name || self.descending {
            let sign = if self.descending { "-" } else { "" };
            query.append_pair("sort", &format!("{sign}{}", self.sort.slug()));
        }
        query.finish()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::collection::btree_map;
    use proptest::prelude::*;
    use proptest::sample::select;

    pub fn views() -> impl Strategy<Value = MembersView> {
        let only = btree_map(select(Permission::ALL.to_vec()), any::<bool>(), 0..4);
        let role = proptest::option::of(select(Role::ALL.to_vec()));
        let sort = select(Column::all().collect::<Vec<_>>());
        (".{0,12}", only, role, sort, any::<bool>()).prop_map(|(find, only, role, sort, descending)| {
            MembersView { find, only: only.into_iter().collect(), role, sort, descending }
        })
    }

    #[test]
    fn everybody_by_name_needs_no_words_in_the_address() {
        assert_eq!(MembersView::default().query(), "");
        assert_eq!(MembersView::parse(""), MembersView::default());
    }

    #[test]
    fn what_an_address_says_beyond_that_is_passed_over() {
        let view = MembersView::parse("sort=-nothing&role=king&on=fly&off=make-bookings&x=1&find=a+b");
        let only = ListMap::from([(Permission::MakeBookings, false)]);
        assert_eq!(view, MembersView { find: "a b".into(), only, ..MembersView::default() });
        assert_eq!(view.query(), "find=a+b&off=make-bookings");
    }

    #[test]
    fn columns_have_names_of_their_own() {
        let mut slugs: Vec<_> = Column::all().map(Column::slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), Column::all().count());
    }
}
