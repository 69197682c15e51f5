//! One member.

use crate::markup::put;
use crate::signal::RenderEffect;
use crate::ui::Row;
use crate::ui::{SwitchParts, SwitchState, avatar_class, element, initials};
use crate::views::auth::sign_in::SignIn;
use crate::views::user::team::permissions::desk::Desk;
use crate::views::user::team::permissions::roster::{Cell, RowModel};
use crate::views::user::team::permissions::wording::label;
use contract::{CoworkerId, Permission};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement};
use words::permissions as say;

/// The row that all rows are copies of: what a press does stands in `data-do`, for the one listener of the table.
pub(super) fn template() -> Element {
    let part = |what: &str| element(&format!("{what}|data-part"), &[]);
    let button = |what: &str, text: &str| {
        let button = part(&format!("button|type=button|class=button button--quiet|data-do={what}"));
        button.set_text_content(Some(text));
        button
    };
    let who = element(
        "div|class=member-cell__who",
        &[
            &part("bdi|class=member-cell__name"),
            &part("bdi|class=member-cell__company"),
            &element("div|class=member-cell__meta", &[&part("bdi"), &part("span|class=badge|hidden")]),
            &part("div|class=member-cell__elsewhere|hidden"),
        ],
    );
    let avatar = part("span|aria-hidden=true");
    let member = element("div|class=member-cell", &[&avatar, &who]);
    // A switch says why it failed, too; in a table it has no room to do so in sight.
    let failures = part("div|class=row-failures|aria-hidden=true");
    let pick = part("input|type=checkbox|class=choice__box|data-do=pick");
    let mut cells = vec![
        element("td|class=cell-pick", &[&pick]),
        element("th|scope=row|class=cell-member", &[&member, &failures]),
        element("td|class=cell-company", &[&part("bdi")]),
        element("td|class=cell-role", &[&part("span")]),
    ];
    for permission in Permission::ALL {
        let name = element("span|class=cell-label|aria-hidden=true", &[]);
        name.set_text_content(Some(label(permission)));
        let boxed = SwitchParts::make();
        put(&boxed, "data-part", Some(""));
        if let Some(button) = boxed.first_element_child() {
            put(&button, "data-do", Some(permission.field()));
        }
        cells.push(element("td|class=cell-switch", &[&name, &boxed]));
    }
    let card = element("span|class=cell-label|aria-hidden=true", &[]);
    card.set_text_content(Some(say::access_card()));
    let failure = part("span|class=switch-box__error|hidden");
    cells.push(element("td|class=cell-card", &[&card, &part("bdi|class=cell-card__number"), &failure]));
    let why = part("span|hidden");
    let actions = [button("manage", say::manage()), button("impersonate", say::impersonate()), why];
    let actions = element("div|class=cell-actions__all", &actions.each_ref());
    cells.push(element("td|class=cell-actions", &[&actions]));
    element("tr", &cells.iter().collect::<Vec<_>>())
}

/// The row of a member, kept as its model says. One effect: what differs is touched, the rest is not.
pub(super) fn row(template: &Element, desk: Desk, sign_in: SignIn, id: CoworkerId) -> Option<Row> {
    let element: Element = template.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    put(&element, "data-id", Some(&id.to_string()));
    let mut parts = Parts::of(&element)?;
    let effect = RenderEffect::new(move |_| {
        let Some(model) = desk.row(id) else { return };
        let refusal = desk.act_refusal().or_else(|| sign_in.refusal(id, Some(!model.inactive)));
        parts.show(Shown { selected: desk.selection.read().has(id), refusal, model });
    });
    Some(Row { element, alive: Box::new(effect) })
}

#[derive(Default)]
struct Shown {
    model: RowModel,
    selected: bool,
    /// Why nobody can act as the member.
    refusal: Option<String>,
}

/// What changes in a row.
struct Parts {
    row: Element,
    pick: Element,
    avatar: Element,
    name: Element,
    /// Under the name, where there is no room for a column.
    company_below: Element,
    id: Element,
    badge: Element,
    elsewhere: Element,
    /// Why changes failed, for all of the row.
    failures: Element,
    company: Element,
    role: Element,
    switches: Vec<SwitchParts>,
    card: Element,
    card_failure: Element,
    manage: Element,
    impersonate: Element,
    why: Element,
    shown: Option<Shown>,
}

