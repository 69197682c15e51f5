use super::View;
use super::build::Built;
use any_spawner::Executor;
use leptos::prelude::Owner;
use leptos::web_sys::Element;

/// A view that is in the page until this is dropped.
pub struct Mounted {
    built: Built,
    _owner: Owner,
}

impl Mounted {
    /// It stays in the page for good.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.built.unmount();
    }
}

/// Puts a view into an element, behind what is there.
pub fn mount(parent: &Element, view: impl FnOnce() -> View) -> Mounted {
    // Fails only where it has been done before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let built = owner.with(|| {
        let built = view().build();
        built.mount(parent, None);
        built
    });
    Mounted { built, _owner: owner }
}
