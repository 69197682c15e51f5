use super::View;
use std::rc::Rc;

/// What is in a component, made once.
pub type Children = Box<dyn FnOnce() -> View>;

/// What is in a component, made as often as it is shown.
pub type ChildrenFn = Rc<dyn Fn() -> View>;

/// What a closure that makes the inside of a component becomes.
pub trait Inside<F> {
    /// The same as the component wants it.
    fn of(make: F) -> Self;
}

impl<F: FnOnce() -> View + 'static> Inside<F> for Children {
    fn of(make: F) -> Self {
        Box::new(make)
    }
}

impl<F: Fn() -> View + 'static> Inside<F> for ChildrenFn {
    fn of(make: F) -> Self {
        Rc::new(make)
    }
}
