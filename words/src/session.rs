messages! {
    session:
}
