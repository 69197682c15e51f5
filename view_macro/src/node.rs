//! Nodes: elements, texts, blocks.

use crate::{attribute, component};
use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{Node, NodeBlock, NodeElement};
use syn::{Error, Result};

/// The marks in the text that is known beforehand: see `src/markup/template.rs`.
const OPEN: char = '\u{1}';
pub(crate) const ATTRIBUTE: char = '\u{2}';
const VIEW: char = '\u{3}';
const TEXT: char = '\u{4}';
const CLOSE: char = '\u{5}';

/// What is known beforehand of some markup, and what fills it, in its order.
#[derive(Default)]
pub(crate) struct Template {
    pub(crate) text: String,
    pub(crate) pieces: Vec<TokenStream>,
}

/// Several nodes as one view.
pub(crate) fn all(nodes: &[Node]) -> Result<TokenStream> {
    match shown(nodes).collect::<Vec<_>>().as_slice() {
        [] => Ok(quote! { ::portal::markup::View::NOTHING }),
        [Node::Element(element)] if component::is_one(element) => component::write(element),
        [Node::Fragment(fragment)] => all(&fragment.children),
        [Node::Block(block)] => {
            let block = inner(block)?;
            Ok(quote! { ::portal::markup::IntoView::into_view(#block) })
        }
        nodes => {
            let mut template = Template::default();
            nodes.iter().try_for_each(|node| template.add(node))?;
            let Template { text, pieces } = template;
            Ok(quote! { ::portal::markup::Pieces::of(#text) #(#pieces)* .done() })
        }
    }
}

fn shown(nodes: &[Node]) -> impl Iterator<Item = &Node> {
    nodes.iter().filter(|node| !matches!(node, Node::Comment(_)))
}

fn inner(block: &NodeBlock) -> Result<TokenStream> {
    match block {
        NodeBlock::ValidBlock(block) => Ok(match block.stmts.as_slice() {
            [syn::Stmt::Expr(inner, None)] => quote! { #inner },
            _ => quote! { #block },
        }),
        other => Err(Error::new_spanned(other, "not understood")),
    }
}

impl Template {
    fn add(&mut self, node: &Node) -> Result<()> {
        match node {
            Node::Element(element) if component::is_one(element) => self.view(&component::write(element)?),
            Node::Element(element) => return self.element(element),
            Node::Fragment(fragment) => {
                return shown(&fragment.children).try_for_each(|node| self.add(node));
            }
            Node::Text(text) => {
                self.text.push(TEXT);
                self.text += &text.value_string();
            }
            Node::Block(block) => self.view(&inner(block)?),
            other => {
                return Err(Error::new_spanned(
                    other,
                    "not understood here: write a text in quotation marks",
                ));
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>) -> Result<()> {
        self.text.push(OPEN);
        self.text += &element.name().to_string();
        attribute::add(element.attributes(), self)?;
        shown(&element.children).try_for_each(|node| self.add(node))?;
        self.text.push(CLOSE);
        Ok(())
    }

    fn view(&mut self, view: &TokenStream) {
        self.text.push(VIEW);
        self.pieces.push(quote! { .view(#view) });
    }
}
