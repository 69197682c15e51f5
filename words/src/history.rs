messages! {
    history:
}
