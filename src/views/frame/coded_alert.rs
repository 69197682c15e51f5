use super::Coded;
use crate::markup::{View, view};
use crate::ui::Alert;

/// What went wrong, told at once, with the code that support can look up.
pub fn coded_alert(sentence: String, code: String) -> View {
    view! { <Alert><Coded sentence code/></Alert> }
}
