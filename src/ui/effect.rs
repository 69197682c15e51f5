use leptos::prelude::Effect;

/// Runs `run` soon and again whenever something has changed that it has looked at, until its owner goes.
///
/// Leptos makes the machinery of an effect anew for each; here all share one, a kilobyte less for each of them.
pub fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}
