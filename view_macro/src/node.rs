//! Nodes: elements, texts, blocks.

use crate::{attribute, component};
use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{Node, NodeBlock, NodeElement};
use syn::{Error, Result};

/// Several nodes as one view.
pub(crate) fn all(nodes: &[Node]) -> Result<TokenStream> {
    let mut views = several(nodes)?;
    Ok(match views.len() {
        0 => quote! { ::portal::markup::View::NOTHING },
        1 => views.remove(0),
        _ => quote! { ::portal::markup::many(::std::vec![#(#views),*]) },
    })
}

fn several(nodes: &[Node]) -> Result<Vec<TokenStream>> {
    nodes.iter().filter(|node| !matches!(node, Node::Comment(_))).map(one).collect()
}

fn one(node: &Node) -> Result<TokenStream> {
    Ok(match node {
        Node::Element(element) if component::is_one(element) => component::write(element)?,
        Node::Element(element) => write(element)?,
        Node::Fragment(fragment) => all(&fragment.children)?,
        Node::Text(text) => {
            let text = &text.value;
            quote! { ::portal::markup::IntoView::into_view(#text) }
        }
        Node::Block(NodeBlock::ValidBlock(block)) => match block.stmts.as_slice() {
            [syn::Stmt::Expr(inner, None)] => quote! { ::portal::markup::IntoView::into_view(#inner) },
            _ => quote! { ::portal::markup::IntoView::into_view(#block) },
        },
        other => {
            return Err(Error::new_spanned(other, "not understood here: write a text in quotation marks"));
        }
    })
}

fn write(element: &NodeElement<rstml::Infallible>) -> Result<TokenStream> {
    let tag = element.name().to_string();
    let attributes = attribute::split(element.attributes())?;
    let what = tag + &attributes.constant;
    let (changing, inside) = (attributes.changing, several(&element.children)?);
    Ok(quote! {
        ::portal::markup::element(#what, ::std::boxed::Box::new([#(#changing),*]), ::std::boxed::Box::new([#(#inside),*]))
    })
}
