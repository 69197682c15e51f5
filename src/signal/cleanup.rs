use leptos::prelude::Owner;

/// Runs `run` when what is being made now goes.
///
/// It is Leptos' of this name, whose machinery is made once and not anew for each `run`.
#[inline(always)]
pub fn on_cleanup(run: impl FnOnce() + Send + Sync + 'static) {
    register(Box::new(run));
}

fn register(run: Box<dyn FnOnce() + Send + Sync>) {
    Owner::on_cleanup(run);
}
