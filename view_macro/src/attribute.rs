//! What an element has.

use crate::node::{ATTRIBUTE, Template};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, NodeAttribute};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Lit, Result};

/// Adds the attributes of an element: those known when it is compiled as `|name=value` each, and then the others.
pub(crate) fn add(attributes: &[NodeAttribute], template: &mut Template) -> Result<()> {
    let mut changing = Vec::new();
    for attribute in attributes {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "an attribute needs a name"));
        };
        let name = name(attribute);
        match constant(attribute) {
            Some(value) if !name.contains(':') && name != "node_ref" => {
                if value.contains('|') {
                    return Err(Error::new_spanned(attribute, "`|` parts the attributes of an element"));
                }
                template.text += &format!("|{name}={value}");
            }
            _ => changing.extend(pieces(&name, attribute)?),
        }
    }
    for (name, piece) in changing {
        template.text.push(ATTRIBUTE);
        template.text += &name;
        template.pieces.push(piece);
    }
    Ok(())
}

/// The name as it is written in HTML.
pub(crate) fn name(attribute: &KeyedAttribute) -> String {
    let name = attribute.key.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

fn constant(attribute: &KeyedAttribute) -> Option<String> {
    match attribute.value() {
        None => Some(String::new()),
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Some(text.value()),
        Some(_) => None,
    }
}

/// What an attribute is to the element, and what fills it in.
fn pieces(name: &str, attribute: &KeyedAttribute) -> Result<Vec<(String, TokenStream)>> {
    let value = attribute.value().ok_or_else(|| Error::new_spanned(attribute, "this needs a value"))?;
    let (name, piece) = match name.split_once(':') {
        None if name == "node_ref" => ("", quote! { .node_ref(#value) }),
        None => (name, quote! { .attribute(#value) }),
        Some(("class", class)) => (class, quote! { .class(#value) }),
        Some(("prop", property)) => (property, quote! { .property(#value) }),
        Some(("on", event)) => {
            let kind = match event {
                // The one that Leptos has no name for.
                "cancel" => quote! { ::leptos::ev::Custom::<::leptos::ev::Event>::new("cancel") },
                event => {
                    let event = format_ident!("{event}", span = attribute.key.span());
                    quote! { ::leptos::ev::#event }
                }
            };
            (event, quote! { .on(#kind, #value) })
        }
        Some(("bind", bound @ ("value" | "checked"))) => {
            let (event, into) =
                if bound == "value" { ("input", "typed_into") } else { ("change", "checked_into") };
            let into = format_ident!("{into}");
            return Ok(vec![
                (bound.to_owned(), quote! { .property(move || #value.get()) }),
                (event.to_owned(), quote! { .#into(#value) }),
            ]);
        }
        Some(_) => {
            return Err(Error::new_spanned(attribute, "not understood: see the macro's documentation"));
        }
    };
    Ok(vec![(name.to_owned(), piece)])
}
