use super::{Kind, Pieces, Text, View, live, many};
use crate::signal::Signal;

/// What can be shown.
pub trait IntoView {
    /// It as a view.
    fn into_view(self) -> View;

    /// It in its place in a larger view.
    #[inline(always)]
    fn fill(self, pieces: Pieces) -> Pieces
    where
        Self: Sized,
    {
        pieces.put(self.into_view())
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::NOTHING
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        Text::Borrowed(self).into_view()
    }

    #[inline(always)]
    fn fill(self, pieces: Pieces) -> Pieces {
        pieces.text(self)
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        Text::Owned(self).into_view()
    }
}

impl IntoView for Text {
    fn into_view(self) -> View {
        View::new(Kind::Text(self))
    }
}

impl IntoView for usize {
    fn into_view(self) -> View {
        self.to_string().into_view()
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::NOTHING, V::into_view)
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        self.into_iter().collect()
    }
}

impl<V: IntoView, const N: usize> IntoView for [V; N] {
    fn into_view(self) -> View {
        self.into_iter().collect()
    }
}

impl<V: IntoView> FromIterator<V> for View {
    fn from_iter<I: IntoIterator<Item = V>>(views: I) -> Self {
        many(views.into_iter().map(V::into_view).collect())
    }
}

impl<F, V> IntoView for F
where
    F: FnMut() -> V + 'static,
    V: IntoView,
{
    fn into_view(self) -> View {
        live(self)
    }

    #[inline(always)]
    fn fill(self, pieces: Pieces) -> Pieces {
        pieces.again(self)
    }
}

impl IntoView for Signal<String> {
    fn into_view(self) -> View {
        live(move || self.get())
    }
}

impl IntoView for Signal<Option<String>> {
    fn into_view(self) -> View {
        live(move || self.get())
    }
}
