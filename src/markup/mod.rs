//! What is shown: views, and the markup they are written in.
//!
//! It is Leptos' `view!` and reads the same. Leptos makes a type of each view, and for each type anew what builds, renews,
//! moves and removes it; here a view is one type and there is one such machinery. Owners, components and contexts are those
//! of Leptos; effects are those of [`crate::signal`].

mod attached;
mod attribute;
mod build;
mod children;
mod create;
mod into_view;
mod keyed;
mod listener;
mod mount;
mod node_ref;
mod show;
mod template;
mod timer;

pub use attribute::{IntoText, IntoValue};
pub use children::{Children, ChildrenFn, Inside};
pub use create::{create, put};
pub use into_view::IntoView;
pub use keyed::Keyed;
pub use listener::Listener;
pub use mount::{Mounted, mount};
pub use node_ref::NodeRef;
pub use show::{Show, ShowProps};
pub use template::Pieces;
pub use timer::Timer;
pub use view_macro::view;

use attribute::Attribute;
use leptos::web_sys::Element;
use std::any::Any;
use std::borrow::Cow;

/// A text that may be a constant.
pub type Text = Cow<'static, str>;

/// What is shown.
///
/// It is a description: nothing is in the page before it is mounted. Where another view comes into the place of one, as
/// from a closure that ran again, what is the same stays: an element with the same tag and constants, with its focus and
/// what was typed.
// A pointer: hundreds of places make one, and hand it on.
pub struct View(Option<Box<Kind>>);

enum Kind {
    Text(Text),
    /// A tag with its constant attributes, such as `button|type=button`, its other attributes, and what is in it.
    Element {
        what: &'static str,
        attributes: Vec<Attribute>,
        inside: Vec<View>,
    },
    Many(Vec<View>),
    Live(Box<dyn Make>),
    Keyed(Box<dyn FnMut() -> Vec<Keyed>>),
    Made(Element, Box<dyn Any>),
}

impl View {
    /// Nothing.
    pub const NOTHING: Self = Self(None);

    fn new(kind: Kind) -> Self {
        Self(Some(Box::new(kind)))
    }
}

/// Several, one after the other.
fn many(views: Vec<View>) -> View {
    View::new(Kind::Many(views))
}

/// What is made again whenever something has changed that it has looked at.
pub fn live<V: IntoView>(make: impl FnMut() -> V + 'static) -> View {
    View::new(Kind::Live(Box::new(Again(make))))
}

/// What makes a view, again and again. See [`Value`] for why it is not the trait of closures.
trait Make {
    fn make(&mut self) -> View;
}

struct Again<F>(F);

impl<V: IntoView, F: FnMut() -> V> Make for Again<F> {
    fn make(&mut self) -> View {
        (self.0)().into_view()
    }
}

/// A list in which an item that stays keeps its nodes, and with them the focus and what was announced of it.
pub fn keyed(items: impl FnMut() -> Vec<Keyed> + 'static) -> View {
    View::new(Kind::Keyed(Box::new(items)))
}

/// An element made by hand, and what lives as long as it is in the page.
pub fn made(element: Element, alive: impl Any) -> View {
    View::new(Kind::Made(element, Box::new(alive)))
}
