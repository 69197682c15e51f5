//! What an element has.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, NodeAttribute};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Lit, Result};

/// The attributes of an element.
pub(crate) struct Attributes {
    /// Those known when it is compiled, as `|name=value` each.
    pub(crate) constant: String,
    /// An expression for each of the others.
    pub(crate) changing: Vec<TokenStream>,
}

pub(crate) fn split(attributes: &[NodeAttribute]) -> Result<Attributes> {
    let mut split = Attributes { constant: String::new(), changing: Vec::new() };
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
                split.constant += &format!("|{name}={value}");
            }
            _ => split.changing.extend(changing(&name, attribute)?),
        }
    }
    Ok(split)
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

fn changing(name: &str, attribute: &KeyedAttribute) -> Result<Vec<TokenStream>> {
    let value = attribute.value().ok_or_else(|| Error::new_spanned(attribute, "this needs a value"))?;
    Ok(match name.split_once(':') {
        None if name == "node_ref" => vec![quote! { ::portal::markup::node_ref(#value) }],
        None => vec![quote! { ::portal::markup::attribute(#name, #value) }],
        Some(("class", class)) => vec![quote! { ::portal::markup::class(#class, #value) }],
        Some(("prop", property)) => vec![quote! { ::portal::markup::property(#property, #value) }],
        Some(("on", event)) => {
            let event = match event {
                // The one that Leptos has no name for.
                "cancel" => quote! { ::leptos::ev::Custom::<::leptos::ev::Event>::new("cancel") },
                event => {
                    let event = format_ident!("{event}", span = attribute.key.span());
                    quote! { ::leptos::ev::#event }
                }
            };
            vec![quote! { ::portal::markup::on(#event, #value) }]
        }
        Some(("bind", bound @ ("value" | "checked"))) => {
            let into =
                if bound == "value" { format_ident!("typed_into") } else { format_ident!("checked_into") };
            vec![
                quote! { ::portal::markup::property(#bound, move || ::leptos::prelude::Get::get(&#value)) },
                quote! { ::portal::markup::#into(#value) },
            ]
        }
        Some(_) => {
            return Err(Error::new_spanned(attribute, "not understood: see the macro's documentation"));
        }
    })
}
