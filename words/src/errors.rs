messages! {
    errors:
}
