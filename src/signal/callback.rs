use super::StoredValue;
use std::rc::Rc;

/// What somebody else runs: a component's way to say what has happened. It goes with what was being made when it was
/// made. Cheap to copy.
///
/// It is Leptos' of this name for this thread alone. When what it belongs to is gone, running it is the end of the portal.
pub struct Callback<In, Out = ()>(StoredValue<Rc<dyn Call<In, Out>>>);

// Not the trait of closures, whose table would have the code a second time.
trait Call<In, Out> {
    fn call(&self, input: In) -> Out;
}

impl<In, Out, F: Fn(In) -> Out> Call<In, Out> for F {
    fn call(&self, input: In) -> Out {
        self(input)
    }
}

fn keep<In: 'static, Out: 'static>(call: Rc<dyn Call<In, Out>>) -> Callback<In, Out> {
    Callback(StoredValue::new(call))
}

impl<In: 'static, Out: 'static> Callback<In, Out> {
    /// Runs this.
    #[inline(always)]
    pub fn new(run: impl Fn(In) -> Out + 'static) -> Self {
        keep(Rc::new(run))
    }

    /// Runs it.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn run(&self, input: In) -> Out {
        self.0.get_value().call(input)
    }
}

impl<In: 'static, Out: 'static, F: Fn(In) -> Out + 'static> From<F> for Callback<In, Out> {
    fn from(run: F) -> Self {
        Self::new(run)
    }
}

impl<In, Out> Clone for Callback<In, Out> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In, Out> Copy for Callback<In, Out> {}
