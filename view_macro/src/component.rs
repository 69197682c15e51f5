//! Components, as `#[component]` of Leptos makes them.

use crate::{attribute, node};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{NodeAttribute, NodeElement};
use syn::spanned::Spanned;
use syn::{Error, Result};

type Element = NodeElement<rstml::Infallible>;

/// Whether a tag is the name of a component: it begins with a capital letter.
pub(crate) fn is_one(element: &Element) -> bool {
    let name = element.name().to_string();
    name.rsplit("::").next().is_some_and(|name| name.starts_with(char::is_uppercase))
}

pub(crate) fn write(element: &Element) -> Result<TokenStream> {
    let component = element.name();
    let props = element.attributes().iter().map(prop).collect::<Result<Vec<_>>>()?;
    let children = if element.children.is_empty() {
        quote! {}
    } else {
        let inside = node::all(&element.children)?;
        quote! { .children(::portal::markup::Inside::of(move || #inside)) }
    };
    Ok(quote! {
        ::leptos::component::component_view(
            #[allow(clippy::needless_borrows_for_generic_args)]
            &#component,
            ::leptos::component::component_props_builder(&#component) #(#props)* #children .build(),
        )
    })
}

fn prop(attribute: &NodeAttribute) -> Result<TokenStream> {
    let NodeAttribute::Attribute(attribute) = attribute else {
        return Err(Error::new_spanned(attribute, "a component has props, and children"));
    };
    let name = attribute::name(attribute);
    if name.contains([':', '-']) {
        return Err(Error::new_spanned(attribute, "a component has props, and children"));
    }
    let ident = format_ident!("{name}", span = attribute.key.span());
    Ok(match attribute.value() {
        Some(value) => quote! { .#ident(#value) },
        None => quote! { .#ident(#ident) },
    })
}