impl Parts {
    fn of(row: &Element) -> Option<Self> {
        let found = row.query_selector_all("[data-part]").ok()?;
        let mut parts = (0..found.length()).filter_map(|n| Some(found.item(n)?.unchecked_into::<Element>()));
        let (pick, avatar, name) = (parts.next()?, parts.next()?, parts.next()?);
        let company_below = parts.next()?;
        let (meta, badge, elsewhere) = (parts.next()?, parts.next()?, parts.next()?);
        let failures = parts.next()?;
        let (company, role) = (parts.next()?, parts.next()?);
        let mut switches = Vec::with_capacity(Permission::ALL.len());
        for _ in Permission::ALL {
            switches.push(SwitchParts::of(&parts.next()?)?);
        }
        let (card, card_failure) = (parts.next()?, parts.next()?);
        let (manage, impersonate, why) = (parts.next()?, parts.next()?, parts.next()?);
        let row = row.clone();
        Some(Self {
            row,
            pick,
            avatar,
            name,
            company_below,
            id: meta,
            badge,
            elsewhere,
            failures,
            company,
            role,
            switches,
            card,
            card_failure,
            manage,
            impersonate,
            why,
            shown: None,
        })
    }

    fn show(&mut self, now: Shown) {
        let before = self.shown.take().unwrap_or_default();
        let (model, was) = (&now.model, &before.model);
        if (&model.name, &model.twin) != (&was.name, &was.twin) {
            self.show_name(&model.name, &model.called());
        }
        let text = |part: &Element, now: &str, was: &str| {
            if now != was {
                part.set_text_content(Some(now));
            }
        };
        text(&self.id, &model.twin, &was.twin);
        for company in [&self.company, &self.company_below] {
            text(company, &model.company, &was.company);
        }
        text(&self.role, model.role, was.role);
        text(&self.card, &model.card, &was.card);
        if model.inactive != was.inactive {
            say(&self.badge, model.inactive.then(say::not_active));
        }
        if model.elsewhere != was.elsewhere {
            let told = say::also_in(&model.elsewhere);
            say(&self.elsewhere, (!model.elsewhere.is_empty()).then_some(&told));
        }
        if model.card_failure != was.card_failure {
            say(&self.card_failure, model.card_failure.as_deref());
        }
        let failures = model.failures();
        if failures != was.failures() {
            self.failures.set_text_content(Some(&failures));
            put(&self.row, "data-failed", (!failures.is_empty()).then_some("true"));
        }
        let called = model.called();
        for (switch, (permission, cell)) in
            self.switches.iter_mut().zip(Permission::ALL.into_iter().zip(&model.cells))
        {
            switch.show(state(&called, permission, cell));
        }
        if let Some(pick) = self.pick.dyn_ref::<HtmlInputElement>() {
            pick.set_checked(now.selected);
        }
        if now.selected != before.selected {
            put(&self.row, "data-selected", now.selected.then_some("true"));
        }
        if now.refusal != before.refusal {
            let id = ["why-member-", &self.row.get_attribute("data-id").unwrap_or_default()].concat();
            self.why.set_id(&id);
            let blocked = now.refusal.is_some();
            put(&self.impersonate, "aria-disabled", blocked.then_some("true"));
            put(&self.impersonate, "aria-describedby", blocked.then_some(&id));
            put(&self.impersonate, "data-why", blocked.then_some(&id));
            self.why.set_text_content(now.refusal.as_deref());
        }
        self.shown = Some(now);
    }

    fn show_name(&self, name: &str, called: &str) {
        self.name.set_text_content(Some(name));
        put(&self.name, "title", Some(name));
        put(&self.avatar, "class", Some(avatar_class(name)));
        self.avatar.set_text_content(Some(&initials(name)));
        put(&self.pick, "aria-label", Some(&say::select(called)));
        put(&self.manage, "aria-label", Some(&say::manage_permissions(called)));
        put(&self.impersonate, "aria-label", Some(&say::impersonate_account(called)));
    }
}

fn state(name: &str, permission: Permission, cell: &Cell) -> SwitchState {
    SwitchState {
        label: say::permission_for(label(permission), name),
        on: cell.on,
        refusal: cell.refusal.clone(),
        failure: cell.failure.clone(),
        saving: cell.saving,
    }
}

fn say(part: &Element, text: Option<&str>) {
    part.set_text_content(text);
    put(part, "hidden", text.is_none().then_some(""));
}
