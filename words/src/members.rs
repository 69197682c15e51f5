messages! {
    members:
}
