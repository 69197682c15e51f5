//! The macro `view!`, whose markup is that of Leptos; see `src/markup` of the portal for what it becomes.

mod attribute;
mod component;
mod node;

use proc_macro::TokenStream;
use quote::quote;
use rstml::{Parser, ParserConfig};

/// Markup as a `View`: elements, components, texts and `{blocks}`, as in Leptos' macro of this name.
///
/// An element may have attributes (`class="card"`, `id=id`, `hidden`), closures as their values, which are looked at again
/// when what they read has changed, and `class:name=…`, `prop:name=…`, `on:event=…`, `bind:value=…`, `bind:checked=…` and
/// `node_ref=…`. A component has props, and children. Nothing else of Leptos' macro is understood.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, errors) = parser.parse_recoverable(tokens).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let view = node::all(&nodes).unwrap_or_else(|error| error.into_compile_error());
    quote! {
        {
            #(#errors;)*
            #[allow(unused_braces, clippy::unused_unit)]
            { #view }
        }
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn written(markup: proc_macro2::TokenStream) -> Result<String, String> {
        let nodes =
            Parser::new(ParserConfig::default()).parse_simple(markup).map_err(|error| error.to_string())?;
        node::all(&nodes).map(|view| view.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_known_beforehand_is_one_text_and_the_rest_is_told_one_by_one() {
        let written =
            written(quote! { <a class="link" hidden href=href.clone() on:click=press>"To it"</a> }).unwrap();
        let text = r#"of ("\u{1}a|class=link|hidden=\u{2}href\u{2}click\u{4}To it\u{5}")"#;
        let pieces = ". attribute (href . clone ()) . on (:: leptos :: ev :: click , press) . done ()";
        assert!(written.ends_with(&format!("{text} {pieces}")), "{written}");
    }

    #[test]
    fn the_children_of_a_component_are_made_when_it_wants_them() {
        let written = written(quote! { <Dialog open title=said()>"Sure?"</Dialog> }).unwrap();
        assert!(written.contains(". open (open) . title (said ()) . children"), "{written}");
        assert!(written.contains("Inside :: of (move ||"), "{written}");
    }

    #[test]
    fn nothing_is_nothing_and_several_are_one_view() {
        assert_eq!(written(quote! {}).unwrap(), ":: portal :: markup :: View :: NOTHING");
        assert!(
            written(quote! { <b></b> "and" {it} <i></i> })
                .unwrap()
                .ends_with(r#"of ("\u{1}b\u{5}\u{4}and\u{3}\u{1}i\u{5}") . view (it) . done ()"#)
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_and_not_left_out() {
        for markup in [
            quote! { <p use:directive=x></p> },
            quote! { <p bind:group=x></p> },
            quote! { <p {..all}></p> },
            quote! { <p title="a|b"></p> },
            quote! { <p prop:value></p> },
            quote! { <Button class:wide=true></Button> },
            quote! { <Button on:click=press></Button> },
            quote! { <p>unquoted</p> },
        ] {
            assert!(written(markup.clone()).is_err(), "{markup}");
        }
    }
}
