use leptos::prelude::Effect;

/// Runs `run` soon and again whenever something has changed that it has looked at, until its owner goes.
///
/// Leptos makes the machinery of an effect anew for each; here all share one, a kilobyte less for each of them.
pub fn effect(run: impl FnMut() + 'static) {
    start(Box::new(Runs(run)));
}

fn start(mut run: Box<dyn Run>) {
    Effect::new(move || run.run());
}

// The table of a `dyn FnMut` would have the closure's code a second time, for who would call it once and for all.
trait Run {
    fn run(&mut self);
}

struct Runs<F>(F);

impl<F: FnMut()> Run for Runs<F> {
    fn run(&mut self) {
        (self.0)();
    }
}
