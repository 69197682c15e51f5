messages! {
    switching:
}
