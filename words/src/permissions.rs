messages! {
    permissions:
}
